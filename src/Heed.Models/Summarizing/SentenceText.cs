using System.Globalization;

namespace Heed.Models.Summarizing;

/// <summary>A sentence as a classifier reads it that chooses among the sentences of a document: where it stands, and its words.</summary>
public static class SentenceText
{
    /// <summary>The class of sentences that say what the document says.</summary>
    public const string Summary = "summary";

    /// <summary>The class of all others.</summary>
    public const string Other = "other";

    /// <summary>The text for a sentence: <c>3/7 We propose ...</c></summary>
    /// <param name="sentences">The document's sentences.</param>
    /// <param name="index">Which, from 0.</param>
    public static string Of(IReadOnlyList<string> sentences, int index)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        return string.Create(CultureInfo.InvariantCulture, $"{index + 1}/{sentences.Count} {sentences[index].ReplaceLineEndings(" ")}");
    }
}
