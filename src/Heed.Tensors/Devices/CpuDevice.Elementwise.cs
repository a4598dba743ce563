using Heed.Tensors.Kernels;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Devices;

/// <content>Kernels that treat every element alike.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    // Threads change over at multiples of this, so that no two of them write to one cache line.
    private const int ElementGrain = 64;

    public override void Copy(Tensor source, Tensor destination)
    {
        ForElements(destination.Count, new CopyElements(source.Pointer, destination.MutablePointer()));
        KeepAlive(source, destination);
    }

    public override void Fill(Tensor destination, float value)
    {
        ForElements(destination.Count, new FillElements(destination.MutablePointer(), value));
        KeepAlive(destination);
    }

    public override void Add(Tensor a, Tensor b, Tensor y) => Map(a, b, y, default(AddFunction<TVector>));

    public override void Subtract(Tensor a, Tensor b, Tensor y) => Map(a, b, y, default(SubtractFunction<TVector>));

    public override void Multiply(Tensor a, Tensor b, Tensor y) => Map(a, b, y, default(MultiplyFunction<TVector>));

    public override void Scale(Tensor x, float factor, Tensor y) => Map(x, y, new ScaleFunction<TVector>(factor));

    public override void AddScaled(Tensor x, float factor, Tensor y) => Map(x, y, y, new AddScaledFunction<TVector>(factor));

    public override void AddRow(Tensor x, Tensor row, Tensor y)
    {
        int rows = x.Count / Math.Max(1, row.Count);
        ForRows(rows, row.Count, new AddRowKernel<TVector>(x.Pointer, row.Pointer, y.MutablePointer(), row.Count));
        KeepAlive(x, row, y);
    }

    internal override void CopyStrided(Tensor source, in StridedCopy layout, Tensor destination, bool accumulate)
    {
        if (layout.Extents.Count == 0)
        {
            return;
        }

        var loops = new StridedLoops(layout);
        float* from = source.Pointer + layout.SourceOffset;
        float* to = destination.MutablePointer() + layout.DestinationOffset;
        if (loops.TakeColumns(out int columns, out int stride))
        {
            var kernel = new TransposingCopyKernel<TVector>(from, to, loops, columns, stride, accumulate);
            ForRows(kernel.Tiles, TransposingCopyKernel<TVector>.TileArea, kernel);
        }
        else
        {
            int pieces = loops.Items * loops.Pieces;
            ForRows(pieces, layout.Extents.Count / pieces, new StridedCopyKernel<TVector>(from, to, loops, accumulate));
        }

        KeepAlive(source, destination);
    }

    public override void Dropout(Tensor x, float probability, ulong key, Tensor y)
    {
        ForElements(y.Count, new DropoutKernel<TVector>(x.Pointer, probability, key, y.MutablePointer()));
        KeepAlive(x, y);
    }

    public override void AddDropout(Tensor residual, Tensor x, float probability, ulong key, Tensor y)
    {
        if (probability == 0)
        {
            Add(residual, x, y);
            return;
        }

        ForElements(y.Count, new AddDropoutKernel<TVector>(residual.Pointer, x.Pointer, probability, key, y.MutablePointer()));
        KeepAlive(residual, x, y);
    }

    public override void Activate(Activation activation, Tensor x, Tensor y)
    {
        switch (activation)
        {
            case Activation.Relu:
                Activate<Relu<TVector>>(x, y);
                break;
            case Activation.Gelu:
                Activate<Gelu<TVector>>(x, y);
                break;
            case Activation.GeluTanh:
                Activate<GeluTanh<TVector>>(x, y);
                break;
            case Activation.Silu:
                Activate<Silu<TVector>>(x, y);
                break;
            case Activation.Tanh:
                Activate<TanhActivation<TVector>>(x, y);
                break;
            case Activation.Sigmoid:
                Activate<SigmoidActivation<TVector>>(x, y);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "unknown activation");
        }
    }

    public override void ActivateBackward(Activation activation, Tensor x, Tensor dy, Tensor dx)
    {
        switch (activation)
        {
            case Activation.Relu:
                ActivateBackward<Relu<TVector>>(x, dy, dx);
                break;
            case Activation.Gelu:
                ActivateBackward<Gelu<TVector>>(x, dy, dx);
                break;
            case Activation.GeluTanh:
                ActivateBackward<GeluTanh<TVector>>(x, dy, dx);
                break;
            case Activation.Silu:
                ActivateBackward<Silu<TVector>>(x, dy, dx);
                break;
            case Activation.Tanh:
                ActivateBackward<TanhActivation<TVector>>(x, dy, dx);
                break;
            case Activation.Sigmoid:
                ActivateBackward<SigmoidActivation<TVector>>(x, dy, dx);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(activation), activation, "unknown activation");
        }
    }

    private void Activate<TActivation>(Tensor x, Tensor y)
        where TActivation : IActivation<TVector> => Map(x, y, default(ActivationFunction<TVector, TActivation>));

    private void ActivateBackward<TActivation>(Tensor x, Tensor dy, Tensor dx)
        where TActivation : IActivation<TVector> => Map(x, dy, dx, default(ActivationGradient<TVector, TActivation>));

    private void Map<TFunction>(Tensor x, Tensor y, TFunction function)
        where TFunction : struct, IUnaryFunction<TVector>
    {
        ForElements(y.Count, new MapOne<TVector, TFunction>(x.Pointer, y.MutablePointer(), function));
        KeepAlive(x, y);
    }

    private void Map<TFunction>(Tensor a, Tensor b, Tensor y, TFunction function)
        where TFunction : struct, IBinaryFunction<TVector>
    {
        ForElements(y.Count, new MapTwo<TVector, TFunction>(a.Pointer, b.Pointer, y.MutablePointer(), function));
        KeepAlive(a, b, y);
    }

    /// <summary>Runs a loop over elements, in chunks that are worth a thread's while.</summary>
    private void ForElements<TBody>(int count, TBody body)
        where TBody : struct, IParallelBody
    {
        int even = (int)(((long)count + (4 * Team.Threads) - 1) / (4 * Team.Threads));
        int chunk = (int)Math.Min(int.MaxValue, ((long)Math.Max(SmallestChunk, even) + ElementGrain - 1) / ElementGrain * ElementGrain);
        Team.For(count, chunk, body);
    }
}
