using System.Text;
using Heed.Text.IO;

namespace Heed.Training.Data.Texts;

/// <summary>Documents in files, read as they are asked for: neither a corpus nor a document need fit in memory.</summary>
/// <remarks>
/// Files may be gzip, whatever their names. Text must be UTF-8; CR LF is read as LF, and a byte-order mark is skipped. Documents without
/// text are left out.
/// </remarks>
/// <param name="files">The files, in order.</param>
/// <param name="field">The field of the text where files hold a JSON object a line, each of which is a document; null for plain text.</param>
/// <param name="unit">What a document is in plain text.</param>
internal sealed class TextCorpus(IReadOnlyList<string> files, string? field, DocumentUnit unit)
{
    private const string LineEnd = "\n";

    // Pieces of a document end where no tokenizer joins anything: at a single line end between two words. Where there is none for long,
    // they end anywhere.
    private const int EnoughCharacters = 1 << 12;
    private const int MostCharacters = 1 << 16;

    /// <summary>The files, as a message names them.</summary>
    public string Description => files.Count == 1 ? Path.GetFileName(files[0]) : $"{Path.GetFileName(files[0])} and {files.Count - 1} more file{(files.Count == 2 ? string.Empty : "s")}";

    /// <summary>Reads all documents, from the start each time.</summary>
    /// <exception cref="InvalidDataException">A file is malformed; the message names the file, the line and the mend.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IEnumerable<TextPiece> Read() => files.SelectMany(file => Documents(file).SelectMany(Cut));

    // A document as parts of any size.
    private IEnumerable<IEnumerable<string>> Documents(string file) => (field, unit) switch
    {
        (not null, _) => JsonLine.Read(file).Select(line => new[] { line.Text(field) }),
        (null, DocumentUnit.File) => [Parts(file)],
        (null, DocumentUnit.Line) => TextLineReader.ReadLines(file).Select(line => new[] { line }),
        _ => Paragraphs(file),
    };

    private static IEnumerable<string> Parts(string file)
    {
        using var reader = new TextLineReader(file);
        while (reader.ReadPart() is { } part)
        {
            yield return part;
        }
    }

    // Each is read while it is asked for, so a paragraph need not fit in memory either.
    private static IEnumerable<IEnumerable<string>> Paragraphs(string file)
    {
        using IEnumerator<string> parts = Parts(file).GetEnumerator();
        bool isMore = parts.MoveNext();
        while (isMore)
        {
            yield return Paragraph();
            isMore = isMore && parts.MoveNext();
        }

        IEnumerable<string> Paragraph()
        {
            string lineEnd = string.Empty; // comes before what follows it, so that none ends the paragraph
            for (; isMore && parts.Current != LineEnd; isMore = parts.MoveNext())
            {
                bool endsLine = parts.Current.EndsWith(LineEnd, StringComparison.Ordinal);
                yield return lineEnd + (endsLine ? parts.Current[..^1] : parts.Current);
                lineEnd = endsLine ? LineEnd : string.Empty;
            }
        }
    }

    private static IEnumerable<TextPiece> Cut(IEnumerable<string> document)
    {
        var piece = new StringBuilder();
        foreach (string part in document.Where(part => part.Length > 0))
        {
            if (piece.Length >= MostCharacters || (piece.Length >= EnoughCharacters && CanCut(piece, part)))
            {
                yield return new TextPiece(piece.ToString(), EndsDocument: false);
                piece.Clear();
            }

            piece.Append(part);
        }

        if (piece.Length > 0)
        {
            yield return new TextPiece(piece.ToString(), EndsDocument: true);
        }
    }

    private static bool CanCut(StringBuilder before, string after) =>
        before[^1] == '\n' && !char.IsWhiteSpace(before[^2]) && !char.IsWhiteSpace(after[0]);
}
