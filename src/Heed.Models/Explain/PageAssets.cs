using System.Security.Cryptography;
using System.Text;

namespace Heed.Models.Explain;

/// <summary>The page's own files, embedded in this library: one template, one style sheet, the script in pieces.</summary>
internal static class PageAssets
{
    /// <summary>The script's pieces in the order in which they are joined; a piece uses only what stands before it, except in functions.</summary>
    private static readonly string[] ScriptFiles =
    [
        "failure.js", "dom.js", "data.js", "palette.js", "state.js", "readout.js",
        "overview.js", "heatmap.js", "marks.js", "sentences.js", "numbers.js", "page.js",
    ];

    private static readonly Lazy<string> LazyTemplate = new(() => Read("page.html"));
    private static readonly Lazy<string> LazyStyle = new(() => Read("page.css"));
    private static readonly Lazy<string> LazyScript = new(() => string.Join('\n', ScriptFiles.Select(Read)));

    internal static string Template => LazyTemplate.Value;

    internal static string Style => LazyStyle.Value;

    internal static string Script => LazyScript.Value;

    /// <summary>A content security policy that lets exactly this style and this script run, and nothing load.</summary>
    internal static string Policy =>
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string file)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream("Heed.Models.Explain.Page." + file)
            ?? throw new InvalidOperationException($"the library was built without its page file {file}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // A browser hashes the text after it has turned CR LF into LF, whatever the checkout wrote.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
