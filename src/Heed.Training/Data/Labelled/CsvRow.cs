using System.Collections.Immutable;
using System.Text;
using Heed.Text.IO;

namespace Heed.Training.Data.Labelled;

/// <summary>A row of a file of values divided by commas.</summary>
/// <param name="Line">The line that it begins in; the first is 1.</param>
/// <param name="Values">Its values, without quotes.</param>
/// <remarks>RFC 4180: a value in quotes may hold commas, line breaks, and quotes written twice.</remarks>
internal sealed record CsvRow(long Line, ImmutableArray<string> Values)
{
    /// <summary>The rows of a file; empty lines are passed over.</summary>
    /// <exception cref="InvalidDataException">A quote is not closed, or something follows it.</exception>
    public static IEnumerable<CsvRow> Read(string path)
    {
        using var reader = new TextLineReader(path);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return Parse(reader, line);
            }
        }
    }

    private static CsvRow Parse(TextLineReader reader, string line)
    {
        long first = reader.LineNumber;
        var values = ImmutableArray.CreateBuilder<string>();
        for (int at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && line[at] == '"')
            {
                values.Add(Quoted(reader, ref line, ref at, first));
                continue;
            }

            int comma = line.IndexOf(',', at);
            int end = comma < 0 ? line.Length : comma;
            values.Add(line[at..end]);
            at = end;
        }

        return new CsvRow(first, values.ToImmutable());
    }

    // From its first quote to behind its last one; a line break within it makes the next line part of it.
    private static string Quoted(TextLineReader reader, ref string line, ref int at, long first)
    {
        var value = new StringBuilder();
        at++;
        while (true)
        {
            int quote = line.IndexOf('"', at);
            if (quote < 0)
            {
                value.Append(line, at, line.Length - at).Append('\n');
                line = value.Length <= TextLineReader.MaxLineBytes && reader.ReadLine() is { } next
                    ? next
                    : throw new InvalidDataException($"line {first} of {reader.FilePath} opens a quote that is not closed; write a quote within a value twice");
                at = 0;
                continue;
            }

            value.Append(line, at, quote - at);
            at = quote + 1;
            if (at == line.Length || line[at] == ',')
            {
                return value.ToString();
            }

            if (line[at] != '"')
            {
                throw new InvalidDataException($"line {reader.LineNumber} of {reader.FilePath} has text behind a closing quote; write a quote within a value twice");
            }

            value.Append('"');
            at++;
        }
    }
}
