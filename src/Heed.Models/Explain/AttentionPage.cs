using System.Net;
using System.Text;
using Heed.Text.IO;

namespace Heed.Models.Explain;

/// <summary>
/// Writes explanations as one self-contained HTML page: every layer and head as a heat map, the sentences with their
/// links, every number. The page loads nothing from anywhere, and its content security policy says so.
/// </summary>
public static class AttentionPage
{
    /// <summary>Writes the page as text.</summary>
    /// <param name="writer">Where the page goes; it is not closed. Its encoding should be UTF-8, which the page declares.</param>
    /// <param name="explanations">The explanations that the page can switch between; at least one.</param>
    /// <exception cref="ArgumentException">There is no explanation, or one does not fit together.</exception>
    public static void Write(TextWriter writer, IReadOnlyList<TranslationExplanation> explanations)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(explanations);
        if (explanations.Count == 0)
        {
            throw new ArgumentException("an attention page needs at least one explanation", nameof(explanations));
        }

        foreach (var explanation in explanations)
        {
            explanation.Validate();
        }

        Fill(writer, PageAssets.Template, place => place switch
        {
            "policy" => PageAssets.Policy,
            "title" => WebUtility.HtmlEncode(explanations[0].Title),
            "style" => PageAssets.Style,
            "plain" => PlainText(explanations),
            "data" => PageData.Write(explanations),
            "script" => PageAssets.Script,
            _ => throw new InvalidOperationException($"the page template has an unknown place {{{{{place}}}}}"),
        });
    }

    /// <summary>The page as a string.</summary>
    /// <param name="explanations">The explanations that the page can switch between; at least one.</param>
    /// <inheritdoc cref="Write" path="/exception"/>
    public static string Render(IReadOnlyList<TranslationExplanation> explanations)
    {
        using var writer = new StringWriter();
        Write(writer, explanations);
        return writer.ToString();
    }

    /// <summary>Saves the page as UTF-8. It is written beside and then renamed, so a file of that name is replaced whole or not at all.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="explanations">The explanations that the page can switch between; at least one.</param>
    /// <inheritdoc cref="Write" path="/exception"/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IReadOnlyList<TranslationExplanation> explanations)
    {
        AtomicFile.WriteAllText(path, Render(explanations));
    }

    /// <summary>Copies the template and puts a text into each {{place}}. What is put in is not searched again.</summary>
    private static void Fill(TextWriter writer, string template, Func<string, string> textFor)
    {
        var position = 0;
        while (template.IndexOf("{{", position, StringComparison.Ordinal) is var start and >= 0)
        {
            var end = template.IndexOf("}}", start, StringComparison.Ordinal);
            writer.Write(template.AsSpan(position, start - position));
            writer.Write(textFor(template[(start + 2)..end]));
            position = end + 2;
        }

        writer.Write(template.AsSpan(position));
    }

    /// <summary>What a reader sees where scripts are off: the sentences, without the maps.</summary>
    private static string PlainText(IReadOnlyList<TranslationExplanation> explanations)
    {
        var html = new StringBuilder();
        foreach (var explanation in explanations)
        {
            html.Append("<h2>").Append(WebUtility.HtmlEncode(explanation.Title)).Append("</h2><p>")
                .Append(WebUtility.HtmlEncode(explanation.SourceText)).Append("</p><p>")
                .Append(WebUtility.HtmlEncode(explanation.TargetText)).Append("</p>");
        }

        return html.ToString();
    }
}
