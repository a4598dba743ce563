using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>
/// The innermost piece of every matrix product: a tile of a few rows and two vectors of columns whose sums stay in
/// registers while the kernel walks along k.
/// </summary>
/// <remarks>
/// Each element of the result is one chain of fused multiply-adds in the order of k, whatever the tile it falls into.
/// So a product of one row rounds exactly like the same row in a product of thousands: what cached decoding and
/// batch independence rest on.
/// The left operand lies in rows of a fixed stride, so that the address of every row is a constant away from the first.
/// The tiles are written out because only local variables are sure to live in registers.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal static unsafe class GemmTile<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    /// <summary>The largest length of k in one packed block: a panel of the right operand then fits the first-level cache.</summary>
    public const int BlockK = 256;

    /// <summary>Floats from one packed row of the left operand to the next: a block and a cache line, so that rows fall into different cache sets.</summary>
    public const int RowStride = BlockK + 16;

    /// <summary>The panels that <see cref="MultiplyRow"/> reads at once.</summary>
    public const int RowPanels = 4;

    private const int FewestRowsToFetch = 48;

    /// <summary>The rows of a full tile: as many as the registers hold beside two columns and a factor.</summary>
    public static int Rows => TVector.Registers >= 32 ? 12 : 6;

    /// <summary>The columns of a tile.</summary>
    public static int Columns => 2 * TVector.Width;

    /// <summary>c (+)= a b for any number of rows up to a block's, one tile after another.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="a">Packed rows, <see cref="RowStride"/> apart.</param>
    /// <param name="b">A packed panel, [k, <see cref="Columns"/>].</param>
    /// <param name="k">At most <see cref="BlockK"/>.</param>
    /// <param name="c">The result; every row has room for <see cref="Columns"/> floats.</param>
    /// <param name="stride">Floats from one row of the result to the next.</param>
    /// <param name="accumulate">Whether to add to the result.</param>
    /// <param name="next">The panel that comes next, fetched into the second-level cache meanwhile; null where there is none.</param>
    /// <param name="fetchResult">Whether the result lies far away, so that the next tile of it is fetched meanwhile.</param>
    public static void Multiply(int rows, float* a, float* b, int k, float* c, int stride, bool accumulate, float* next = null, bool fetchResult = false)
    {
        int row = 0;
        for (; row + 12 <= rows; row += 12)
        {
            float* left = a + (row * RowStride);
            float* to = c + ((nint)row * stride);
            Fetch(next, k, row, rows);
            if (fetchResult && row + 24 <= rows)
            {
                FetchTile(to + (12 * (nint)stride), stride);
            }

            if (TVector.Registers >= 32)
            {
                Multiply12(left, b, k, to, stride, accumulate);
            }
            else
            {
                Multiply6(left, b, k, to, stride, accumulate);
                Multiply6(left + (6 * RowStride), b, k, to + (6 * (nint)stride), stride, accumulate);
            }
        }

        int rest = rows - row;
        if (rest >= 6 && rest % 4 >= 2) // 8 and 9 rows are better done as 4 and 4
        {
            Multiply6(a + (row * RowStride), b, k, c + ((nint)row * stride), stride, accumulate);
            row += 6;
        }

        for (; row + 4 <= rows; row += 4)
        {
            Multiply4(a + (row * RowStride), b, k, c + ((nint)row * stride), stride, accumulate);
        }

        if (row + 2 <= rows)
        {
            Multiply2(a + (row * RowStride), b, k, c + ((nint)row * stride), stride, accumulate);
            row += 2;
        }

        if (row < rows)
        {
            Multiply1(a + (row * RowStride), b, k, c + ((nint)row * stride), accumulate);
        }
    }

    // The 12 rows that come next are about to be added to, or at least written.
    private static void FetchTile(float* c, int stride)
    {
        for (int row = 0; row < 12 && Sse.IsSupported; row++)
        {
            Sse.Prefetch0(c);
            Sse.Prefetch0(c + TVector.Width);
            c += stride;
        }
    }

    // The share of the next panel that falls to the 12 rows at hand, so that the fetches are spread over the work that hides them. A few rows
    // would fetch all of it at once, and wait for that.
    private static void Fetch(float* next, int k, int row, int rows)
    {
        const int line = 64 / sizeof(float);
        if (next == null || rows < FewestRowsToFetch || !Sse.IsSupported)
        {
            return;
        }

        int lines = k * Columns / line;
        int end = Math.Min(lines, (row + 12) * lines / rows);
        for (int i = row * lines / rows; i < end; i++)
        {
            Sse.Prefetch1(next + (i * line));
        }
    }

    /// <summary>12 rows of the tile: 24 accumulators that stay in registers for the whole of k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply12(float* a, float* b, int k, float* c, int stride, bool accumulate)
    {
        int w = TVector.Width;
        TVector c0l = Start(c, accumulate), c0r = Start(c + w, accumulate);
        TVector c1l = Start(c + (1 * stride), accumulate), c1r = Start(c + (1 * stride) + w, accumulate);
        TVector c2l = Start(c + (2 * stride), accumulate), c2r = Start(c + (2 * stride) + w, accumulate);
        TVector c3l = Start(c + (3 * stride), accumulate), c3r = Start(c + (3 * stride) + w, accumulate);
        TVector c4l = Start(c + (4 * stride), accumulate), c4r = Start(c + (4 * stride) + w, accumulate);
        TVector c5l = Start(c + (5 * stride), accumulate), c5r = Start(c + (5 * stride) + w, accumulate);
        TVector c6l = Start(c + (6 * stride), accumulate), c6r = Start(c + (6 * stride) + w, accumulate);
        TVector c7l = Start(c + (7 * stride), accumulate), c7r = Start(c + (7 * stride) + w, accumulate);
        TVector c8l = Start(c + (8 * stride), accumulate), c8r = Start(c + (8 * stride) + w, accumulate);
        TVector c9l = Start(c + (9 * stride), accumulate), c9r = Start(c + (9 * stride) + w, accumulate);
        TVector c10l = Start(c + (10 * stride), accumulate), c10r = Start(c + (10 * stride) + w, accumulate);
        TVector c11l = Start(c + (11 * stride), accumulate), c11r = Start(c + (11 * stride) + w, accumulate);
        for (int i = 0; i < k; i++)
        {
            TVector left = TVector.Load(b), right = TVector.Load(b + w);
            b += 2 * w;
            TVector x;
            x = TVector.Broadcast(a[i]); c0l = TVector.MultiplyAdd(x, left, c0l); c0r = TVector.MultiplyAdd(x, right, c0r);
            x = TVector.Broadcast(a[i + RowStride]); c1l = TVector.MultiplyAdd(x, left, c1l); c1r = TVector.MultiplyAdd(x, right, c1r);
            x = TVector.Broadcast(a[i + (2 * RowStride)]); c2l = TVector.MultiplyAdd(x, left, c2l); c2r = TVector.MultiplyAdd(x, right, c2r);
            x = TVector.Broadcast(a[i + (3 * RowStride)]); c3l = TVector.MultiplyAdd(x, left, c3l); c3r = TVector.MultiplyAdd(x, right, c3r);
            x = TVector.Broadcast(a[i + (4 * RowStride)]); c4l = TVector.MultiplyAdd(x, left, c4l); c4r = TVector.MultiplyAdd(x, right, c4r);
            x = TVector.Broadcast(a[i + (5 * RowStride)]); c5l = TVector.MultiplyAdd(x, left, c5l); c5r = TVector.MultiplyAdd(x, right, c5r);
            x = TVector.Broadcast(a[i + (6 * RowStride)]); c6l = TVector.MultiplyAdd(x, left, c6l); c6r = TVector.MultiplyAdd(x, right, c6r);
            x = TVector.Broadcast(a[i + (7 * RowStride)]); c7l = TVector.MultiplyAdd(x, left, c7l); c7r = TVector.MultiplyAdd(x, right, c7r);
            x = TVector.Broadcast(a[i + (8 * RowStride)]); c8l = TVector.MultiplyAdd(x, left, c8l); c8r = TVector.MultiplyAdd(x, right, c8r);
            x = TVector.Broadcast(a[i + (9 * RowStride)]); c9l = TVector.MultiplyAdd(x, left, c9l); c9r = TVector.MultiplyAdd(x, right, c9r);
            x = TVector.Broadcast(a[i + (10 * RowStride)]); c10l = TVector.MultiplyAdd(x, left, c10l); c10r = TVector.MultiplyAdd(x, right, c10r);
            x = TVector.Broadcast(a[i + (11 * RowStride)]); c11l = TVector.MultiplyAdd(x, left, c11l); c11r = TVector.MultiplyAdd(x, right, c11r);
        }

        c0l.Store(c); c0r.Store(c + w);
        c1l.Store(c + (1 * stride)); c1r.Store(c + (1 * stride) + w);
        c2l.Store(c + (2 * stride)); c2r.Store(c + (2 * stride) + w);
        c3l.Store(c + (3 * stride)); c3r.Store(c + (3 * stride) + w);
        c4l.Store(c + (4 * stride)); c4r.Store(c + (4 * stride) + w);
        c5l.Store(c + (5 * stride)); c5r.Store(c + (5 * stride) + w);
        c6l.Store(c + (6 * stride)); c6r.Store(c + (6 * stride) + w);
        c7l.Store(c + (7 * stride)); c7r.Store(c + (7 * stride) + w);
        c8l.Store(c + (8 * stride)); c8r.Store(c + (8 * stride) + w);
        c9l.Store(c + (9 * stride)); c9r.Store(c + (9 * stride) + w);
        c10l.Store(c + (10 * stride)); c10r.Store(c + (10 * stride) + w);
        c11l.Store(c + (11 * stride)); c11r.Store(c + (11 * stride) + w);
    }

    /// <summary>6 rows of the tile: 12 accumulators that stay in registers for the whole of k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6(float* a, float* b, int k, float* c, int stride, bool accumulate)
    {
        int w = TVector.Width;
        TVector c0l = Start(c, accumulate), c0r = Start(c + w, accumulate);
        TVector c1l = Start(c + (1 * stride), accumulate), c1r = Start(c + (1 * stride) + w, accumulate);
        TVector c2l = Start(c + (2 * stride), accumulate), c2r = Start(c + (2 * stride) + w, accumulate);
        TVector c3l = Start(c + (3 * stride), accumulate), c3r = Start(c + (3 * stride) + w, accumulate);
        TVector c4l = Start(c + (4 * stride), accumulate), c4r = Start(c + (4 * stride) + w, accumulate);
        TVector c5l = Start(c + (5 * stride), accumulate), c5r = Start(c + (5 * stride) + w, accumulate);
        for (int i = 0; i < k; i++)
        {
            TVector left = TVector.Load(b), right = TVector.Load(b + w);
            b += 2 * w;
            TVector x;
            x = TVector.Broadcast(a[i]); c0l = TVector.MultiplyAdd(x, left, c0l); c0r = TVector.MultiplyAdd(x, right, c0r);
            x = TVector.Broadcast(a[i + RowStride]); c1l = TVector.MultiplyAdd(x, left, c1l); c1r = TVector.MultiplyAdd(x, right, c1r);
            x = TVector.Broadcast(a[i + (2 * RowStride)]); c2l = TVector.MultiplyAdd(x, left, c2l); c2r = TVector.MultiplyAdd(x, right, c2r);
            x = TVector.Broadcast(a[i + (3 * RowStride)]); c3l = TVector.MultiplyAdd(x, left, c3l); c3r = TVector.MultiplyAdd(x, right, c3r);
            x = TVector.Broadcast(a[i + (4 * RowStride)]); c4l = TVector.MultiplyAdd(x, left, c4l); c4r = TVector.MultiplyAdd(x, right, c4r);
            x = TVector.Broadcast(a[i + (5 * RowStride)]); c5l = TVector.MultiplyAdd(x, left, c5l); c5r = TVector.MultiplyAdd(x, right, c5r);
        }

        c0l.Store(c); c0r.Store(c + w);
        c1l.Store(c + (1 * stride)); c1r.Store(c + (1 * stride) + w);
        c2l.Store(c + (2 * stride)); c2r.Store(c + (2 * stride) + w);
        c3l.Store(c + (3 * stride)); c3r.Store(c + (3 * stride) + w);
        c4l.Store(c + (4 * stride)); c4r.Store(c + (4 * stride) + w);
        c5l.Store(c + (5 * stride)); c5r.Store(c + (5 * stride) + w);
    }

    /// <summary>4 rows of the tile: 8 accumulators, as many as it takes to keep both units busy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply4(float* a, float* b, int k, float* c, int stride, bool accumulate)
    {
        int w = TVector.Width;
        TVector c0l = Start(c, accumulate), c0r = Start(c + w, accumulate);
        TVector c1l = Start(c + (1 * stride), accumulate), c1r = Start(c + (1 * stride) + w, accumulate);
        TVector c2l = Start(c + (2 * stride), accumulate), c2r = Start(c + (2 * stride) + w, accumulate);
        TVector c3l = Start(c + (3 * stride), accumulate), c3r = Start(c + (3 * stride) + w, accumulate);
        for (int i = 0; i < k; i++)
        {
            TVector left = TVector.Load(b), right = TVector.Load(b + w);
            b += 2 * w;
            TVector x;
            x = TVector.Broadcast(a[i]); c0l = TVector.MultiplyAdd(x, left, c0l); c0r = TVector.MultiplyAdd(x, right, c0r);
            x = TVector.Broadcast(a[i + RowStride]); c1l = TVector.MultiplyAdd(x, left, c1l); c1r = TVector.MultiplyAdd(x, right, c1r);
            x = TVector.Broadcast(a[i + (2 * RowStride)]); c2l = TVector.MultiplyAdd(x, left, c2l); c2r = TVector.MultiplyAdd(x, right, c2r);
            x = TVector.Broadcast(a[i + (3 * RowStride)]); c3l = TVector.MultiplyAdd(x, left, c3l); c3r = TVector.MultiplyAdd(x, right, c3r);
        }

        c0l.Store(c); c0r.Store(c + w);
        c1l.Store(c + (1 * stride)); c1r.Store(c + (1 * stride) + w);
        c2l.Store(c + (2 * stride)); c2r.Store(c + (2 * stride) + w);
        c3l.Store(c + (3 * stride)); c3r.Store(c + (3 * stride) + w);
    }

    /// <summary>2 rows of the tile: 4 accumulators that stay in registers for the whole of k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply2(float* a, float* b, int k, float* c, int stride, bool accumulate)
    {
        int w = TVector.Width;
        TVector c0l = Start(c, accumulate), c0r = Start(c + w, accumulate);
        TVector c1l = Start(c + (1 * stride), accumulate), c1r = Start(c + (1 * stride) + w, accumulate);
        for (int i = 0; i < k; i++)
        {
            TVector left = TVector.Load(b), right = TVector.Load(b + w);
            b += 2 * w;
            TVector x;
            x = TVector.Broadcast(a[i]); c0l = TVector.MultiplyAdd(x, left, c0l); c0r = TVector.MultiplyAdd(x, right, c0r);
            x = TVector.Broadcast(a[i + RowStride]); c1l = TVector.MultiplyAdd(x, left, c1l); c1r = TVector.MultiplyAdd(x, right, c1r);
        }

        c0l.Store(c); c0r.Store(c + w);
        c1l.Store(c + (1 * stride)); c1r.Store(c + (1 * stride) + w);
    }

    /// <summary>One row of the tile: 2 accumulators that stay in registers for the whole of k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply1(float* a, float* b, int k, float* c, bool accumulate)
    {
        int w = TVector.Width;
        TVector c0l = Start(c, accumulate), c0r = Start(c + w, accumulate);
        for (int i = 0; i < k; i++)
        {
            TVector left = TVector.Load(b), right = TVector.Load(b + w);
            b += 2 * w;
            TVector x;
            x = TVector.Broadcast(a[i]); c0l = TVector.MultiplyAdd(x, left, c0l); c0r = TVector.MultiplyAdd(x, right, c0r);
        }

        c0l.Store(c); c0r.Store(c + w);
    }

    /// <summary>One row times <see cref="RowPanels"/> panels at once: alone, two accumulators would wait for each other, and one stream for memory.</summary>
    /// <param name="a">The row.</param>
    /// <param name="b">The first panel.</param>
    /// <param name="panelStride">Floats from one panel to the next.</param>
    /// <param name="k">Its length.</param>
    /// <param name="c">The result, one panel's columns after another's.</param>
    /// <param name="accumulate">Whether to add to the result.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyRow(float* a, float* b, nint panelStride, int k, float* c, bool accumulate)
    {
        int w = TVector.Width;
        float* b1 = b + panelStride, b2 = b1 + panelStride, b3 = b2 + panelStride;
        TVector c0l = Start(c, accumulate), c0r = Start(c + w, accumulate);
        TVector c1l = Start(c + (2 * w), accumulate), c1r = Start(c + (3 * w), accumulate);
        TVector c2l = Start(c + (4 * w), accumulate), c2r = Start(c + (5 * w), accumulate);
        TVector c3l = Start(c + (6 * w), accumulate), c3r = Start(c + (7 * w), accumulate);
        for (nint i = 0, at = 0; i < k; i++, at += 2 * w)
        {
            var x = TVector.Broadcast(a[i]);
            c0l = TVector.MultiplyAdd(x, TVector.Load(b + at), c0l); c0r = TVector.MultiplyAdd(x, TVector.Load(b + at + w), c0r);
            c1l = TVector.MultiplyAdd(x, TVector.Load(b1 + at), c1l); c1r = TVector.MultiplyAdd(x, TVector.Load(b1 + at + w), c1r);
            c2l = TVector.MultiplyAdd(x, TVector.Load(b2 + at), c2l); c2r = TVector.MultiplyAdd(x, TVector.Load(b2 + at + w), c2r);
            c3l = TVector.MultiplyAdd(x, TVector.Load(b3 + at), c3l); c3r = TVector.MultiplyAdd(x, TVector.Load(b3 + at + w), c3r);
        }

        c0l.Store(c); c0r.Store(c + w); c1l.Store(c + (2 * w)); c1r.Store(c + (3 * w));
        c2l.Store(c + (4 * w)); c2r.Store(c + (5 * w)); c3l.Store(c + (6 * w)); c3r.Store(c + (7 * w));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start(float* c, bool accumulate) => accumulate ? TVector.Load(c) : TVector.Broadcast(0f);
}
