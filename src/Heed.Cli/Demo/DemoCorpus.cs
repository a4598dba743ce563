using Heed.Training.Data;

namespace Heed.Cli.Demo;

/// <summary>The sentence pairs of one run of the demo, split so that a good score cannot come from memory.</summary>
/// <param name="Training">Distinct pairs to learn from.</param>
/// <param name="HeldOut">
/// Pairs with at least one combination (who does what to whom) that no training pair holds, made of words that all
/// occur in training.
/// </param>
/// <param name="Showcase">The sentences the demo shows at its end, one for each direction, held out in the same way.</param>
public sealed record DemoCorpus(
    IReadOnlyList<SentencePair> Training,
    IReadOnlyList<SentencePair> HeldOut,
    IReadOnlyList<SentencePair> Showcase);
