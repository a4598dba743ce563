using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

namespace Heed.Training.Data.Labelled;

/// <summary>Divides texts at random into three parts in which every class has the same share.</summary>
/// <remarks>Which text goes where depends on the seed, the labels and the order of the texts, and on nothing else.</remarks>
public static class StratifiedSplit
{
    /// <summary>Divides texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="train">The share of the first part.</param>
    /// <param name="validation">The share of the second part; the third part has the rest.</param>
    /// <param name="seed">Decides who goes where.</param>
    /// <returns>The parts, each in the order of the texts.</returns>
    public static (LabelledText[] Train, LabelledText[] Validation, LabelledText[] Test) Divide(IReadOnlyList<LabelledText> texts, double train, double validation, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var part = new int[texts.Count];
        foreach (int[] members in Shuffled(texts, seed))
        {
            int first = (int)Math.Round(train * members.Length), second = (int)Math.Round((train + validation) * members.Length);
            for (int i = 0; i < members.Length; i++)
            {
                part[members[i]] = i < first ? 0 : i < second ? 1 : 2;
            }
        }

        return (Part(0), Part(1), Part(2));

        LabelledText[] Part(int number) => [.. texts.Where((_, i) => part[i] == number)];
    }

    /// <summary>Keeps as many texts of every class as the rarest has, chosen at random.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="seed">Decides who stays.</param>
    /// <returns>Those that stay, in their order.</returns>
    public static LabelledText[] Balance(IReadOnlyList<LabelledText> texts, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int[][] classes = [.. Shuffled(texts, seed)];
        int fewest = classes.Length == 0 ? 0 : classes.Min(members => members.Length);
        return [.. classes.SelectMany(members => members[..fewest]).Order().Select(i => texts[i])];
    }

    // The places of each class's texts in random order; classes in the order of their names, which the order of the texts does not change.
    private static IEnumerable<int[]> Shuffled(IReadOnlyList<LabelledText> texts, ulong seed)
    {
        foreach ((int number, IGrouping<string, int> group) in Enumerable.Range(0, texts.Count).GroupBy(i => texts[i].Label).OrderBy(group => group.Key, StringComparer.Ordinal).Index())
        {
            int[] members = [.. group];
            new SeededRandom(SplitMix64.For(seed, epoch: 0, item: number).NextUInt64()).Shuffle<int>(members);
            yield return members;
        }
    }
}
