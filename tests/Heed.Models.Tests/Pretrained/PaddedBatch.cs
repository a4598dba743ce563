using Heed.Models.Formats;
using Heed.Tensors;

namespace Heed.Models.Tests.Pretrained;

/// <summary>A padded batch of a golden file, packed as our models read it.</summary>
internal sealed class PaddedBatch
{
    public PaddedBatch(SafetensorsFile file, string ids, string mask, long padding = 0)
    {
        Width = (int)file[ids].Shape[1];
        Count = (int)file[ids].Shape[0];
        long[] all = file.ReadInt64(ids);
        long[] kept = file.ReadInt64(mask);
        Rows = [.. Enumerable.Range(0, all.Length).Where(i => kept[i] != padding)];
        Ids = [.. Rows.Select(row => (int)all[row])];
        Segments = Segments.FromLengths([.. Enumerable.Range(0, Count).Select(sequence => Rows.Count(row => row / Width == sequence))]);
    }

    /// <summary>The number of sequences.</summary>
    public int Count { get; }

    /// <summary>The padded length.</summary>
    public int Width { get; }

    /// <summary>The unpadded ids, one sequence after another.</summary>
    public int[] Ids { get; }

    /// <summary>The row of the padded batch, seen as [batch * time], that each id stands in.</summary>
    public int[] Rows { get; }

    public Segments Segments { get; }

    /// <summary>The column at which a sequence begins.</summary>
    public int First(int sequence) => Rows[Segments.Starts[sequence]] % Width;

    /// <summary>What stands in the unpadded rows of another tensor of the same shape.</summary>
    public int[] Pick(long[] values) => [.. Rows.Select(row => (int)values[row])];
}
