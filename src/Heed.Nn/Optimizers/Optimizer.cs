using Heed.Tensors;

namespace Heed.Nn.Optimizers;

/// <summary>Changes parameters along their gradients.</summary>
/// <remarks>As in PyTorch, a parameter that received no gradient is left alone, and so is what is remembered about it.</remarks>
public abstract class Optimizer
{
    // Keeps the clipping factor finite for gradients of zero, as PyTorch's clip_grad_norm_ does.
    private const double NormEpsilon = 1e-6;

    private readonly ParameterState[] states;

    /// <summary>Creates an optimiser.</summary>
    /// <param name="parameters">What to train: usually <see cref="Module.NamedParameters"/>.</param>
    /// <param name="learningRate">The step size.</param>
    protected Optimizer(IEnumerable<NamedParameter> parameters, float learningRate)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        states = [.. parameters.Select(parameter => new ParameterState(parameter))];
        LearningRate = learningRate;
    }

    /// <summary>The step size; a schedule sets it before each step.</summary>
    public float LearningRate { get; set; }

    /// <summary>Gradients whose global norm is larger are scaled down to it; null to leave them.</summary>
    /// <remarks>Pascanu et al. 2013, algorithm 1.</remarks>
    public float? MaxGradientNorm { get; init; }

    /// <summary>What this optimiser remembers about each element of a parameter.</summary>
    protected abstract IReadOnlyList<string> BufferNames { get; }

    /// <summary>Changes every parameter that has a gradient.</summary>
    /// <param name="gradientScale">A factor on all gradients, for example one over the number of batches they were added up over.</param>
    /// <returns>
    /// The norm of all gradients together, scaled but not clipped. When it is not a finite number, nothing was changed, and the
    /// caller decides what to do about a diverging model.
    /// </returns>
    public double Step(float gradientScale = 1f)
    {
        double norm = Math.Abs(gradientScale) * GradientNorm();
        if (!double.IsFinite(norm))
        {
            return norm;
        }

        if (MaxGradientNorm is { } largest)
        {
            gradientScale *= (float)Math.Min(1, largest / (norm + NormEpsilon));
        }

        foreach (ParameterState state in states)
        {
            if (state.Tensor.Gradient is { } gradient)
            {
                Update(state.Tensor, gradient, state.Buffers(BufferNames.Count), ++state.Steps, gradientScale);
            }
        }

        return norm;
    }

    /// <summary>The square root of the sum of the squares of all gradients, unscaled.</summary>
    public double GradientNorm()
    {
        double squares = 0;
        foreach (ParameterState state in states)
        {
            if (state.Tensor.Gradient is { } gradient)
            {
                squares += gradient.Device.SumOfSquares(gradient);
            }
        }

        return Math.Sqrt(squares);
    }

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ClearGradients()
    {
        foreach (ParameterState state in states)
        {
            state.Tensor.ClearGradient();
        }
    }

    /// <summary>Everything that is remembered, for a checkpoint: the tensors themselves, under names such as <c>encoder.fc1.weight.exp_avg</c>.</summary>
    /// <remarks>Parameters that never received a gradient have no state. The number of steps is stored as a one-element tensor.</remarks>
    public IReadOnlyList<NamedParameter> State()
    {
        var result = new List<NamedParameter>();
        foreach (ParameterState state in states.Where(state => state.Steps > 0))
        {
            result.Add(new NamedParameter($"{state.Name}.step", Tensor.From(state.Steps)));
            Tensor[] buffers = state.Buffers(BufferNames.Count);
            result.AddRange(BufferNames.Select((name, i) => new NamedParameter($"{state.Name}.{name}", buffers[i])));
        }

        return result;
    }

    /// <summary>Takes over the state that another optimiser of the same kind and parameters had.</summary>
    /// <param name="saved">What its <see cref="State"/> returned; copied.</param>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown or of the wrong size.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        var unused = new HashSet<string>(saved.Keys, StringComparer.Ordinal);
        foreach (ParameterState state in states)
        {
            state.Forget();
            if (unused.Remove($"{state.Name}.step"))
            {
                Tensor[] buffers = state.Buffers(BufferNames.Count);
                for (int i = 0; i < buffers.Length; i++)
                {
                    string name = $"{state.Name}.{BufferNames[i]}";
                    unused.Remove(name);
                    CopyInto(saved, name, buffers[i]);
                }

                state.Steps = (long)saved[$"{state.Name}.step"].Item();
            }
        }

        if (unused.Count > 0)
        {
            throw new InvalidDataException($"the state of {GetType().Name} does not fit: nothing of it is called '{unused.Order(StringComparer.Ordinal).First()}'");
        }
    }

    /// <summary>Changes one parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="gradient">Its gradient, unscaled.</param>
    /// <param name="buffers">What is remembered about it, by <see cref="BufferNames"/>; zero at the first step.</param>
    /// <param name="step">The number of this step, from 1, for this parameter.</param>
    /// <param name="gradientScale">The factor on the gradient, clipping included.</param>
    protected abstract void Update(Tensor parameter, Tensor gradient, Tensor[] buffers, long step, float gradientScale);

    private void CopyInto(IReadOnlyDictionary<string, Tensor> saved, string name, Tensor buffer)
    {
        if (!saved.TryGetValue(name, out Tensor? values) || values.Count != buffer.Count)
        {
            string found = values is null ? "is missing" : $"is {values.Shape}";
            throw new InvalidDataException($"the state of {GetType().Name} does not fit: '{name}' {found} and must be {buffer.Shape}");
        }

        values.Values.CopyTo(buffer.MutableValues());
    }
}
