namespace Heed.Text.Tokenizers;

/// <summary>The ids of the tokens that mark structure and stand for no text.</summary>
/// <param name="PadId">Fills the short lines of a batch, <c>&lt;pad&gt;</c>.</param>
/// <param name="BosId">Begins a sequence, <c>&lt;s&gt;</c>.</param>
/// <param name="EosId">Ends a sequence, <c>&lt;/s&gt;</c>.</param>
/// <param name="UnknownId">Stands for text that cannot be written otherwise, <c>&lt;unk&gt;</c>. Tokenizers with byte fallback never produce it.</param>
/// <remarks>
/// Tokenizers trained here always use the ids 0 to 3; loaded ones have <see cref="None"/> for what their files do not name.
/// The names typed by a user ("&lt;/s&gt;") are ordinary text.
/// </remarks>
public sealed record SpecialTokens(int PadId = 0, int BosId = 1, int EosId = 2, int UnknownId = 3)
{
    /// <summary>The id of a token that the tokenizer does not have.</summary>
    public const int None = -1;

    /// <summary>Hides a word that a model is to guess, <c>[MASK]</c>; tokenizers trained here have <see cref="None"/>.</summary>
    public int MaskId { get; init; } = None;

    /// <summary>Stands for a whole text in front of it, <c>[CLS]</c>; tokenizers trained here have <see cref="None"/>.</summary>
    public int ClassificationId { get; init; } = None;

    /// <summary>Stands between two texts and behind them, <c>[SEP]</c>; tokenizers trained here have <see cref="None"/>.</summary>
    public int SeparatorId { get; init; } = None;

    /// <summary>The names of the ids 0 to 3, in that order.</summary>
    internal static readonly string[] Names = ["<pad>", "<s>", "</s>", "<unk>"];
}
