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

    /// <summary>What was done, for people; empty where nothing was.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        dropped > 0 ? $"{dropped} longer than {maxTokens} tokens were left out" : string.Empty,
        truncated > 0 ? $"{truncated} were cut to {maxTokens} tokens" : string.Empty,
    }.Where(part => part.Length > 0));
}
