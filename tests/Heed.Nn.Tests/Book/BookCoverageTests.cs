using System.Text.Json;
using Heed.Testing;
using Heed.Testing.Book;

namespace Heed.Nn.Tests.Book;

public sealed class BookCoverageTests
{
    [Fact]
    public void Every_entry_is_tested() => BookCoverage.Check(typeof(BookCoverageTests).Assembly);

    [Fact]
    public void No_reproducible_entry_of_chapters_2_to_4_and_the_Annotated_Transformer_is_missing()
    {
        using JsonDocument all = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.PathOrSkip("golden/llms_from_scratch/values.json")));
        IEnumerable<string> wanted = all.RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("reproducible_in_any_framework").GetBoolean())
            .Where(entry => entry.GetProperty("chapter").GetString() is { } chapter && ("234".Contains(chapter[0]) || chapter == "AT"))
            .Select(entry => entry.GetProperty("id").GetString()!);
        Assert.Empty(wanted.Except(BookCoverage.Names));
    }
}
