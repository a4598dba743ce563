using Heed.Models.Recurrent;
using Heed.Nn.Recurrent;

namespace Heed.Models.Folders;

/// <summary><c>config.json</c> of a <see cref="RecurrentModel"/>.</summary>
internal sealed record RecurrentConfigFile
{
    public const string Type = "heed_recurrent";

    public required string ModelType { get; init; }

    public IReadOnlyList<string> Architectures { get; init; } = [nameof(RecurrentModel)];

    public bool IsEncoderDecoder { get; init; } = true;

    public required int VocabSize { get; init; }

    public required RecurrentCellKind Cell { get; init; }

    public required RecurrentAttentionKind Attention { get; init; }

    public required int EmbeddingSize { get; init; }

    public required int HiddenSize { get; init; }

    public required int EncoderLayers { get; init; }

    public required int DecoderLayers { get; init; }

    public required bool Bidirectional { get; init; }

    public required int MaxLength { get; init; }

    public float Dropout { get; init; }

    public required int BosTokenId { get; init; }

    public required int EosTokenId { get; init; }

    public required int PadTokenId { get; init; }

    public string TorchDtype { get; init; } = "float32";

    public static RecurrentConfigFile From(RecurrentConfig config) => new()
    {
        ModelType = Type,
        VocabSize = config.VocabSize,
        Cell = config.Cell,
        Attention = config.Attention,
        EmbeddingSize = config.EmbeddingSize,
        HiddenSize = config.HiddenSize,
        EncoderLayers = config.NumEncoderLayers,
        DecoderLayers = config.NumDecoderLayers,
        Bidirectional = config.Bidirectional,
        MaxLength = config.MaxLength,
        Dropout = config.Dropout,
        BosTokenId = config.BosId,
        EosTokenId = config.EosId,
        PadTokenId = config.PadId,
    };

    public RecurrentConfig ToConfig() => new()
    {
        VocabSize = VocabSize,
        Cell = Cell,
        Attention = Attention,
        EmbeddingSize = EmbeddingSize,
        HiddenSize = HiddenSize,
        NumEncoderLayers = EncoderLayers,
        NumDecoderLayers = DecoderLayers,
        Bidirectional = Bidirectional,
        MaxLength = MaxLength,
        Dropout = Dropout,
        BosId = BosTokenId,
        EosId = EosTokenId,
        PadId = PadTokenId,
    };
}
