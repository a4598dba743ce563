namespace Heed.Text.Tests.Metrics;

/// <summary>Made-up references and outputs that come more or less near to them.</summary>
internal static class RandomSentences
{
    private static readonly string[] Words =
    [
        "the", "a", "red", "blue", "old", "new", "house", "river", "bridge", "dog", "train", "stands", "runs", "crosses",
        "sees", "beside", "under", "over", "slowly", "again", "today,", "yesterday.", "and", "but",
    ];

    public static string[] References(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(3, 15)).Select(_ => Pick(random))))];
    }

    /// <summary>Replaces each word with this probability.</summary>
    public static string[] Outputs(int seed, string[] references, double errorRate)
    {
        var random = new Random(seed);
        return [.. references.Select(line => string.Join(' ', line.Split(' ').Select(word => random.NextDouble() < errorRate ? Pick(random) : word)))];
    }

    private static string Pick(Random random) => Words[random.Next(Words.Length)];
}
