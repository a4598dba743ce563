using Heed.Tensors.Memory;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>The matrix product c (+)= a b + bias, shared out over blocks of the result.</summary>
/// <remarks>
/// The loops of Goto and van de Geijn 2008 ("Anatomy of high-performance matrix multiplication"), with the roles that
/// caches have today: a block of a (rows times <see cref="GemmTile{TVector}.BlockK"/>) lies in the second level, one panel
/// of b in the first, and the tile of c in registers. Threads share out blocks of c and nothing else.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal static unsafe class Gemm<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    /// <summary>
    /// The most rows of one block, a multiple of every tile's: packed, they fill a third of the second-level cache. Each panel of b
    /// is fetched from further away once for every block, so more rows mean fewer fetches.
    /// </summary>
    private static readonly int BlockRows = Math.Clamp(ProcessorTopology.SecondLevelCacheBytes / 3 / (GemmTile<TVector>.RowStride * sizeof(float)) / 12 * 12, 48, 384);

    // Starting a share of the work on another thread costs about as much as this many multiply-adds of a full tile.
    private const long SmallestShare = 131_072;

    // Items per thread, so that the last one finished does not keep the others waiting for long.
    private const int ItemsPerThread = 8;

    // Every item reads its packed rows of a from a further cache; with fewer panels than this that would show.
    private const int FewestPanels = 2;

    // Where every item packs its rows itself.
    private const int FewestPanelsOfOwnRows = 4;

    // All rows of a are packed before the product, in floats, as long as they are likely to stay in the third-level cache.
    private const int MostPacked = 2 << 20;

    // Up to so many rows, packing them is nothing beside reading b.
    private const int FewRows = 16;

    /// <summary>Whether a product of so many rows reads every panel of b once, so that it need not be packed beforehand.</summary>
    public static bool ReadsPanelsOnce(int rows) => rows <= BlockRows;

    public static void Multiply(WorkerTeam team, float* a, int strideA, bool transposeA, int rows, in RightPanels<TVector> b, float* bias, float* c, int strideC, bool accumulate)
    {
        int rowBlocks = (rows + BlockRows - 1) / BlockRows;
        int blockRows = Math.Min(BlockRows, RoundUp((rows + rowBlocks - 1) / rowBlocks, GemmTile<TVector>.Rows));
        rowBlocks = (rows + blockRows - 1) / blockRows;
        var left = new LeftBlocks<TVector>(a, strideA, transposeA, rows, b.K, blockRows);
        int wanted = team.Threads == 1 ? 1 : (int)Math.Clamp(Work(rows, b) / SmallestShare, 1, ItemsPerThread * team.Threads);
        bool packsAll = rows > FewRows && left.PackedLength <= MostPacked;
        int mostColumnBlocks = Math.Max(1, b.Panels / (rows <= FewRows ? 1 : packsAll ? FewestPanels : FewestPanelsOfOwnRows));
        int columnBlocks = Math.Clamp((wanted + rowBlocks - 1) / rowBlocks, 1, mostColumnBlocks);
        int panelsPerBlock = (b.Panels + columnBlocks - 1) / columnBlocks;
        columnBlocks = (b.Panels + panelsPerBlock - 1) / panelsPerBlock;
        int chunk = wanted == 1 ? rowBlocks * columnBlocks : 1;
        if (!packsAll || columnBlocks == 1)
        {
            team.For(rowBlocks * columnBlocks, chunk, new Blocks(left, b, bias, c, strideC, accumulate, columnBlocks, panelsPerBlock));
            return;
        }

        using var packed = new Scratch(left.PackedLength);
        left = left.PackedInto(packed.Pointer);
        team.For(left.Slices, 1, left);
        team.For(rowBlocks * columnBlocks, chunk, new Blocks(left, b, bias, c, strideC, accumulate, columnBlocks, panelsPerBlock));
    }

    // In multiply-adds of a full tile. With few rows reading b takes the time: as long as about 16 rows of products.
    private static long Work(int rows, in RightPanels<TVector> b) => Math.Max(rows, 16L) * b.K * b.Columns;

    private static int RoundUp(int count, int unit) => (count + unit - 1) / unit * unit;

    private readonly struct Blocks(in LeftBlocks<TVector> left, in RightPanels<TVector> b, float* bias, float* c, int strideC, bool accumulate, int columnBlocks, int panelsPerBlock) : IParallelBody
    {
        private readonly LeftBlocks<TVector> left = left;
        private readonly RightPanels<TVector> b = b;

        public void Run(int start, int end)
        {
            using var scratch = new Scratch(left.BlockLength + ((long)left.BlockRows * GemmTile<TVector>.Columns) + RightPanels<TVector>.RoomLength);
            for (int block = start; block < end;)
            {
                // Neighbours in one row of blocks are done as one: their rows of a are packed once.
                int row = block / columnBlocks;
                int next = Math.Min(end, (row + 1) * columnBlocks);
                int firstPanel = block % columnBlocks * panelsPerBlock;
                int endPanel = Math.Min(b.Panels, (((next - 1) % columnBlocks) + 1) * panelsPerBlock);
                Block(row, firstPanel, endPanel, scratch.Pointer);
                block = next;
            }
        }

        private void Block(int row, int firstPanel, int endPanel, float* scratch)
        {
            int blockK = GemmTile<TVector>.BlockK;
            (int firstRow, int count) = (row * left.BlockRows, left.RowsOf(row));
            float* tile = scratch + left.BlockLength;
            float* room = tile + (left.BlockRows * GemmTile<TVector>.Columns);
            for (int k = 0; k < b.K || k == 0; k += blockK)
            {
                int length = Math.Min(blockK, b.K - k);
                float* rows = left.Block(row, k, scratch);
                bool last = k + length >= b.K;
                int panel = firstPanel;
                for (; count == 1 && b.IsPacked && panel + GemmTile<TVector>.RowPanels <= Math.Min(endPanel, b.Columns / GemmTile<TVector>.Columns); panel += GemmTile<TVector>.RowPanels)
                {
                    RowPanels(firstRow, panel, rows, b.Panel(panel, k, length, room, out _), length, accumulate || k > 0, last);
                }

                for (; panel < endPanel; panel++)
                {
                    float* right = b.Panel(panel, k, length, room, out float* next);
                    Panel(firstRow, count, panel, rows, right, length, accumulate || k > 0, last, panel + 1 < endPanel ? next : null, tile);
                }
            }
        }

        private void RowPanels(int row, int panel, float* left, float* right, int length, bool add, bool last)
        {
            int first = panel * GemmTile<TVector>.Columns;
            float* target = c + ((nint)row * strideC) + first;
            GemmTile<TVector>.MultiplyRow(left, right, b.PanelStride, length, target, add);
            if (last && bias is not null)
            {
                AddBias(bias + first, 1, GemmTile<TVector>.RowPanels * GemmTile<TVector>.Columns, target);
            }
        }

        private void Panel(int firstRow, int count, int panel, float* rows, float* right, int length, bool add, bool last, float* next, float* tile)
        {
            int width = GemmTile<TVector>.Columns;
            int columns = Math.Min(width, b.Columns - (panel * width));
            float* target = c + ((nint)firstRow * strideC) + (panel * width);
            if (columns == width)
            {
                GemmTile<TVector>.Multiply(count, rows, right, length, target, strideC, add, next, fetchResult: true);
            }
            else
            {
                NarrowPanel(count, columns, rows, right, length, target, add, tile);
            }

            if (last && bias is not null)
            {
                AddBias(bias + (panel * width), count, columns, target);
            }
        }

        // The last panel reaches beyond the result: compute it in a scratch tile and copy the columns that exist.
        private void NarrowPanel(int count, int columns, float* rows, float* right, int length, float* target, bool add, float* tile)
        {
            int width = GemmTile<TVector>.Columns;
            for (int row = 0; add && row < count; row++)
            {
                new Span<float>(target + ((nint)row * strideC), columns).CopyTo(new Span<float>(tile + (row * width), columns));
            }

            GemmTile<TVector>.Multiply(count, rows, right, length, tile, width, add);
            for (int row = 0; row < count; row++)
            {
                new Span<float>(tile + (row * width), columns).CopyTo(new Span<float>(target + ((nint)row * strideC), columns));
            }
        }

        private void AddBias(float* offsets, int count, int columns, float* target)
        {
            for (int row = 0; row < count; row++)
            {
                float* to = target + ((nint)row * strideC);
                int column = 0;
                for (; column + TVector.Width <= columns; column += TVector.Width)
                {
                    (TVector.Load(to + column) + TVector.Load(offsets + column)).Store(to + column);
                }

                for (; column < columns; column++)
                {
                    to[column] += offsets[column];
                }
            }
        }
    }
}
