using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>The right operand of a matrix product as panels: packed beforehand, or a piece at a time by the only item that reads it, which keeps it out of memory.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct RightPanels<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private readonly PackedMatrix<TVector>? packed;
    private readonly bool fetchAhead;
    private readonly float* source;
    private readonly int stride;
    private readonly bool transposed;

    /// <summary>A matrix that is packed.</summary>
    public RightPanels(PackedMatrix<TVector> packed)
    {
        (this.packed, K, Columns) = (packed, packed.K, packed.Columns);
        fetchAhead = (long)K * Columns * sizeof(float) > ProcessorTopology.SecondLevelCacheBytes;
    }

    /// <summary>A matrix that is packed where it is read.</summary>
    /// <param name="source">The first element.</param>
    /// <param name="stride">Floats from one stored row to the next.</param>
    /// <param name="transposed">Whether the matrix is stored as [columns, k].</param>
    /// <param name="k">The axis to be summed over.</param>
    /// <param name="columns">The columns.</param>
    public RightPanels(float* source, int stride, bool transposed, int k, int columns)
    {
        this.source = source;
        (this.stride, this.transposed, K, Columns) = (stride, transposed, k, columns);
    }

    /// <summary>Floats of scratch memory that <see cref="Panel"/> needs.</summary>
    public static int RoomLength => GemmTile<TVector>.BlockK * GemmTile<TVector>.Columns;

    /// <summary>The axis that a product sums over.</summary>
    public int K { get; }

    /// <summary>The columns that exist; the last panel is filled up with zeros.</summary>
    public int Columns { get; }

    /// <summary>Whether the panels lie packed, one <see cref="PanelStride"/> after another.</summary>
    public bool IsPacked => packed is not null;

    /// <summary>Floats from one packed panel to the next.</summary>
    public nint PanelStride => (nint)K * GemmTile<TVector>.Columns;

    public int Panels => (Columns + GemmTile<TVector>.Columns - 1) / GemmTile<TVector>.Columns;

    /// <summary>A piece of a panel, [length, panel columns].</summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="k">Where the piece begins.</param>
    /// <param name="length">Its length, at most a packed block's.</param>
    /// <param name="room"><see cref="RoomLength"/> floats, where it is packed if that has not been done.</param>
    /// <param name="next">The same piece of the next panel where that is worth fetching ahead, else null.</param>
    public float* Panel(int panel, int k, int length, float* room, out float* next)
    {
        int width = GemmTile<TVector>.Columns;
        next = null;
        if (packed is { } matrix)
        {
            float* piece = matrix.Panel(panel) + ((nint)k * width);
            next = fetchAhead ? piece + ((nint)K * width) : null;
            return piece;
        }

        int first = panel * width;
        float* from = source + (transposed ? ((nint)first * stride) + k : ((nint)k * stride) + first);
        GemmPacking<TVector>.Right(from, stride, transposed, length, Math.Min(width, Columns - first), room);
        return room;
    }
}
