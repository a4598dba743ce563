using System.CommandLine;
using System.Text.RegularExpressions;
using Heed.Cli.Commands;
using Heed.Cli.Terminal;

namespace Heed.Cli.Tests.Docs;

/// <summary>Every command line in the documentation is one that heed understands.</summary>
public sealed partial class CommandLineTests
{
    public static TheoryData<string> Lines() =>
        [.. MarkdownFile.All().SelectMany(page => MarkdownFile.CodeBlocksOf(page.Text, string.Empty))
            .SelectMany(block => block.Split('\n')).Select(line => line.Trim())
            .Where(line => line.StartsWith("heed ", StringComparison.Ordinal)).Distinct()];

    [Theory]
    [MemberData(nameof(Lines))]
    public void It_parses(string line)
    {
        ParseResult parsed = HeedCommand.Create().Parse(Arguments(line));
        Assert.Null(ParseProblem.Of(parsed));
    }

    [Fact]
    public void The_README_shows_every_command()
    {
        string text = MarkdownFile.Open("README.md").Text;
        Assert.All(HeedCommand.Create().Subcommands, command => Assert.Matches(new Regex($"^(heed|dotnet run .* --) {command.Name} ", RegexOptions.Multiline), text));
    }

    // As a shell would: words and quoted texts, without a comment and the files that streams are redirected to.
    private static string[] Arguments(string line) =>
        [.. Word().Matches(Ignored().Replace(line, string.Empty)).Skip(1).Select(match => match.Value.Trim('"'))];

    [GeneratedRegex(@"\s#.*$|\s[<>]\s*\S+")]
    private static partial Regex Ignored();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
