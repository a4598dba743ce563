using Heed.Tensors;

namespace Heed.Models;

/// <summary>A packed batch of token sequences with the tokens that a model is to name: what language models train on.</summary>
/// <param name="Ids">The sequences that the model reads, one after another.</param>
/// <param name="Sequences">Where each sequence lies.</param>
/// <param name="LabelIds">
/// What is to be named at each place: the token that follows, for a model that continues text, or the one that was hidden there, for one that
/// fills gaps; <see cref="NoLabel"/> where nothing is asked. As long as <paramref name="Ids"/>.
/// </param>
public sealed record TextBatch(int[] Ids, Segments Sequences, int[] LabelIds)
{
    /// <summary>Stands where nothing is asked.</summary>
    public const int NoLabel = -1;

    /// <summary>The number of tokens that the model reads.</summary>
    public int TokenCount => Ids.Length;

    /// <summary>The number of places where something is asked.</summary>
    public int LabelCount { get; } = LabelIds.Length - LabelIds.AsSpan().Count(NoLabel);

    /// <summary>The places where something is asked, in order.</summary>
    public int[] LabelledPlaces() => [.. Enumerable.Range(0, LabelIds.Length).Where(place => LabelIds[place] != NoLabel)];

    /// <summary>The number of places of a sequence where something is asked.</summary>
    /// <param name="sequence">The number of the sequence.</param>
    public int LabelsOf(int sequence)
    {
        int length = Sequences.Lengths[sequence];
        return length - LabelIds.AsSpan(Sequences.Starts[sequence], length).Count(NoLabel);
    }

    /// <summary>Packs sequences whose every token but the first is to be foretold from those before it.</summary>
    /// <param name="sequences">The sequences; each has two tokens at least. The last token of each is only a label.</param>
    /// <exception cref="ArgumentException">A sequence has less than two tokens.</exception>
    public static TextBatch OfNextTokens(IReadOnlyList<ReadOnlyMemory<int>> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        int[] lengths = [.. sequences.Select(sequence => sequence.Length - 1)];
        if (lengths.AsSpan().IndexOfAnyInRange(-1, 0) is >= 0 and int tooShort)
        {
            throw new ArgumentException($"sequence {tooShort} has {sequences[tooShort].Length} tokens; to foretell one takes one before it", nameof(sequences));
        }

        var segments = Segments.FromLengths(lengths);
        int[] ids = new int[segments.Rows], labels = new int[segments.Rows];
        for (int i = 0; i < lengths.Length; i++)
        {
            ReadOnlySpan<int> sequence = sequences[i].Span;
            sequence[..^1].CopyTo(ids.AsSpan(segments.Starts[i]));
            sequence[1..].CopyTo(labels.AsSpan(segments.Starts[i]));
        }

        return new TextBatch(ids, segments, labels);
    }
}
