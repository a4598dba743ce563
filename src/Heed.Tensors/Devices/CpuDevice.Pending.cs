namespace Heed.Tensors.Devices;

/// <content>Kernels that still run on the reference device.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    private readonly ReferenceDevice pending = new();

    internal override void CopyStrided(Tensor source, in StridedCopy layout, Tensor destination, bool accumulate) => pending.CopyStrided(source, in layout, destination, accumulate);

    public override void Dropout(Tensor x, float probability, ulong key, Tensor y) => pending.Dropout(x, probability, key, y);

    public override void AddDropout(Tensor residual, Tensor x, float probability, ulong key, Tensor y) => pending.AddDropout(residual, x, probability, key, y);

    public override void GatherRows(Tensor table, ReadOnlyMemory<int> ids, float factor, Tensor y) => pending.GatherRows(table, ids, factor, y);

    public override void ScatterAddRows(Tensor x, ReadOnlyMemory<int> ids, float factor, Tensor table) => pending.ScatterAddRows(x, ids, factor, table);

    public override void Rotate(Tensor x, ReadOnlyMemory<int> positions, int headDim, float theta, bool inverse, Tensor y) => pending.Rotate(x, positions, headDim, theta, inverse, y);

    public override void AdamStep(Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment, in AdamStep step) => pending.AdamStep(parameter, gradient, firstMoment, secondMoment, in step);

    public override void SgdStep(Tensor parameter, Tensor gradient, Tensor? velocity, in SgdStep step) => pending.SgdStep(parameter, gradient, velocity, in step);

    public override void AdagradStep(Tensor parameter, Tensor gradient, Tensor sumOfSquares, in AdagradStep step) => pending.AdagradStep(parameter, gradient, sumOfSquares, in step);
}
