namespace Heed.Text.Tokenizers.PostProcessors;

/// <summary>One place of a template: the first text, the second text, or fixed tokens.</summary>
internal sealed record TemplatePiece
{
    private const int FixedTokens = -1;

    private readonly int[] tokens;
    private readonly int sequence;

    private TemplatePiece(int[] tokens, int sequence, int type)
    {
        this.tokens = tokens;
        this.sequence = sequence;
        Type = type;
    }

    /// <summary>The type of the ids written here.</summary>
    public int Type { get; }

    /// <summary>Whether the same tokens stand here whatever the texts are.</summary>
    public bool IsFixed => sequence == FixedTokens;

    public static TemplatePiece First(int type) => new([], 0, type);

    public static TemplatePiece Second(int type) => new([], 1, type);

    public static TemplatePiece Token(int id, int type) => Tokens([id], type);

    public static TemplatePiece Tokens(int[] ids, int type) => new(ids, FixedTokens, type);

    public IReadOnlyList<int> IdsOf(IReadOnlyList<int> first, IReadOnlyList<int> second) => sequence switch
    {
        0 => first,
        1 => second,
        _ => tokens,
    };
}
