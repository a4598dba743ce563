using Heed.Models.Prompts;

namespace Heed.Training.FineTuning;

/// <summary>Keeps examples from being longer than a model reads, and counts what it did to them.</summary>
/// <param name="maxTokens">The most tokens of an example.</param>
/// <param name="tooLong">What happens to longer ones.</param>
internal sealed class ExampleLimit(int maxTokens, TooLong tooLong)
{
    private int dropped;
    private int truncated;

    /// <summary>Applies the limit to an example: one sequence, or several that belong together.</summary>
    /// <returns>The sequences, shortened perhaps; null where the example is left out.</returns>
    public LabelledSequence[]? Apply(params LabelledSequence[] example)
    {
        if (example.All(sequence => sequence.Ids.Length <= maxTokens))
        {
            return example;
        }

        LabelledSequence[] shortened = [.. example.Select(sequence => sequence.Truncate(maxTokens))];
        if (tooLong == TooLong.Drop || shortened.Any(sequence => sequence.LabelCount == 0))
        {
            dropped++;
            return null;
        }

        truncated++;
        return shortened;
    }

    /// <summary>How many examples were kept and what was done to the others, for people.</summary>
    /// <param name="kept">How many were kept.</param>
    /// <param name="noun">What one is called.</param>
    /// <param name="path">Their file.</param>
    /// <exception cref="InvalidDataException">None was kept.</exception>
    public string Describe(int kept, string noun, string path)
    {
        string done = string.Join(", ", new[]
        {
            dropped > 0 ? $"{dropped} longer than {maxTokens} tokens were left out" : string.Empty,
            truncated > 0 ? $"{truncated} were cut to {maxTokens} tokens" : string.Empty,
        }.Where(part => part.Length > 0));
        string remark = done.Length == 0 ? string.Empty : $" ({done})";
        return kept > 0
            ? $"{kept} {noun}s{remark}"
            : throw new InvalidDataException($"{path} has no {noun} to learn from{remark}; raise data.maxTokens, or set data.tooLong to truncate");
    }
}
