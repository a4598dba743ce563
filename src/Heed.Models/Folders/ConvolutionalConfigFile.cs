using Heed.Models.Convolutional;

namespace Heed.Models.Folders;

/// <summary><c>config.json</c> of a <see cref="ConvolutionalModel"/>.</summary>
internal sealed record ConvolutionalConfigFile : Seq2SeqConfigFile, IConfigFile<ConvolutionalConfigFile, ConvolutionalConfig>
{
    public static string Type => "heed_convolutional";

    public required int KernelSize { get; init; }

    public bool WeightNormalization { get; init; }

    public static ConvolutionalConfigFile From(ConvolutionalConfig config) => new()
    {
        ModelType = Type,
        Architectures = [nameof(ConvolutionalModel)],
        VocabSize = config.VocabSize,
        EmbeddingSize = config.EmbeddingSize,
        HiddenSize = config.HiddenSize,
        KernelSize = config.KernelSize,
        WeightNormalization = config.WeightNormalization,
        EncoderLayers = config.NumEncoderLayers,
        DecoderLayers = config.NumDecoderLayers,
        MaxLength = config.MaxLength,
        Dropout = config.Dropout,
        BosTokenId = config.BosId,
        EosTokenId = config.EosId,
        PadTokenId = config.PadId,
    };

    public ConvolutionalConfig ToConfig(string path) => new()
    {
        VocabSize = VocabSize,
        EmbeddingSize = EmbeddingSize,
        HiddenSize = HiddenSize,
        KernelSize = KernelSize,
        WeightNormalization = WeightNormalization,
        NumEncoderLayers = EncoderLayers,
        NumDecoderLayers = DecoderLayers,
        MaxLength = MaxLength,
        Dropout = Dropout,
        BosId = BosTokenId,
        EosId = EosTokenId,
        PadId = PadTokenId,
    };
}
