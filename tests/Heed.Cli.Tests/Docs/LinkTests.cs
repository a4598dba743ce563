namespace Heed.Cli.Tests.Docs;

public sealed class LinkTests
{
    public static TheoryData<string> Pages() => [.. MarkdownFile.All().Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_to_a_file_leads_somewhere(string name)
    {
        MarkdownFile page = MarkdownFile.Open(name);
        Assert.All(page.LocalLinks(), target =>
        {
            string path = page.Resolve(target);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{name} links to {target}, which does not exist");
        });
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_to_a_heading_names_one(string name)
    {
        MarkdownFile page = MarkdownFile.Open(name);
        Assert.All(page.LocalLinks().Where(target => target.Contains('#')), target =>
        {
            MarkdownFile linked = MarkdownFile.Open(page.Resolve(target));
            Assert.Contains(target.Split('#')[1], linked.Anchors());
        });
    }

    // A link whose text is the name of a type in code style must lead to a file that mentions it.
    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_names_that_are_links_occur_in_the_files_they_lead_to(string name)
    {
        MarkdownFile page = MarkdownFile.Open(name);
        Assert.All(page.CodeLinks(), link =>
        {
            string path = page.Resolve(link.Target);
            string found = Path.GetFileName(path) + (File.Exists(path) ? File.ReadAllText(path) : string.Empty);
            Assert.All(link.Names, word => Assert.True(found.Contains(word, StringComparison.Ordinal), $"{name}: {link.Target} does not mention {word}"));
        });
    }
}
