namespace Heed.Models.Folders;

/// <summary>What the <c>config.json</c> of every family of our own has in common.</summary>
internal abstract record Seq2SeqConfigFile
{
    public required string ModelType { get; init; }

    public required IReadOnlyList<string> Architectures { get; init; }

    public bool IsEncoderDecoder { get; init; } = true;

    public required int VocabSize { get; init; }

    public required int EmbeddingSize { get; init; }

    public required int HiddenSize { get; init; }

    public required int EncoderLayers { get; init; }

    public required int DecoderLayers { get; init; }

    public required int MaxLength { get; init; }

    public float Dropout { get; init; }

    public required int BosTokenId { get; init; }

    public required int EosTokenId { get; init; }

    public required int PadTokenId { get; init; }

    public string TorchDtype { get; init; } = "float32";
}
