namespace Heed.Text.Tokenizers;

/// <summary>The rules that a model family puts around its SentencePiece model.</summary>
public enum SentencePieceFamily
{
    /// <summary>None: as SentencePiece itself encodes and decodes.</summary>
    Plain,

    /// <summary>LLaMA as first published: a space is put in front of each stretch of text between special tokens.</summary>
    LlamaLegacy,

    /// <summary>LLaMA with <c>legacy: false</c>: a space is put in front of the whole text only.</summary>
    Llama,

    /// <summary>T5 as first published, with its <c>&lt;extra_id_0&gt;</c> tokens.</summary>
    T5Legacy,

    /// <summary>T5 with <c>legacy: false</c>.</summary>
    T5,
}
