using System.Text.RegularExpressions;

namespace Heed.Examples.Tests;

/// <summary>Pages of docs/concepts that lead to an example quote what it prints.</summary>
public sealed partial class ConceptPageTests
{
    private static string Folder { get; } = Path.Combine(Repository.Root, "docs", "concepts");

    public static TheoryData<string> Pages() =>
        [.. Directory.EnumerateFiles(Folder, "*.md").Where(path => Links().IsMatch(File.ReadAllText(path))).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_it_quotes_is_printed_by_its_example(string page)
    {
        string text = File.ReadAllText(Path.Combine(Folder, page));
        string[] printed = [.. Links().Matches(text).Select(link => link.Groups[1].Value).Distinct().SelectMany(file => Example.Output(file).Split('\n')).Select(Squeeze)];
        IEnumerable<string> quoted = Quotes().Matches(text).SelectMany(block => block.Groups[1].Value.Split('\n')).Select(Squeeze).Where(line => line.Length > 0);
        Assert.All(quoted, line => Assert.Contains(line, printed));
    }

    [Fact]
    public void Every_example_has_a_page() =>
        Assert.Empty(Example.Files.Except(Directory.EnumerateFiles(Folder, "*.md").SelectMany(path => Links().Matches(File.ReadAllText(path)).Select(link => link.Groups[1].Value))));

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_shows_a_picture(string page) => Assert.Matches(@"!\[[^\]]+\]\(pictures/[\w-]+\.svg\)", File.ReadAllText(Path.Combine(Folder, page)));

    private static string Squeeze(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\(\.\./\.\./examples/(\w+\.cs)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^```text\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Quotes();
}
