using System.Xml.Linq;

namespace Heed.Examples.Tests.Pictures;

/// <summary>The committed pictures are what the code draws. HEED_WRITE_PICTURES=1 writes them anew.</summary>
public sealed class ConceptPictureTests
{
    private static string Folder { get; } = Path.Combine(Repository.Root, "docs", "concepts", "pictures");

    public static TheoryData<string> Files() => [.. ConceptPictures.All.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_what_the_code_draws(string file)
    {
        string drawn = ConceptPictures.All[file]();
        string path = Path.Combine(Folder, file);
        if (Environment.GetEnvironmentVariable("HEED_WRITE_PICTURES") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, drawn);
        }

        Assert.Equal("svg", XDocument.Parse(drawn).Root!.Name.LocalName);
        Assert.True(File.Exists(path), $"{path} is missing; run this test with HEED_WRITE_PICTURES=1, look at the picture, and commit it");
        Assert.Equal(File.ReadAllText(path), drawn);
    }

    [Fact]
    public void No_picture_is_left_over() =>
        Assert.Equal(ConceptPictures.All.Keys, Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
}
