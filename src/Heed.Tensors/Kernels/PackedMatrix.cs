using Heed.Tensors.Memory;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>The right operand of a matrix product, packed into panels: made for one product, or once for a weight that is used many times.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct PackedMatrix<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly MemoryBlock block;

    private PackedMatrix(MemoryBlock block, int k, int columns)
    {
        this.block = block;
        K = k;
        Columns = columns;
    }

    /// <summary>The axis that a product sums over.</summary>
    public int K { get; }

    /// <summary>The columns that exist; the last panel is filled up with zeros.</summary>
    public int Columns { get; }

    public int Panels => PanelsFor(Columns);

    /// <summary>The first element of a panel, [K, panel columns].</summary>
    public float* Panel(int panel) => block.Pointer + ((nint)panel * K * GemmTile<TVector>.Columns);

    /// <summary>Packs a matrix, sharing the panels out over the team.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="source">The first element.</param>
    /// <param name="stride">Floats from one stored row to the next.</param>
    /// <param name="transposed">Whether the matrix is stored as [columns, k].</param>
    /// <param name="k">The axis to be summed over.</param>
    /// <param name="columns">The columns to pack.</param>
    public static PackedMatrix<TVector> Pack(WorkerTeam team, float* source, int stride, bool transposed, int k, int columns)
    {
        MemoryBlock block = BufferPool.Rent(checked(PanelsFor(columns) * k * GemmTile<TVector>.Columns));
        BufferPool.LeaveToCollector(block); // until Release, which may never come
        var packed = new PackedMatrix<TVector>(block, k, columns);
        int chunk = Math.Max(1, 16384 / Math.Max(1, k * GemmTile<TVector>.Columns));
        team.For(packed.Panels, chunk, new PackPanels(source, stride, transposed, k, columns, block.Pointer));
        return packed;
    }

    /// <summary>Gives the memory back; only for a matrix packed for a single product.</summary>
    public void Release() => BufferPool.Return(block);

    private static int PanelsFor(int columns) => (columns + GemmTile<TVector>.Columns - 1) / GemmTile<TVector>.Columns;

    private readonly struct PackPanels(float* source, int stride, bool transposed, int k, int columns, float* destination) : IParallelBody
    {
        public void Run(int start, int end)
        {
            int width = GemmTile<TVector>.Columns;
            for (int panel = start; panel < end; panel++)
            {
                int first = panel * width;
                float* from = source + (transposed ? (nint)first * stride : first);
                GemmPacking<TVector>.Right(from, stride, transposed, k, Math.Min(width, columns - first), destination + ((nint)panel * k * width));
            }
        }
    }
}
