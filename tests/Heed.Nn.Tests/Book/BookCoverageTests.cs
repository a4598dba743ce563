using System.Reflection;
using System.Text.Json;
using Heed.Testing;
using Heed.Testing.Book;

namespace Heed.Nn.Tests.Book;

public sealed class BookCoverageTests
{
    // Texts and tokens are the work of Heed.Text, and shuffled orders are tested beside their generator.
    private static readonly string[] TestedElsewhere = ["ch02.text", "ch02.regex", "ch02.simple_tokenizer", "ch02.gpt2_bpe", "ch02.windows", "ch02.bpe_train", "appA.shuffle"];

    private static IEnumerable<string> Tested => typeof(BookCoverageTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<BookAttribute>()).Select(attribute => attribute.Entry);

    [Fact]
    public void Every_entry_is_tested() =>
        Assert.Equal(BookEntry.Names.Except(TestedElsewhere).Order(StringComparer.Ordinal), Tested.Order(StringComparer.Ordinal));

    [Fact]
    public void No_reproducible_entry_of_chapters_2_to_4_and_the_Annotated_Transformer_is_missing()
    {
        using JsonDocument all = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.PathOrSkip("golden/llms_from_scratch/values.json")));
        IEnumerable<string> wanted = all.RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("reproducible_in_any_framework").GetBoolean())
            .Where(entry => entry.GetProperty("chapter").GetString() is { } chapter && ("234".Contains(chapter[0]) || chapter == "AT"))
            .Select(entry => entry.GetProperty("id").GetString()!);
        Assert.Empty(wanted.Except(TestedElsewhere).Except(Tested));
    }
}
