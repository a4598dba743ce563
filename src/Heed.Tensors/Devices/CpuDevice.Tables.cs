using System.Buffers;
using System.Collections.Concurrent;
using Heed.Tensors.Kernels;
using Heed.Tensors.Memory;

namespace Heed.Tensors.Devices;

/// <content>Embedding look-ups and rotary positions.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    private readonly ConcurrentDictionary<RotaryFrequencies, RotaryTable<TVector>> rotaryTables = new();

    public override void GatherRows(Tensor table, ReadOnlyMemory<int> ids, float factor, Tensor y)
    {
        using MemoryHandle rows = ids.Pin();
        ForRows(ids.Length, y.Columns, new GatherRowsKernel<TVector>(table.Pointer, (int*)rows.Pointer, y.Columns, factor, y.MutablePointer()));
        KeepAlive(table, y);
    }

    public override void ScatterAddRows(Tensor x, ReadOnlyMemory<int> ids, float factor, Tensor table)
    {
        using MemoryHandle rows = ids.Pin();
        int strips = (x.Columns + ScatterAddRowsKernel<TVector>.Strip - 1) / ScatterAddRowsKernel<TVector>.Strip;
        long stripWork = (long)ScatterAddRowsKernel<TVector>.Strip * ids.Length;
        int smallest = (int)Math.Max(1, SmallestChunk / Math.Max(1, stripWork));
        int even = (strips + Team.Threads - 1) / Team.Threads; // every strip walks over all ids: better few wide ones
        Team.For(strips, Math.Max(smallest, even), new ScatterAddRowsKernel<TVector>(x.Pointer, (int*)rows.Pointer, ids.Length, x.Columns, factor, table.MutablePointer()));
        KeepAlive(x, table);
    }

    public override void Rotate(Tensor x, ReadOnlyMemory<int> positions, RotaryFrequencies frequencies, bool inverse, Tensor y)
    {
        int headDim = frequencies.HeadDim;
        RotaryTable<TVector> table = rotaryTables.GetOrAdd(frequencies, key => new RotaryTable<TVector>(key));
        if (table.Reaching(positions.Span) is { } kept)
        {
            using MemoryHandle rows = positions.Pin();
            fixed (float* angles = kept)
            {
                Rotate(x, angles, (int*)rows.Pointer, headDim, inverse, y);
            }
        }
        else
        {
            using var scratch = new Scratch((long)positions.Length * headDim);
            for (int row = 0; row < positions.Length; row++)
            {
                table.Fill(positions.Span[row], new Span<float>(scratch.Pointer + ((nint)row * headDim), headDim));
            }

            Rotate(x, scratch.Pointer, null, headDim, inverse, y);
        }
    }

    private void Rotate(Tensor x, float* angles, int* rows, int headDim, bool inverse, Tensor y)
    {
        ForRows(x.Rows, x.Columns, new RotaryKernel<TVector>(x.Pointer, angles, rows, x.Columns, headDim, inverse, y.MutablePointer()));
        KeepAlive(x, y);
    }
}
