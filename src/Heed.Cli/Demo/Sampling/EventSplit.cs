using Heed.Cli.Demo.Meaning;
using Heed.Tensors.Random;

namespace Heed.Cli.Demo.Sampling;

/// <summary>
/// Parts meanings into those to learn from and those to test with, by who does what to whom: an event that is held out occurs
/// in no training sentence, in no tense, number or construction.
/// </summary>
internal sealed class EventSplit
{
    private const ulong HeldOutPercent = 6;

    private readonly ulong seed;
    private readonly HashSet<string> heldOut;
    private readonly HashSet<string> toLearn;

    /// <param name="seed">Decides which events are held out.</param>
    /// <param name="heldOut">Events to hold out whatever the seed.</param>
    /// <param name="toLearn">Events to learn from whatever the seed.</param>
    public EventSplit(ulong seed, IEnumerable<string> heldOut, IEnumerable<string> toLearn)
    {
        this.seed = SeededRandom.Mix(seed + 1);
        this.heldOut = [.. heldOut];
        this.toLearn = [.. toLearn];
    }

    public bool IsHeldOut(Sentence sentence) => Events.Of(sentence).Any(IsHeldOut);

    private bool IsHeldOut(string name) => heldOut.Contains(name) || (!toLearn.Contains(name) && Hash(name) % 100 < HeldOutPercent);

    private ulong Hash(string name) => name.Aggregate(seed, (hash, letter) => SeededRandom.Mix(hash ^ letter));
}
