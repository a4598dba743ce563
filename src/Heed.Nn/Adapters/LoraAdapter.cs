using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;

namespace Heed.Nn.Adapters;

/// <summary>A low-rank adapter beside a linear layer: what fine-tuning would add to the weight, as a product of two thin matrices.</summary>
/// <remarks>
/// <para>y = x W^T + b + scale * dropout(x) A^T B^T. Hu et al. 2021, equation 3. A begins as <c>torch.nn.Linear</c> draws it and B as zero, as in
/// the authors' code, so a new adapter changes nothing.</para>
/// <para>An adapter is attached to its layer (<see cref="Attach"/>), or its product is added to the layer's weight (<see cref="Merge"/>), or
/// neither. It is no part of the layer: the model's parameters and their names stay what they are.</para>
/// </remarks>
public sealed class LoraAdapter : Module
{
    private readonly Linear layer;
    private readonly LoraOptions options;
    private float[]? original;

    /// <summary>Makes an adapter for a layer; <see cref="Attach"/> puts it to use.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="options">The adapter's sizes.</param>
    /// <param name="random">Draws A; null leaves it zero, to be loaded.</param>
    /// <param name="sharedDown">A of another adapter with the same input, to train the same numbers; null makes one.</param>
    /// <exception cref="ArgumentException">A size is out of range, or the shared A is of another size.</exception>
    public LoraAdapter(Linear layer, LoraOptions options, RandomSource? random, Tensor? sharedDown = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rank, 1);
        (int outputs, int inputs) = (layer.Weight.Shape[0], layer.Weight.Shape[1]);
        var downShape = new Shape(options.Rank, inputs);
        if (sharedDown is not null && sharedDown.Shape != downShape)
        {
            throw new ArgumentException($"the shared matrix is {sharedDown.Shape}; an adapter of rank {options.Rank} on a layer with {inputs} inputs needs {downShape}", nameof(sharedDown));
        }

        this.layer = layer;
        this.options = options;
        Down = Parameter("lora_A", sharedDown ?? Initialization.KaimingUniform(downShape, inputs, random));
        Up = Parameter("lora_B", Tensor.Zeros(new Shape(outputs, options.Rank)));
    }

    /// <summary>A, [rank, inputSize].</summary>
    public Tensor Down { get; }

    /// <summary>B, [outputSize, rank].</summary>
    public Tensor Up { get; }

    /// <summary>Whether the layer adds this adapter's output to its own.</summary>
    public bool IsAttached => layer.Adapter == this;

    /// <summary>Whether the adapter's product is in the layer's weight.</summary>
    public bool IsMerged { get; private set; }

    /// <summary>What the adapter adds to its layer's output.</summary>
    /// <param name="x">[..., inputSize].</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[..., outputSize].</returns>
    public Tensor Forward(Tensor x, DropoutSource? dropout = null)
    {
        Tensor narrow = Ops.Linear(dropout.Drop(x, options.Dropout), Down); // [..., rank]
        return Ops.Linear(Ops.Scale(narrow, options.Scale), Up);
    }

    /// <summary>Lets the layer add this adapter's output to its own.</summary>
    /// <exception cref="InvalidOperationException">The layer has another adapter, or this one is merged.</exception>
    public void Attach()
    {
        if (IsMerged || (layer.Adapter is not null && !IsAttached))
        {
            throw new InvalidOperationException(IsMerged ? "the adapter is merged into the layer's weight, and would count twice; unmerge it first" : "the layer has another adapter; detach that first");
        }

        layer.Adapter = this;
    }

    /// <summary>Lets the layer compute as if there were no adapter.</summary>
    public void Detach()
    {
        if (IsAttached)
        {
            layer.Adapter = null;
        }
    }

    /// <summary>Adds the adapter's product to the layer's weight, W + scale * B A, and detaches it: the layer then costs what it did without.</summary>
    /// <param name="keepOriginal">Whether to keep a copy of W, so that <see cref="Unmerge"/> can restore its bits.</param>
    /// <exception cref="InvalidOperationException">The adapter is merged already.</exception>
    public void Merge(bool keepOriginal = true)
    {
        if (IsMerged)
        {
            throw new InvalidOperationException("the adapter is merged already");
        }

        Detach();
        original = keepOriginal ? layer.Weight.ToArray() : null;
        using TensorScope scope = TensorScope.Begin();
        ReadOnlySpan<float> product = Ops.MatMul(Ops.Scale(Up, options.Scale), Down).Values; // [outputSize, inputSize]
        Span<float> weight = layer.Weight.MutableValues();
        for (int i = 0; i < weight.Length; i++)
        {
            weight[i] += product[i];
        }

        IsMerged = true;
    }

    /// <summary>Gives the layer the weight that it had before <see cref="Merge"/>, to the bit, and attaches the adapter.</summary>
    /// <exception cref="InvalidOperationException">The adapter is not merged, or the original weight was not kept.</exception>
    public void Unmerge()
    {
        if (original is null)
        {
            throw new InvalidOperationException(IsMerged ? "the adapter was merged without keeping the original weight; load the model again" : "the adapter is not merged");
        }

        original.CopyTo(layer.Weight.MutableValues());
        (original, IsMerged) = (null, false);
        Attach();
    }
}
