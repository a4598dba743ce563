using System.Collections.Immutable;
using Heed.Models.Configuration;
using Heed.Text.IO;

namespace Heed.Training.Data.Labelled;

/// <summary>The classes of a task, in the order of a model's scores.</summary>
public sealed class LabelSet
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    private LabelSet(ImmutableArray<string> names)
    {
        Names = names;
        foreach (string name in names)
        {
            numbers.Add(name, numbers.Count);
        }
    }

    /// <summary>The names.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The number of classes.</summary>
    public int Count => Names.Length;

    /// <summary>The classes that a configuration lists.</summary>
    /// <param name="names">The names.</param>
    /// <exception cref="ConfigException">There are fewer than two, or one is named twice.</exception>
    public static LabelSet Of(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count < 2)
        {
            throw new ConfigException($"data.labels lists {names.Count} class{(names.Count == 1 ? string.Empty : "es")}; a classifier needs two at least");
        }

        return names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ConfigException($"data.labels lists \"{twice.Key}\" {twice.Count()} times")
            : new LabelSet([.. names]);
    }

    /// <summary>The classes that occur in texts, in the order of their names (ordinal).</summary>
    /// <param name="texts">The texts to learn from.</param>
    /// <param name="origin">Where they come from, for the message.</param>
    /// <exception cref="InvalidDataException">There is only one.</exception>
    public static LabelSet Discover(IEnumerable<LabelledText> texts, string origin)
    {
        ArgumentNullException.ThrowIfNull(texts);
        string[] names = [.. texts.Select(text => text.Label).Distinct().Order(StringComparer.Ordinal)];
        return names.Length > 1
            ? new LabelSet([.. names])
            : throw new InvalidDataException($"all texts of {origin} have the label {Excerpt.Quote(names.FirstOrDefault() ?? string.Empty)}; a classifier needs two classes at least");
    }

    /// <summary>The number of a text's class.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Its file, for the message.</param>
    /// <exception cref="InvalidDataException">Its label is none of the classes.</exception>
    public int NumberOf(LabelledText text, string path)
    {
        return numbers.TryGetValue(text.Label, out int number)
            ? number
            : throw new InvalidDataException($"line {text.Line} of {path} has the label {Excerpt.Quote(text.Label)}, which is not one of the classes ({string.Join(", ", Names.Take(20).Select(name => Excerpt.Of(name)))}); mend the line, or list the class in data.labels and give examples of it to learn from");
    }
}
