using System.Globalization;

namespace Heed.Text.Tokenizers.Normalizers.Unicode;

/// <summary>Decompositions, compositions and combining classes, read once from the table in this assembly.</summary>
/// <remarks>
/// .NET's own <c>string.Normalize</c> leaves text as it is where a program runs with invariant globalization, and elsewhere
/// follows the Unicode version of the machine. A tokenizer may do neither.
/// </remarks>
internal static class UnicodeData
{
    private static readonly Dictionary<int, int[]> Canonical = [];
    private static readonly Dictionary<int, int[]> Compatible = [];
    private static readonly Dictionary<int, byte> Classes = [];
    private static readonly PairMap Compositions = new(1024);

    static UnicodeData()
    {
        using Stream stream = typeof(UnicodeData).Assembly.GetManifestResourceStream("UnicodeNormalization.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] != '#')
            {
                AddLine(line);
            }
        }
    }

    /// <summary>The canonical combining class; 0 for characters that do not combine.</summary>
    public static int ClassOf(int codePoint) => Classes.GetValueOrDefault(codePoint);

    /// <summary>What a character is made of, in one step; null for one that is whole.</summary>
    public static int[]? DecompositionOf(int codePoint, bool compatible) =>
        Canonical.TryGetValue(codePoint, out int[]? parts) || (compatible && Compatible.TryGetValue(codePoint, out parts)) ? parts : null;

    public static bool TryCompose(int first, int second, out int composed) => Compositions.TryGetValue(first, second, out composed);

    private static void AddLine(string line)
    {
        int sign = line.AsSpan().IndexOfAny("=~! ");
        if (line[sign] == ' ')
        {
            AddClass(line[..sign].Split('-'), byte.Parse(line.AsSpan(sign + 1), CultureInfo.InvariantCulture));
            return;
        }

        int codePoint = Hex(line[..sign]);
        int[] parts = [.. line[(sign + 1)..].Split(' ').Select(Hex)];
        (line[sign] == '~' ? Compatible : Canonical).Add(codePoint, parts);
        if (line[sign] == '=')
        {
            Compositions.TryAdd(parts[0], parts[1], codePoint);
        }
    }

    private static void AddClass(string[] range, byte combiningClass)
    {
        for (int codePoint = Hex(range[0]); codePoint <= Hex(range[^1]); codePoint++)
        {
            Classes.Add(codePoint, combiningClass);
        }
    }

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
