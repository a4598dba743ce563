using System.Text.RegularExpressions;

namespace Heed.Cli.Tests.Docs;

/// <summary>Each hop of docs/walkthrough-translate.md quotes the file that its heading links to, word for word.</summary>
public sealed partial class WalkthroughTests
{
    private const string Page = "docs/walkthrough-translate.md";

    public static TheoryData<string> Hops() => [.. MarkdownFile.Open(Page).Sections().Select(section => section.Split('\n')[0])];

    [Theory]
    [MemberData(nameof(Hops))]
    public void Quoted_lines_stand_in_the_code_in_this_order(string heading)
    {
        MarkdownFile page = MarkdownFile.Open(Page);
        string section = page.Sections().Single(text => text.StartsWith(heading, StringComparison.Ordinal));
        string code = string.Concat(LinkedFiles(page, section));
        foreach (string block in MarkdownFile.CodeBlocksOf(section, "csharp"))
        {
            int position = 0;
            foreach (string line in block.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line != "..."))
            {
                int found = code.IndexOf(line, position, StringComparison.Ordinal);
                Assert.True(found >= 0, $"{heading}: no linked file has, at this place: {line}");
                position = found + line.Length;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Hops))]
    public void Names_in_code_style_occur_in_the_linked_files(string heading)
    {
        MarkdownFile page = MarkdownFile.Open(Page);
        string section = page.Sections().Single(text => text.StartsWith(heading, StringComparison.Ordinal));
        string code = string.Concat(LinkedFiles(page, section));
        Assert.All(Identifier().Matches(MarkdownFile.WithoutCode(section)).Select(match => match.Groups[1].Value), name => Assert.Contains(name, code, StringComparison.Ordinal));
    }

    [Fact]
    public void There_is_a_hop_for_every_file_on_the_way()
    {
        string[] files = [.. MarkdownFile.Open(Page).Sections().SelectMany(section => MarkdownFile.LinksOf(section.Split('\n')[0])).Select(target => Path.GetFileNameWithoutExtension(target))];
        Assert.Equal(["TranslateCommand", "Translator", "BeamSearch", "TransformerSession", "TransformerDecoder", "DecoderLayer", "MultiHeadAttention", "ScaledDotProductAttention", "Attention", "CpuDevice.Attention", "AttentionForward"], files);
    }

    private static IEnumerable<string> LinkedFiles(MarkdownFile page, string section) =>
        MarkdownFile.LinksOf(section).Select(page.Resolve).Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText);

    [GeneratedRegex("`(?:\\w+\\.)*([A-Za-z_]\\w*)`")]
    private static partial Regex Identifier();
}
