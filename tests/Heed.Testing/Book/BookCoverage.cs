using System.Reflection;
using Xunit;

namespace Heed.Testing.Book;

/// <summary>Which test project checks which entries of the book.</summary>
public static class BookCoverage
{
    private const string Usual = "Heed.Nn.Tests";

    // Texts and tokens are the work of Heed.Text; shuffled orders are tested beside their generator.
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["ch02.text"] = "Heed.Text.Tests",
        ["ch02.regex"] = "Heed.Text.Tests",
        ["ch02.simple_tokenizer"] = "Heed.Text.Tests",
        ["ch02.gpt2_bpe"] = "Heed.Text.Tests",
        ["ch02.windows"] = "Heed.Text.Tests",
        ["ch02.bpe_train"] = "Heed.Text.Tests",
        ["appA.shuffle"] = "Heed.Tensors.Tests",
    };

    /// <summary>All entries that are tested somewhere.</summary>
    public static IEnumerable<string> Names => BookEntry.Names.Union(Elsewhere.Keys);

    /// <summary>Asserts that a test project checks exactly the entries that are said to be checked there.</summary>
    /// <param name="tests">The project's assembly.</param>
    public static void Check(Assembly tests)
    {
        IEnumerable<string> tested = tests.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<BookAttribute>()).Select(attribute => attribute.Entry).Distinct();
        IEnumerable<string> promised = Names.Where(name => Elsewhere.GetValueOrDefault(name, Usual) == tests.GetName().Name);
        Assert.Equal(promised.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }
}
