using Heed.Tensors;

namespace Heed.Models.Tests.Laws;

/// <summary>A batch as any family reads it; a family without sources reads the targets alone, one without targets the sources.</summary>
internal sealed record ModelInput(int[] SourceIds, Segments Sources, int[] TargetIds, Segments Targets)
{
    // Stands where nothing may look.
    private const int PaddingId = 3;

    /// <summary>Sequences one after another, or with rows of padding behind each.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="targets">As many targets.</param>
    /// <param name="padding">How many rows follow the longest; null packs.</param>
    public static ModelInput Of(int[][] sources, int[][] targets, int? padding = null)
    {
        (int[] sourceIds, Segments sourceRows) = Arrange(sources, padding);
        (int[] targetIds, Segments targetRows) = Arrange(targets, padding);
        return new ModelInput(sourceIds, sourceRows, targetIds, targetRows);
    }

    /// <summary>Random sequences of random lengths.</summary>
    public static (int[][] Sources, int[][] Targets) Random(Random random, int count)
    {
        return (Sequences(), Sequences());

        int[][] Sequences() => [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, random.Next(1, ModelVariant.MaxLength + 1)).Select(_ => random.Next(ModelVariant.VocabSize)).ToArray())];
    }

    private static (int[] Ids, Segments Rows) Arrange(int[][] sequences, int? padding)
    {
        int[] lengths = [.. sequences.Select(sequence => sequence.Length)];
        if (padding is not { } more)
        {
            return ([.. sequences.SelectMany(sequence => sequence)], Segments.FromLengths(lengths));
        }

        int width = lengths.Max() + more;
        return ([.. sequences.SelectMany(sequence => sequence.Concat(Enumerable.Repeat(PaddingId, width - sequence.Length)))], Segments.Padded(width, lengths));
    }
}
