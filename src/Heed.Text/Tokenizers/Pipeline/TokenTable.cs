using System.Text;

namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>The names of a loaded vocabulary and their ids, which may have gaps.</summary>
internal sealed class TokenTable : ICharacterIds
{
    public const int None = -1;

    private readonly string?[] names;
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> idsBySpan;
    private readonly HashSet<int> hidden = [];
    private int[]? byteIds;

    /// <param name="names">The name of each id; null where an id has none. Of two equal names the first is found.</param>
    public TokenTable(string?[] names)
    {
        this.names = names;
        for (int id = 0; id < names.Length; id++)
        {
            if (names[id] is { } name)
            {
                ids.TryAdd(name, id);
            }
        }

        idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>One more than the largest id.</summary>
    public int Count => names.Length;

    /// <summary>What stands for text that cannot be written, or <see cref="None"/>: such text is then left out.</summary>
    public int UnknownId { get; init; } = None;

    /// <summary>Whether a run of unknown characters is one unknown token.</summary>
    public bool FusesUnknown { get; init; }

    public string? NameOf(int id) => names[id];

    /// <summary>Finds a token of any kind by its name.</summary>
    public bool TryGetAny(string name, out int id) => ids.TryGetValue(name, out id);

    /// <summary>Finds a piece of text; special tokens and bytes are never found by their names.</summary>
    public bool TryGetPiece(ReadOnlySpan<char> text, out int id) => idsBySpan.TryGetValue(text, out id) && !hidden.Contains(id);

    public bool IsHidden(int id) => hidden.Contains(id);

    /// <summary>Makes tokens unreachable from text: what a user types must not become structure.</summary>
    public void Hide(IEnumerable<int> hiddenIds) => hidden.UnionWith(hiddenIds);

    /// <summary>Writes characters without a piece as the tokens of their bytes, <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.</summary>
    public void UseByteTokens()
    {
        byteIds = [.. Enumerable.Range(0, 256).Select(value => ids.TryGetValue(Vocabulary.ByteName(value), out int id) ? id : None)];
        Hide(byteIds.Where(id => id != None));
    }

    public void AppendCharacter(ReadOnlySpan<char> character, List<int> output, int start)
    {
        if (TryGetPiece(character, out int id))
        {
            output.Add(id);
        }
        else if (byteIds is null || !TryAppendBytes(character, output))
        {
            AppendUnknown(output, start);
        }
    }

    public void AppendUnknown(List<int> output, int start)
    {
        bool continues = FusesUnknown && output.Count > start && output[^1] == UnknownId;
        if (UnknownId != None && !continues)
        {
            output.Add(UnknownId);
        }
    }

    private bool TryAppendBytes(ReadOnlySpan<char> character, List<int> output)
    {
        Span<byte> utf8 = stackalloc byte[4];
        int length = Encoding.UTF8.GetBytes(character, utf8);
        foreach (byte value in utf8[..length])
        {
            if (byteIds![value] == None)
            {
                return false;
            }
        }

        foreach (byte value in utf8[..length])
        {
            output.Add(byteIds![value]);
        }

        return true;
    }
}
