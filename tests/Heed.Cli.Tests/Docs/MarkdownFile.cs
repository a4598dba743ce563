using System.Text.RegularExpressions;

namespace Heed.Cli.Tests.Docs;

/// <summary>One page of the repository's documentation, as the tests need it.</summary>
internal sealed partial class MarkdownFile
{
    private MarkdownFile(string path)
    {
        Path = path;
        Name = System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/');
        Text = File.ReadAllText(path);
    }

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All pages at the top and in docs, in order.</summary>
    public static IEnumerable<MarkdownFile> All() =>
        Directory.EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(path => new MarkdownFile(path));

    /// <summary>One page.</summary>
    /// <param name="name">Its path from the repository's folder.</param>
    public static MarkdownFile Open(string name) => new(System.IO.Path.Combine(Root, name));

    public string Path { get; }

    /// <summary>The path from the repository's folder, with slashes.</summary>
    public string Name { get; }

    public string Text { get; }

    /// <summary>The text without its code blocks.</summary>
    public string Prose => WithoutCode(Text);

    /// <summary>The targets of all links to files.</summary>
    public IEnumerable<string> LocalLinks() => LinksOf(Text);

    /// <summary>The targets of a text's links to files.</summary>
    public static IEnumerable<string> LinksOf(string text) =>
        Link().Matches(WithoutCode(text)).Select(match => match.Groups[1].Value).Where(target => !target.Contains(':'));

    /// <summary>A text without its code blocks.</summary>
    public static string WithoutCode(string text) => CodeBlock().Replace(text, string.Empty);

    /// <summary>A text's code blocks of a language, without their fences.</summary>
    public static IEnumerable<string> CodeBlocksOf(string text, string language) =>
        CodeBlock().Matches(text).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value);

    /// <summary>The parts of the page that begin with a heading of the second level, heading included.</summary>
    public IEnumerable<string> Sections() => SectionStart().Split(Text).Skip(1).Select(section => "## " + section);

    /// <summary>The links whose text is code, such as <c>`Ops.Softmax`</c>, with the names of which the code is made.</summary>
    public IEnumerable<(string Target, string[] Names)> CodeLinks() =>
        CodeLink().Matches(Prose).Where(match => !match.Groups[2].Value.Contains(':'))
            .Select(match => (match.Groups[2].Value, match.Groups[1].Value.Split(['.', '/', ' '], StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>The full path that a link's file part leads to.</summary>
    public string Resolve(string target)
    {
        string file = target.Split('#')[0];
        return file.Length == 0 ? Path : System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, file));
    }

    /// <summary>The anchors of the headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors() =>
        Heading().Matches(Text).Select(match => NotInAnchor().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    /// <summary>Whether some line holds these words one after another, however far apart they are set.</summary>
    public bool HasRow(string row) => Text.Split('\n').Any(line => $" {Squeeze(line)} ".Contains($" {Squeeze(row)} ", StringComparison.Ordinal));

    private static string Squeeze(string line) => string.Join(' ', line.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Heed.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Heed.slnx");
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[`([^`\]]+)`\]\(([^)\s]+)\)")]
    private static partial Regex CodeLink();

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex SectionStart();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
