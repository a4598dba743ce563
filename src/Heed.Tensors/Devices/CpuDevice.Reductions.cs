using Heed.Tensors.Kernels;
using Heed.Tensors.Memory;

namespace Heed.Tensors.Devices;

/// <content>Sums over rows and over everything.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    public override void SumRows(Tensor x, Tensor y, bool accumulate)
    {
        SumRows(x.Pointer, x.Count / Math.Max(1, y.Count), y, accumulate);
        KeepAlive(x);
    }

    private void SumRows(float* x, int rows, Tensor y, bool accumulate)
    {
        int count = RowBlocks.CountFor(rows);
        using var scratch = new Scratch(RowBlocks.Length(count, y.Count));
        var blocks = new RowBlocks(scratch.Pointer, count, y.Count);
        ForRows(count, (long)y.Count * RowBlocks.Rows, new SumRowsOfBlocks<TVector>(x, rows, blocks));
        AddBlocks(blocks, y, accumulate);
    }

    public override void Sum(Tensor x, float factor, Tensor y) => *y.MutablePointer() = (float)(Total(x, squares: false) * factor);

    public override double SumOfSquares(Tensor x) => Total(x, squares: true);

    private double Total(Tensor x, bool squares)
    {
        int blocks = TotalKernel.Blocks(x.Count);
        using var scratch = new Scratch(2L * blocks);
        var totals = (double*)scratch.Pointer;
        ForRows(blocks, TotalKernel.Block, new TotalKernel(x.Pointer, x.Count, squares, totals));
        KeepAlive(x);
        double total = 0;
        for (int block = 0; block < blocks; block++)
        {
            total += totals[block];
        }

        return total;
    }

    private void AddBlocks(RowBlocks blocks, Tensor y, bool accumulate)
    {
        int chunk = Math.Max(ElementGrain, SmallestChunk / Math.Max(1, blocks.Count) / ElementGrain * ElementGrain);
        Team.For(blocks.Columns, chunk, new BlockTotals<TVector>(blocks, y.MutablePointer(), accumulate));
        KeepAlive(y);
    }
}
