using Heed.Cli.Demo.Languages;
using Heed.Cli.Demo.Meaning;
using Heed.Tensors.Random;
using Heed.Training.Data;

namespace Heed.Cli.Demo.Sampling;

/// <summary>Draws distinct sentence pairs on either side of the split.</summary>
internal sealed class PairSampler(IReadOnlyList<DemoDirection> directions, ulong seed)
{
    // A grammar that gives nothing new for so long is as good as used up.
    private const int MaxBarrenDraws = 50_000;

    private readonly SentenceSampler sentences = new(new SeededRandom(seed));
    private readonly HashSet<string> sources = [];
    private readonly EventSplit split = new(seed, Showcase.HeldOutEvents, Showcase.OtherEvents);

    public static SentencePair Realise(Sentence sentence, DemoDirection direction) => direction == DemoDirection.GermanToEnglish
        ? new SentencePair(German.Realise(sentence), English.Realise(sentence))
        : new SentencePair(English.Realise(sentence), French.Realise(sentence));

    /// <summary>Pairs to learn from, or null where the grammar has not so many.</summary>
    public IReadOnlyList<SentencePair>? DrawTraining(int count) => Draw(count, isHeldOut: false, (_, _) => true);

    /// <summary>Pairs to test with, made of words that the training pairs hold, or null where there are not so many.</summary>
    public IReadOnlyList<SentencePair>? DrawHeldOut(int count, IReadOnlyList<SentencePair> training)
    {
        var known = training.SelectMany((pair, i) => Words(pair, Direction(i))).ToHashSet();
        var shown = directions.Select(direction => Showcase.Pair(direction).Source).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Draw(count, isHeldOut: true, (pair, direction) => Words(pair, direction).All(known.Contains) && !shown.Contains(pair.Source));
    }

    private List<SentencePair>? Draw(int count, bool isHeldOut, Func<SentencePair, DemoDirection, bool> accepts)
    {
        var pairs = new List<SentencePair>(count);
        for (var barren = 0; pairs.Count < count; barren++)
        {
            if (barren == MaxBarrenDraws)
            {
                return null;
            }

            var (sentence, direction) = (sentences.Next(), Direction(pairs.Count));
            if (split.IsHeldOut(sentence) != isHeldOut)
            {
                continue;
            }

            var pair = Realise(sentence, direction);
            if (accepts(pair, direction) && sources.Add(pair.Source))
            {
                pairs.Add(pair);
                barren = 0;
            }
        }

        return pairs;
    }

    private DemoDirection Direction(int index) => directions[index % directions.Count];

    /// <summary>The words of a pair, each with its language.</summary>
    private static IEnumerable<(DemoDirection Direction, bool IsTarget, string Word)> Words(SentencePair pair, DemoDirection direction) =>
        Split(pair.Source).Select(word => (direction, false, word)).Concat(Split(pair.Target).Select(word => (direction, true, word)));

    private static string[] Split(string sentence) => sentence.Split([' ', ',', '.', '?'], StringSplitOptions.RemoveEmptyEntries);
}
