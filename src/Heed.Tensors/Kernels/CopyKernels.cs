using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>y = x, both contiguous.</summary>
internal readonly unsafe struct CopyElements(float* x, float* y) : IParallelBody
{
    public void Run(int start, int end) => new ReadOnlySpan<float>(x + start, end - start).CopyTo(new Span<float>(y + start, end - start));
}

/// <summary>y = value.</summary>
internal readonly unsafe struct FillElements(float* y, float value) : IParallelBody
{
    public void Run(int start, int end) => new Span<float>(y + start, end - start).Fill(value);
}
