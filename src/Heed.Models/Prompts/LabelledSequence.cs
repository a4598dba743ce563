using Heed.Tensors;

namespace Heed.Models.Prompts;

/// <summary>Tokens of which only some are to be learned: an answer, but not the question before it.</summary>
/// <param name="Ids">All tokens.</param>
/// <param name="Answers">Where the tokens lie that are to be learned, in order.</param>
public sealed record LabelledSequence(int[] Ids, IReadOnlyList<AnswerRange> Answers)
{
    /// <summary>How many tokens are to be learned. The first token of a sequence follows none, so it is not among them.</summary>
    public int LabelCount => Answers.Sum(answer => answer.Start == 0 ? Math.Max(0, answer.Length - 1) : answer.Length);

    /// <summary>The beginning of the sequence.</summary>
    /// <param name="length">How many tokens to keep.</param>
    public LabelledSequence Truncate(int length) => length >= Ids.Length ? this : new LabelledSequence(
        Ids[..length],
        [.. Answers.Where(answer => answer.Start < length).Select(answer => answer with { Length = Math.Min(answer.Length, length - answer.Start) })]);

    /// <summary>Puts sequences one after another. No token sees another sequence, and there is no padding.</summary>
    /// <param name="sequences">The sequences; each has two tokens at least.</param>
    /// <returns>A batch whose labels are the tokens to be learned. The last token of each sequence is at most a label.</returns>
    public static TextBatch Pack(IReadOnlyList<LabelledSequence> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        TextBatch batch = TextBatch.OfNextTokens([.. sequences.Select(sequence => (ReadOnlyMemory<int>)sequence.Ids)]);
        var labels = new int[batch.LabelIds.Length];
        Array.Fill(labels, TextBatch.NoLabel);
        for (int i = 0; i < sequences.Count; i++)
        {
            Segments segments = batch.Sequences;
            foreach ((int start, int length) in sequences[i].Answers)
            {
                int first = Math.Max(1, start); // its label stands at the token before
                batch.LabelIds.AsSpan(segments.Starts[i] + first - 1, Math.Max(0, start + length - first)).CopyTo(labels.AsSpan(segments.Starts[i] + first - 1));
            }
        }

        return new TextBatch(batch.Ids, batch.Sequences, labels);
    }
}

/// <summary>A run of tokens.</summary>
/// <param name="Start">The place of the first.</param>
/// <param name="Length">How many.</param>
public readonly record struct AnswerRange(int Start, int Length);
