using System.Text.Json;

namespace Heed.Text.IO;

/// <summary>Says what is wrong with a JSON text.</summary>
public static class JsonProblem
{
    private const int MaxLength = 160;

    /// <summary>What the parser found, in one line without control characters: it quotes the text, which may be anything.</summary>
    /// <param name="error">The parser's error, which also has the place.</param>
    public static string Describe(JsonException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        string problem = error.Message;
        int place = problem.LastIndexOf(" LineNumber:", StringComparison.Ordinal);
        return Excerpt.Of(place < 0 ? problem : problem[..place], MaxLength);
    }
}
