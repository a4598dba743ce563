namespace Heed.Tensors.Devices;

/// <summary>
/// Computes. Every number of a model comes from one of these methods: one method per kernel, forward beside backward.
/// Operations check shapes before they call; kernels trust them.
/// </summary>
/// <remarks>
/// Tensors are seen as matrices [rows, columns] whose columns are the last axis, unless a method says otherwise.
/// Where a method has <c>accumulate</c>, it adds to the destination instead of overwriting it.
/// </remarks>
public abstract partial class Device
{
    private static Device? defaultDevice;

    /// <summary>The device of tensors made without naming one: the CPU with all physical cores, unless set.</summary>
    public static Device Default
    {
        get => LazyInitializer.EnsureInitialized(ref defaultDevice, () => CpuDevice.Create());
        set => defaultDevice = value;
    }

    /// <summary>What this device is, for logs: instruction set and threads.</summary>
    public abstract string Description { get; }

    /// <summary>How many works <see cref="ForEach"/> does at the same time.</summary>
    public virtual int Parallelism => 1;

    /// <summary>
    /// Does works that have nothing to do with each other, several at the same time where the device has threads for them. The
    /// loops of a work then run on its own thread alone, so that nobody waits for anybody before the end.
    /// </summary>
    /// <param name="count">The number of works.</param>
    /// <param name="work">Does one of them, given its number. What it throws is thrown here; works not yet begun are then left out.</param>
    public virtual void ForEach(int count, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        for (int i = 0; i < count; i++)
        {
            work(i);
        }
    }

    /// <summary>destination = source.</summary>
    public abstract void Copy(Tensor source, Tensor destination);

    /// <summary>destination = value, everywhere.</summary>
    public abstract void Fill(Tensor destination, float value);

    /// <summary>Copies (or adds) elements between strided layouts: transposes, slices, concatenations and broadcasts.</summary>
    internal abstract void CopyStrided(Tensor source, in StridedCopy layout, Tensor destination, bool accumulate);

    /// <summary>y = a + b.</summary>
    public abstract void Add(Tensor a, Tensor b, Tensor y);

    /// <summary>y = a - b.</summary>
    public abstract void Subtract(Tensor a, Tensor b, Tensor y);

    /// <summary>y = a * b, element by element.</summary>
    public abstract void Multiply(Tensor a, Tensor b, Tensor y);

    /// <summary>y = factor * x.</summary>
    public abstract void Scale(Tensor x, float factor, Tensor y);

    /// <summary>y += factor * x.</summary>
    public abstract void AddScaled(Tensor x, float factor, Tensor y);

    /// <summary>y[r, c] = x[r, c] + row[c].</summary>
    public abstract void AddRow(Tensor x, Tensor row, Tensor y);

    /// <summary>y[c] = sum over r of x[r, c].</summary>
    public abstract void SumRows(Tensor x, Tensor y, bool accumulate);

    /// <summary>y = sum of all elements of x, times factor.</summary>
    public abstract void Sum(Tensor x, float factor, Tensor y);

    /// <summary>The sum of squares of all elements, added in double precision.</summary>
    public abstract double SumOfSquares(Tensor x);

    /// <summary>y = activation(x).</summary>
    public abstract void Activate(Activation activation, Tensor x, Tensor y);

    /// <summary>dx = dy * activation'(x).</summary>
    public abstract void ActivateBackward(Activation activation, Tensor x, Tensor dy, Tensor dx);

    /// <summary>Zeroes each element with probability p and divides the others by 1 - p; the same stream draws the same mask.</summary>
    public abstract void Dropout(Tensor x, float probability, ulong key, Tensor y);

    /// <summary>y = residual + dropout(x): the end of every sub-layer. A probability of 0 adds x whole.</summary>
    public abstract void AddDropout(Tensor residual, Tensor x, float probability, ulong key, Tensor y);

    /// <summary>y (+)= op(a) op(b) + bias, where op transposes the last two axes on request. Leading axes are a batch.</summary>
    /// <param name="a">[batch..., m, k], or [.., k, m] when transposed.</param>
    /// <param name="transposeA">Whether a is stored transposed.</param>
    /// <param name="b">[k, n] or [batch..., k, n], or with the last two swapped when transposed.</param>
    /// <param name="transposeB">Whether b is stored transposed.</param>
    /// <param name="bias">[n], added to every row, or null.</param>
    /// <param name="y">[batch..., m, n].</param>
    /// <param name="accumulate">Whether to add to y.</param>
    public abstract void MatMul(Tensor a, bool transposeA, Tensor b, bool transposeB, Tensor? bias, Tensor y, bool accumulate);

    /// <summary>y = softmax(x) along the last axis.</summary>
    public abstract void Softmax(Tensor x, Tensor y);

    /// <summary>dx = y * (dy - sum(dy * y)).</summary>
    public abstract void SoftmaxBackward(Tensor y, Tensor dy, Tensor dx);

    /// <summary>y = x - log(sum(exp(x))) along the last axis.</summary>
    public abstract void LogSoftmax(Tensor x, Tensor y);

    /// <summary>dx = dy - exp(y) * sum(dy).</summary>
    public abstract void LogSoftmaxBackward(Tensor y, Tensor dy, Tensor dx);

    /// <summary>y = (x - mean) * inverseDeviation * gain + bias; keeps both statistics, [rows], for the backward pass.</summary>
    public abstract void LayerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon, Tensor y, Tensor mean, Tensor inverseDeviation);

    /// <summary>The gradients of <see cref="LayerNorm"/>; those of gain and bias are added to their destinations.</summary>
    public abstract void LayerNormBackward(Tensor x, Tensor gain, Tensor mean, Tensor inverseDeviation, Tensor dy, Tensor dx, Tensor dGain, Tensor dBias);

    /// <summary>y = x * inverseRms * gain; keeps 1 / sqrt(mean(x^2) + epsilon), [rows].</summary>
    public abstract void RmsNorm(Tensor x, Tensor gain, float epsilon, Tensor y, Tensor inverseRms);

    /// <summary>The gradients of <see cref="RmsNorm"/>; that of gain is added to its destination.</summary>
    public abstract void RmsNormBackward(Tensor x, Tensor gain, Tensor inverseRms, Tensor dy, Tensor dx, Tensor dGain);

    /// <summary>y[i] = factor * table[ids[i]].</summary>
    public abstract void GatherRows(Tensor table, ReadOnlyMemory<int> ids, float factor, Tensor y);

    /// <summary>table[ids[i]] += factor * x[i], in the order of i.</summary>
    public abstract void ScatterAddRows(Tensor x, ReadOnlyMemory<int> ids, float factor, Tensor table);

    /// <summary>Rotates pairs of each head's elements by position: see <see cref="Ops.RotaryPositions(Tensor, ReadOnlyMemory{int}, int, float)"/>.</summary>
    public abstract void Rotate(Tensor x, ReadOnlyMemory<int> positions, RotaryFrequencies frequencies, bool inverse, Tensor y);

    /// <summary>
    /// context = softmax(scale * query key^T + bias, masked) value for each sequence and head; keeps the log of each softmax's
    /// denominator, [heads, query rows]. The weights are written only where asked for.
    /// </summary>
    public abstract void Attention(Tensor query, Tensor key, Tensor value, AttentionSettings settings, Tensor context, Tensor logSumExp, AttentionWeights? weights);

    /// <summary>
    /// The gradients of <see cref="Attention"/>; those of rows outside every sequence are zero. That of
    /// <see cref="AttentionSettings.DistanceBias"/> is computed where a destination is given.
    /// </summary>
    public abstract void AttentionBackward(Tensor query, Tensor key, Tensor value, AttentionSettings settings, Tensor context, Tensor logSumExp, Tensor dContext, Tensor dQuery, Tensor dKey, Tensor dValue, Tensor? dDistanceBias);

    /// <summary>losses[r] = cross-entropy of row r against its label-smoothed target, 0 where ignored; keeps log(sum(exp)), [rows].</summary>
    public abstract void CrossEntropy(Tensor logits, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor losses, Tensor logSumExp);

    /// <summary>dLogits[r] = dLosses[r] * (softmax(logits[r]) - target distribution).</summary>
    public abstract void CrossEntropyBackward(Tensor logits, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor logSumExp, Tensor dLosses, Tensor dLogits);

    /// <summary>
    /// losses[r] = cross-entropy of the logits x[r] weight^T + bias, as <see cref="CrossEntropy"/>; and the gradients, where asked
    /// for. The logits are not kept: a device works on as few rows at a time as it likes.
    /// </summary>
    public abstract void LinearCrossEntropy(Tensor x, Tensor weight, Tensor? bias, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor losses, LinearGradients? gradients);

    /// <summary>One step of Adam or AdamW over one parameter.</summary>
    public abstract void AdamStep(Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment, in AdamStep step);

    /// <summary>One step of gradient descent with momentum over one parameter.</summary>
    public abstract void SgdStep(Tensor parameter, Tensor gradient, Tensor? velocity, in SgdStep step);

    /// <summary>One step of Adagrad over one parameter.</summary>
    public abstract void AdagradStep(Tensor parameter, Tensor gradient, Tensor sumOfSquares, in AdagradStep step);
}
