using System.Buffers.Binary;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>
/// A map from short byte strings to what they become, as SentencePiece compiles its normalisation rules: a double-array
/// trie, then the results one after the other, each ended by a zero byte.
/// </summary>
/// <remarks>
/// Aoe 1989, "An efficient digital search algorithm by using a double-array structure"; the layout of a unit is that of the library
/// Darts-clone: bits 0 to 7 the label, bit 8 whether a value follows, bits 10 to 30 the offset (times 256 if bit 9 is set), and
/// in a value bits 0 to 30 the place of the result.
/// </remarks>
internal sealed class CharacterMap
{
    // The longest that normalisation makes of one character has 33 bytes.
    private const int LongestResult = 64;

    private readonly uint[] units;
    private readonly byte[] results;

    private CharacterMap(uint[] units, byte[] results)
    {
        this.units = units;
        this.results = results;
    }

    public static CharacterMap Parse(ReadOnlySpan<byte> content)
    {
        if (content.Length < sizeof(uint))
        {
            throw new InvalidDataException($"{content.Length} bytes are too few for a character map");
        }

        uint trieBytes = BinaryPrimitives.ReadUInt32LittleEndian(content);
        if (trieBytes == 0 || trieBytes % sizeof(uint) != 0 || trieBytes > content.Length - sizeof(uint))
        {
            throw new InvalidDataException($"a trie of {trieBytes} bytes does not fit into {content.Length} bytes");
        }

        var units = new uint[trieBytes / sizeof(uint)];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(content[(sizeof(uint) * (i + 1))..]);
        }

        ReadOnlySpan<byte> results = content[(sizeof(uint) + (int)trieBytes)..];
        foreach (Range range in results.Split((byte)0))
        {
            if (results[range].Length > LongestResult)
            {
                throw new InvalidDataException($"a result of {results[range].Length} bytes; {LongestResult} are read at most");
            }
        }

        return results.Length == 0 || results[^1] == 0
            ? new CharacterMap(units, results.ToArray())
            : throw new InvalidDataException("the last result of the character map is not ended by a zero byte");
    }

    /// <summary>Finds the longest rule that a text begins with.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="result">What the beginning becomes.</param>
    /// <returns>The length of that beginning in bytes; 0 if no rule applies.</returns>
    public int Longest(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> result)
    {
        int longest = 0;
        result = default;
        uint node = Offset(units[0]);
        for (int i = 0; i < text.Length; i++)
        {
            node ^= text[i];
            if (node >= units.Length || Label(units[node]) != text[i])
            {
                break;
            }

            uint unit = units[node];
            node ^= Offset(unit);
            if (HasValue(unit) && node < units.Length && TryGetResult(units[node] & 0x7FFFFFFF, out ReadOnlySpan<byte> found))
            {
                longest = i + 1;
                result = found;
            }
        }

        return longest;
    }

    private static uint Label(uint unit) => unit & 0x800000FF;

    private static bool HasValue(uint unit) => (unit & 0x100) != 0;

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);

    private bool TryGetResult(uint place, out ReadOnlySpan<byte> result)
    {
        result = default;
        if (place >= results.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = results.AsSpan((int)place);
        result = rest[..rest.IndexOf((byte)0)];
        return true;
    }
}
