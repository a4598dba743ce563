using Heed.Cli.Demo.Sampling;

namespace Heed.Cli.Demo;

/// <summary>
/// Writes the demo's corpus from a small grammar of German, English and French: each meaning has exactly one wording in each
/// language, so that a perfect score is possible, and word orders differ as they do in life.
/// </summary>
/// <remarks>Questions come with a capital first letter and, as people type in chats, without; the translation does the same.</remarks>
public static class DemoGrammar
{
    /// <summary>Writes a corpus; the same arguments give the same corpus everywhere.</summary>
    /// <param name="direction">The direction to write, or null for both in turn.</param>
    /// <param name="trainingPairs">The number of distinct training pairs, over all directions.</param>
    /// <param name="heldOutPairs">The number of distinct held-out pairs, over all directions.</param>
    /// <param name="seed">Decides which sentences are drawn and which combinations are held out.</param>
    /// <returns>The pairs; where both directions were asked for, they alternate, German to English first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or more than the grammar can give.</exception>
    public static DemoCorpus Generate(DemoDirection? direction, int trainingPairs, int heldOutPairs, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trainingPairs);
        ArgumentOutOfRangeException.ThrowIfNegative(heldOutPairs);
        DemoDirection[] directions = direction is { } one ? [one] : [DemoDirection.GermanToEnglish, DemoDirection.EnglishToFrench];

        var sampler = new PairSampler(directions, seed);
        var training = sampler.DrawTraining(trainingPairs)
            ?? throw TooMany(nameof(trainingPairs), trainingPairs, "such distinct pairs; ask for fewer");
        var heldOut = sampler.DrawHeldOut(heldOutPairs, training)
            ?? throw TooMany(nameof(heldOutPairs), heldOutPairs, $"new pairs in the words of {trainingPairs} training pairs; ask for fewer, or train on more");
        return new DemoCorpus(training, heldOut, [.. directions.Select(Showcase.Pair)]);
    }

    private static ArgumentOutOfRangeException TooMany(string parameter, int count, string what) =>
        new(parameter, count, $"The demo's grammar does not give {count} {what}.");
}
