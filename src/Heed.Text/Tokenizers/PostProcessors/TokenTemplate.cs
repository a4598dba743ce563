namespace Heed.Text.Tokenizers.PostProcessors;

/// <summary>The special tokens around one text and around a pair of texts.</summary>
internal sealed record TokenTemplate(IReadOnlyList<TemplatePiece> Single, IReadOnlyList<TemplatePiece> Pair)
{
    /// <summary>Adds nothing.</summary>
    public static TokenTemplate None { get; } = Around([], [], []);

    /// <summary>Tokens before the first text, between the texts, and at the end; with the types 0 and 1.</summary>
    public static TokenTemplate Around(int[] before, int[] between, int[] after, int secondType = 1)
    {
        TemplatePiece[] start = [.. before.Select(id => TemplatePiece.Token(id, 0)), TemplatePiece.First(0)];
        return new TokenTemplate(
            [.. start, .. after.Select(id => TemplatePiece.Token(id, 0))],
            [.. start, .. between.Select(id => TemplatePiece.Token(id, 0)), TemplatePiece.Second(secondType), .. after.Select(id => TemplatePiece.Token(id, secondType))]);
    }

    public EncodedPair Apply(IReadOnlyList<int> first, IReadOnlyList<int>? second)
    {
        var ids = new List<int>();
        var types = new List<int>();
        foreach (TemplatePiece piece in second is null ? Single : Pair)
        {
            ids.AddRange(piece.IdsOf(first, second ?? []));
            while (types.Count < ids.Count)
            {
                types.Add(piece.Type);
            }
        }

        return new EncodedPair([.. ids], [.. types]);
    }
}
