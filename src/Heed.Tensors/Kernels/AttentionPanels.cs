using Heed.Tensors.Devices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>The sizes of attention's tiles, and the operands of its products, packed.</summary>
/// <remarks>
/// Everything that is computed for a pair of query and key stands in panels of [keys, <see cref="Width"/> queries], a query in each
/// lane. The scores of a panel are keys times queries; so they come out of one product in the very order in which the next one
/// reads its right operand, and the softmax over the keys adds whole vectors.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct AttentionPanels<TVector>(AttentionShape shape)
    where TVector : unmanaged, ISimd<TVector>
{
    /// <summary>The keys of one tile. Tiles begin at multiples of this within a sequence, whatever part of it is asked for.</summary>
    public const int Keys = 96;

    /// <summary>The queries that are done with a block of packed keys before the next is packed; whole panels.</summary>
    public const int Queries = GemmTile<TVector>.BlockK;

    /// <summary>The queries of one panel.</summary>
    public static int Width => GemmTile<TVector>.Columns;

    /// <summary>Floats of a tile of scores of one panel.</summary>
    public static int TileLength => Keys * Width;

    /// <summary>The panels that a head is wide.</summary>
    public int HeadPanels => CountOf(shape.HeadDim);

    /// <summary>Floats of a panel that holds a query's head in each column.</summary>
    public int PanelLength => shape.HeadDim * Width;

    /// <summary>Floats of a tile's keys or values as a left operand, [keys, headDim].</summary>
    public int RowsLength => (shape.HeadDim + GemmTile<TVector>.BlockK - 1) / GemmTile<TVector>.BlockK * Keys * GemmTile<TVector>.RowStride;

    /// <summary>Floats of a tile's keys or values as a transposed left operand, [headDim, keys].</summary>
    public int ColumnsLength => shape.HeadDim * GemmTile<TVector>.RowStride;

    public static int CountOf(int columns) => (columns + Width - 1) / Width;

    /// <summary>Packs rows of one head as right operands of k = headDim: a panel for every <see cref="Width"/> rows, a row in each column.</summary>
    /// <param name="source">The first row's head.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="panels">The panels, <see cref="PanelLength"/> apart.</param>
    public void Transposed(float* source, int count, float* panels)
    {
        for (int first = 0; first < count; first += Width)
        {
            GemmPacking<TVector>.Right(source + ((nint)first * shape.QueryWidth), shape.QueryWidth, transposed: true, shape.HeadDim, Math.Min(Width, count - first), panels);
            panels += PanelLength;
        }
    }

    /// <summary>Packs rows of one head as right operands of which k goes over the rows: <see cref="HeadPanels"/> panels of [count, <see cref="Width"/>].</summary>
    /// <param name="source">The first row's head.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="panels">The panels.</param>
    public void Plain(float* source, int count, float* panels)
    {
        for (int d = 0; d < shape.HeadDim; d += Width)
        {
            GemmPacking<TVector>.Right(source + d, shape.QueryWidth, transposed: false, count, Math.Min(Width, shape.HeadDim - d), panels);
            panels += (nint)count * Width;
        }
    }

    /// <summary>Packs a tile's keys (or values) as a left operand of k = headDim.</summary>
    /// <param name="source">All keys.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="first">Its first key of the tile.</param>
    /// <param name="count">The keys of the tile.</param>
    /// <param name="head">The query head.</param>
    /// <param name="rows">The packed rows, <see cref="RowsLength"/>.</param>
    public void Rows(float* source, int sequence, int first, int count, int head, float* rows)
    {
        for (int k = 0; k < shape.HeadDim; k += GemmTile<TVector>.BlockK)
        {
            int length = Math.Min(GemmTile<TVector>.BlockK, shape.HeadDim - k);
            if (shape.Settings.KeyRows is null)
            {
                GemmPacking<TVector>.Left(source + shape.KeyOffset(sequence, first, head) + k, shape.KeyWidth, transposed: false, count, length, rows);
            }
            else
            {
                for (int j = 0; j < count; j++)
                {
                    GemmPacking<TVector>.Left(source + shape.KeyOffset(sequence, first + j, head) + k, shape.KeyWidth, transposed: false, 1, length, rows + (j * GemmTile<TVector>.RowStride));
                }
            }

            rows += Keys * GemmTile<TVector>.RowStride;
        }
    }

    /// <summary>Packs a tile's keys (or values) as a left operand of which k goes over the keys.</summary>
    /// <param name="source">All keys.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="first">Its first key of the tile.</param>
    /// <param name="count">The keys of the tile.</param>
    /// <param name="head">The query head.</param>
    /// <param name="gathered">Room for [keys, headDim], where a table scatters the keys.</param>
    /// <param name="columns">The packed rows, <see cref="ColumnsLength"/>.</param>
    public void Columns(float* source, int sequence, int first, int count, int head, float* gathered, float* columns)
    {
        if (shape.Settings.KeyRows is null)
        {
            GemmPacking<TVector>.Left(source + shape.KeyOffset(sequence, first, head), shape.KeyWidth, transposed: true, shape.HeadDim, count, columns);
            return;
        }

        for (int j = 0; j < count; j++)
        {
            new Span<float>(source + shape.KeyOffset(sequence, first + j, head), shape.HeadDim).CopyTo(new Span<float>(gathered + (j * shape.HeadDim), shape.HeadDim));
        }

        GemmPacking<TVector>.Left(gathered, shape.HeadDim, transposed: true, shape.HeadDim, count, columns);
    }

    /// <summary>A tile = the first of its packed <see cref="Rows"/> times a transposed panel.</summary>
    /// <param name="rows">The packed rows.</param>
    /// <param name="count">How many.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="tile">The result, [count, <see cref="Width"/>].</param>
    public void Multiply(float* rows, int count, float* panel, float* tile)
    {
        for (int k = 0; k < shape.HeadDim; k += GemmTile<TVector>.BlockK)
        {
            GemmTile<TVector>.Multiply(count, rows, panel + (k * Width), Math.Min(GemmTile<TVector>.BlockK, shape.HeadDim - k), tile, Width, accumulate: k > 0);
            rows += Keys * GemmTile<TVector>.RowStride;
        }
    }
}
