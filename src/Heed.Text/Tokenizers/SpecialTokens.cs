namespace Heed.Text.Tokenizers;

/// <summary>The ids of the tokens that mark structure and stand for no text.</summary>
/// <param name="PadId">Fills the short lines of a batch, <c>&lt;pad&gt;</c>.</param>
/// <param name="BosId">Begins a sequence, <c>&lt;s&gt;</c>.</param>
/// <param name="EosId">Ends a sequence, <c>&lt;/s&gt;</c>.</param>
/// <param name="UnknownId">Stands for text that cannot be written otherwise, <c>&lt;unk&gt;</c>. Tokenizers with byte fallback never produce it.</param>
/// <remarks>Tokenizers trained here always use the ids 0 to 3. Their names typed by a user ("&lt;/s&gt;") are ordinary text.</remarks>
public sealed record SpecialTokens(int PadId = 0, int BosId = 1, int EosId = 2, int UnknownId = 3)
{
    /// <summary>The names of the ids 0 to 3, in that order.</summary>
    internal static readonly string[] Names = ["<pad>", "<s>", "</s>", "<unk>"];
}
