using System.Text.Json;
using Heed.Tensors;
using Xunit;

namespace Heed.Testing.Book;

/// <summary>One worked example of a book: what goes in, what is printed there, and how closely it must be met.</summary>
/// <remarks>book.json holds the numbers of ../shared/golden/llms_from_scratch/values.json, without its texts.</remarks>
public sealed class BookEntry
{
    private static readonly Lazy<JsonElement> File = new(() => JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Book", "book.json"))).RootElement);

    private readonly JsonElement entry;

    private BookEntry(JsonElement entry) => this.entry = entry;

    /// <summary>The names of all entries.</summary>
    public static IEnumerable<string> Names => File.Value.GetProperty("entries").EnumerateObject().Select(property => property.Name);

    /// <summary>What PyTorch's generator draws from seed 123.</summary>
    public static BookEntry Generator => new(File.Value.GetProperty("generator"));

    /// <summary>An entry by its name.</summary>
    public static BookEntry Load(string name) => new(File.Value.GetProperty("entries").GetProperty(name));

    /// <summary>All numbers at a place, in reading order.</summary>
    /// <param name="place">Names of properties and positions in lists, with slashes between them: <c>expected/printed/0</c>.</param>
    public double[] Numbers(string place) => [.. Flatten(Find(place))];

    /// <summary>One number at a place.</summary>
    public double Number(string place) => Find(place).GetDouble();

    /// <summary>The numbers at a place, in the shape in which they are nested.</summary>
    public Tensor Tensor(string place)
    {
        var lengths = new List<int>();
        for (JsonElement part = Find(place); part.ValueKind == JsonValueKind.Array; part = part[0])
        {
            lengths.Add(part.GetArrayLength());
        }

        return Heed.Tensors.Tensor.From(Numbers(place).Select(number => (float)number).ToArray(), new Shape([.. lengths]));
    }

    /// <summary>The texts of a list.</summary>
    public string[] Texts(string place) => [.. Find(place).EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>The names of an object's properties.</summary>
    public string[] Keys(string place) => [.. Find(place).EnumerateObject().Select(property => property.Name)];

    /// <summary>Asserts that every number is as near to the printed and to the exact one as the entry says.</summary>
    public void Check(ReadOnlySpan<float> actual, string printed = "expected/printed", string? exact = "expected/exact")
    {
        bool named = entry.GetProperty("tolerance").ValueKind == JsonValueKind.Object;
        Near(Numbers(printed), actual, named ? Number("tolerance/printed_abs") : Number("tolerance"), printed);
        if (exact is not null)
        {
            Near(Numbers(exact), actual, named ? Number("tolerance/exact_abs") : Number("tolerance"), exact);
        }
    }

    private static void Near(double[] expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            // A printed number is rounded to the digit that the tolerance is half of; float spacing comes on top.
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance + (1e-7 * Math.Abs(expected[i])), $"{what}: number {i} is {actual[i]:G9}, expected {expected[i]} within {tolerance}");
        }
    }

    private static IEnumerable<double> Flatten(JsonElement part) =>
        part.ValueKind == JsonValueKind.Array ? part.EnumerateArray().SelectMany(Flatten) : [part.GetDouble()];

    private JsonElement Find(string place)
    {
        JsonElement part = entry;
        foreach (string step in place.Split('/'))
        {
            part = part.ValueKind == JsonValueKind.Array ? part[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : part.GetProperty(step);
        }

        return part;
    }
}
