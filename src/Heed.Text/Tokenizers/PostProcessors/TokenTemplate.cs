namespace Heed.Text.Tokenizers.PostProcessors;

/// <summary>The special tokens around one text and around a pair of texts.</summary>
internal sealed record TokenTemplate(IReadOnlyList<TemplatePiece> Single, IReadOnlyList<TemplatePiece> Pair)
{
    /// <summary>Whether a token is also added behind itself, where the text already ends with it.</summary>
    public bool RepeatsTokens { get; init; } = true;

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

    public EncodedTextPair Apply(IReadOnlyList<int> first, IReadOnlyList<int>? second)
    {
        var ids = new List<int>();
        var types = new List<int>();
        foreach (TemplatePiece piece in second is null ? Single : Pair)
        {
            IReadOnlyList<int> added = piece.IdsOf(first, second ?? []);
            bool isRepeated = !RepeatsTokens && piece.IsFixed && ids.Count > 0 && added is [int only] && only == ids[^1];
            ids.AddRange(isRepeated ? [] : added);
            while (types.Count < ids.Count)
            {
                types.Add(piece.Type);
            }
        }

        return new EncodedTextPair([.. ids], [.. types]);
    }
}
