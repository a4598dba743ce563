using Heed.Text.IO;
using Heed.Text.Tokenizers.Bpe;
using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.Files;

/// <summary>Reads merges as text: two pieces a line, the first merge first, a line "#version" before them.</summary>
internal static class MergesFile
{
    public static MergeTable Parse(string path, byte[] content, TokenTable table)
    {
        string[] lines = TokenizerFolder.Text(path, content).Split('\n');
        var seen = new PairMap();
        var merges = new List<Merge>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || (i == 0 && line.StartsWith("#version", StringComparison.Ordinal)))
            {
                continue;
            }

            Merge merge = ReadMerge(path, i + 1, line, table);
            if (!seen.TryAdd(merge.Left, merge.Right, merges.Count))
            {
                throw new InvalidDataException($"{path}: line {i + 1}: {Excerpt.Quote(line)} occurs twice");
            }

            merges.Add(merge);
        }

        return new MergeTable(merges);
    }

    private static Merge ReadMerge(string path, int number, string line, TokenTable table)
    {
        string[] sides = line.Split(' ');
        if (sides.Length != 2)
        {
            throw new InvalidDataException($"{path}: line {number}: expected two pieces with one space between them, found {Excerpt.Quote(line)}");
        }

        return new Merge(IdOf(sides[0]), IdOf(sides[1]), IdOf(sides[0] + sides[1]));

        int IdOf(string name) => table.TryGetAny(name, out int id)
            ? id
            : throw new InvalidDataException($"{path}: line {number}: {Excerpt.Quote(name)} is not in the vocabulary; the two files do not belong together");
    }
}
