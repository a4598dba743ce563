using Heed.Models.Configuration;
using Heed.Training.Data.Texts;

namespace Heed.Training.Configuration;

/// <summary>Documents in files: plain text, or a JSON object a line; each file may be gzip.</summary>
public sealed record TextSection
{
    /// <summary>Files, folders, and patterns such as <c>corpus/**/*.txt</c>.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The field of the text, where each line of a file is a JSON object and a document; null for plain text.</summary>
    public string? Field { get; init; }

    /// <summary>What a document is in plain text: the whole file, a paragraph (up to an empty line), or a line.</summary>
    public DocumentUnit Documents { get; init; } = DocumentUnit.File;

    /// <summary>Finds the files.</summary>
    /// <exception cref="FileNotFoundException">A name fits none.</exception>
    internal TextCorpus Open() => new(TextFiles.Find(Files), Field, Documents);

    /// <param name="name">What messages call the section.</param>
    internal void Validate(string name)
    {
        if (Files.Count == 0 || Files.Any(string.IsNullOrWhiteSpace))
        {
            throw new ConfigException($"{name}.files must name one file, folder or pattern at least, as in [corpus/*.txt]");
        }

        if (Field is not null && Documents != DocumentUnit.File)
        {
            throw new ConfigException($"{name}.documents means nothing beside {name}.field: each line of JSON is a document; leave one of them out");
        }
    }
}
