using Heed.Models.Convolutional;

namespace Heed.Models.Folders;

/// <summary><c>config.json</c> of a <see cref="ConvolutionalModel"/>.</summary>
internal sealed record ConvolutionalConfigFile
{
    public const string Type = "heed_convolutional";

    public required string ModelType { get; init; }

    public IReadOnlyList<string> Architectures { get; init; } = [nameof(ConvolutionalModel)];

    public bool IsEncoderDecoder { get; init; } = true;

    public required int VocabSize { get; init; }

    public required int EmbeddingSize { get; init; }

    public required int HiddenSize { get; init; }

    public required int KernelSize { get; init; }

    public required int EncoderLayers { get; init; }

    public required int DecoderLayers { get; init; }

    public required int MaxLength { get; init; }

    public float Dropout { get; init; }

    public required int BosTokenId { get; init; }

    public required int EosTokenId { get; init; }

    public required int PadTokenId { get; init; }

    public string TorchDtype { get; init; } = "float32";

    public static ConvolutionalConfigFile From(ConvolutionalConfig config) => new()
    {
        ModelType = Type,
        VocabSize = config.VocabSize,
        EmbeddingSize = config.EmbeddingSize,
        HiddenSize = config.HiddenSize,
        KernelSize = config.KernelSize,
        EncoderLayers = config.NumEncoderLayers,
        DecoderLayers = config.NumDecoderLayers,
        MaxLength = config.MaxLength,
        Dropout = config.Dropout,
        BosTokenId = config.BosId,
        EosTokenId = config.EosId,
        PadTokenId = config.PadId,
    };

    public ConvolutionalConfig ToConfig() => new()
    {
        VocabSize = VocabSize,
        EmbeddingSize = EmbeddingSize,
        HiddenSize = HiddenSize,
        KernelSize = KernelSize,
        NumEncoderLayers = EncoderLayers,
        NumDecoderLayers = DecoderLayers,
        MaxLength = MaxLength,
        Dropout = Dropout,
        BosId = BosTokenId,
        EosId = EosTokenId,
        PadId = PadTokenId,
    };
}
