namespace Heed.Tensors.Devices;

/// <content>Kernels that still run on the reference device.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    private readonly ReferenceDevice pending = new();

    internal override void CopyStrided(Tensor source, in StridedCopy layout, Tensor destination, bool accumulate) => pending.CopyStrided(source, in layout, destination, accumulate);

    public override void SumRows(Tensor x, Tensor y, bool accumulate) => pending.SumRows(x, y, accumulate);

    public override void Sum(Tensor x, float factor, Tensor y) => pending.Sum(x, factor, y);

    public override double SumOfSquares(Tensor x) => pending.SumOfSquares(x);

    public override void Dropout(Tensor x, float probability, ulong key, Tensor y) => pending.Dropout(x, probability, key, y);

    public override void AddDropout(Tensor residual, Tensor x, float probability, ulong key, Tensor y) => pending.AddDropout(residual, x, probability, key, y);

    public override void Softmax(Tensor x, Tensor y) => pending.Softmax(x, y);

    public override void SoftmaxBackward(Tensor y, Tensor dy, Tensor dx) => pending.SoftmaxBackward(y, dy, dx);

    public override void LogSoftmax(Tensor x, Tensor y) => pending.LogSoftmax(x, y);

    public override void LogSoftmaxBackward(Tensor y, Tensor dy, Tensor dx) => pending.LogSoftmaxBackward(y, dy, dx);

    public override void LayerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon, Tensor y, Tensor mean, Tensor inverseDeviation) => pending.LayerNorm(x, gain, bias, epsilon, y, mean, inverseDeviation);

    public override void LayerNormBackward(Tensor x, Tensor gain, Tensor mean, Tensor inverseDeviation, Tensor dy, Tensor dx, Tensor dGain, Tensor dBias) => pending.LayerNormBackward(x, gain, mean, inverseDeviation, dy, dx, dGain, dBias);

    public override void RmsNorm(Tensor x, Tensor gain, float epsilon, Tensor y, Tensor inverseRms) => pending.RmsNorm(x, gain, epsilon, y, inverseRms);

    public override void RmsNormBackward(Tensor x, Tensor gain, Tensor inverseRms, Tensor dy, Tensor dx, Tensor dGain) => pending.RmsNormBackward(x, gain, inverseRms, dy, dx, dGain);

    public override void GatherRows(Tensor table, ReadOnlyMemory<int> ids, float factor, Tensor y) => pending.GatherRows(table, ids, factor, y);

    public override void ScatterAddRows(Tensor x, ReadOnlyMemory<int> ids, float factor, Tensor table) => pending.ScatterAddRows(x, ids, factor, table);

    public override void Rotate(Tensor x, ReadOnlyMemory<int> positions, int headDim, float theta, bool inverse, Tensor y) => pending.Rotate(x, positions, headDim, theta, inverse, y);

    public override void CrossEntropy(Tensor logits, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor losses, Tensor logSumExp) => pending.CrossEntropy(logits, targets, smoothing, ignoredTarget, losses, logSumExp);

    public override void CrossEntropyBackward(Tensor logits, ReadOnlyMemory<int> targets, float smoothing, int ignoredTarget, Tensor logSumExp, Tensor dLosses, Tensor dLogits) => pending.CrossEntropyBackward(logits, targets, smoothing, ignoredTarget, logSumExp, dLosses, dLogits);

    public override void AdamStep(Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment, in AdamStep step) => pending.AdamStep(parameter, gradient, firstMoment, secondMoment, in step);

    public override void SgdStep(Tensor parameter, Tensor gradient, Tensor? velocity, in SgdStep step) => pending.SgdStep(parameter, gradient, velocity, in step);

    public override void AdagradStep(Tensor parameter, Tensor gradient, Tensor sumOfSquares, in AdagradStep step) => pending.AdagradStep(parameter, gradient, sumOfSquares, in step);
}
