using Heed.Tensors.Random;

namespace Heed.Cli.Demo.Sampling;

/// <summary>The choices that a grammar makes of random numbers.</summary>
internal static class RandomChoices
{
    /// <summary>True in about <paramref name="percent"/> of a hundred calls.</summary>
    public static bool Chance(this SeededRandom random, int percent) => random.Next(100) < percent;

    /// <summary>One of the items, all equally likely.</summary>
    public static T Pick<T>(this SeededRandom random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
