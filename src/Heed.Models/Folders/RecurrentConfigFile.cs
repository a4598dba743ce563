using Heed.Models.Recurrent;
using Heed.Nn.Recurrent;

namespace Heed.Models.Folders;

/// <summary><c>config.json</c> of a <see cref="RecurrentModel"/>.</summary>
internal sealed record RecurrentConfigFile : Seq2SeqConfigFile, IConfigFile<RecurrentConfigFile, RecurrentConfig>
{
    public static string Type => "heed_recurrent";

    public required RecurrentCellKind Cell { get; init; }

    public required RecurrentAttentionKind Attention { get; init; }

    public required bool Bidirectional { get; init; }

    public static RecurrentConfigFile From(RecurrentConfig config) => new()
    {
        ModelType = Type,
        Architectures = [nameof(RecurrentModel)],
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

    public RecurrentConfig ToConfig(string path) => new()
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
