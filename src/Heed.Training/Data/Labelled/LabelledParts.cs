using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Text.IO;
using Heed.Training.Configuration;

namespace Heed.Training.Data.Labelled;

/// <summary>The labelled texts of a run: what it learns from, validates on and is scored on.</summary>
public sealed class LabelledParts
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private LabelledParts(LabelSet labels, LabelledPart train, LabelledPart validation, LabelledPart test)
    {
        Labels = labels;
        Train = train;
        Validation = validation;
        Test = test;
    }

    /// <summary>The classes.</summary>
    public LabelSet Labels { get; }

    /// <summary>What to learn from.</summary>
    public LabelledPart Train { get; }

    /// <summary>What to choose the best checkpoint by; may be empty.</summary>
    public LabelledPart Validation { get; }

    /// <summary>What to score the finished model on; may be empty.</summary>
    public LabelledPart Test { get; }

    /// <summary>The three, with their names.</summary>
    public IEnumerable<(string Name, LabelledPart Part)> All => [("training", Train), ("validation", Validation), ("test", Test)];

    /// <summary>Reads the texts that a configuration names.</summary>
    /// <param name="section">The configuration, checked.</param>
    /// <exception cref="InvalidDataException">A file is malformed, a label is unknown, or there is only one class.</exception>
    public static LabelledParts Read(LabelledDataSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        (LabelledPart train, LabelledPart validation, LabelledPart test) = section.Texts is { } texts ? Divide(texts.Open(), section.Split!) : (Whole(section.Train), Whole(section.Validation), Whole(section.Test));
        LabelSet labels = section.Labels is { } listed ? LabelSet.Of(listed) : LabelSet.Discover(train.Texts, train.Path);
        var parts = new LabelledParts(labels, train, validation, test);
        parts.GuardLabels();
        return parts;
    }

    /// <summary>Writes the parts as files of JSON objects, one a line, that another run can name.</summary>
    /// <param name="folder">The folder; made if missing.</param>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string file, LabelledPart part) in ((string, LabelledPart)[])[("train", Train), ("validation", Validation), ("test", Test)])
        {
            IEnumerable<string> lines = part.Texts.Select(text => new JsonObject { ["label"] = text.Label, ["text"] = text.Text }.ToJsonString(Readable) + "\n");
            AtomicFile.WriteAllText(Path.Combine(folder, file + ".jsonl"), string.Concat(lines));
        }
    }

    private static LabelledPart Whole(LabelledSection? section)
    {
        LabelledTexts? texts = section?.Open();
        return new LabelledPart(texts?.FilePath ?? string.Empty, texts is null ? [] : [.. texts.Read()]);
    }

    private static (LabelledPart Train, LabelledPart Validation, LabelledPart Test) Divide(LabelledTexts texts, SplitSection split)
    {
        LabelledText[] all = [.. texts.Read()];
        LabelledText[] used = split.Balance ? StratifiedSplit.Balance(all, split.Seed) : all;
        (LabelledText[] train, LabelledText[] validation, LabelledText[] test) = StratifiedSplit.Divide(used, split.Train, split.Validation, split.Seed);
        return (new LabelledPart(texts.FilePath, train), new LabelledPart(texts.FilePath, validation), new LabelledPart(texts.FilePath, test));
    }

    // Before anything long is done.
    private void GuardLabels()
    {
        foreach ((_, LabelledPart part) in All)
        {
            foreach (LabelledText text in part.Texts)
            {
                _ = Labels.NumberOf(text, part.Path);
            }
        }

        string[] missing = [.. Labels.Names.Where((_, number) => Train.Counts(Labels)[number] == 0)];
        if (missing.Length > 0)
        {
            throw new InvalidDataException($"there is no text to learn from of the class{(missing.Length == 1 ? string.Empty : "es")} {string.Join(", ", missing.Take(20).Select(Excerpt.Quote))}; add some to the training texts, raise data.split.train, or leave the class out");
        }
    }
}

/// <summary>Some labelled texts, and where they are from.</summary>
/// <param name="Path">The file, as messages name it.</param>
/// <param name="Texts">The texts.</param>
public sealed record LabelledPart(string Path, IReadOnlyList<LabelledText> Texts)
{
    /// <summary>How many texts each class has.</summary>
    /// <param name="labels">The classes.</param>
    public int[] Counts(LabelSet labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var counts = new int[labels.Count];
        foreach (LabelledText text in Texts)
        {
            counts[labels.NumberOf(text, Path)]++;
        }

        return counts;
    }
}
