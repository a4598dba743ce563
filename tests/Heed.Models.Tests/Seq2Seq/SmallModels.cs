using Heed.Models.Convolutional;
using Heed.Models.Recurrent;
using Heed.Models.Seq2Seq;
using Heed.Nn.Recurrent;
using Heed.Nn.Transformer;
using Heed.Tensors.Random;

namespace Heed.Models.Tests.Seq2Seq;

/// <summary>One small untrained model of each family and of each of its choices, for what every model promises.</summary>
internal static class SmallModels
{
    private static readonly RecurrentConfig Recurrent = new()
    {
        VocabSize = SmallTransformer.VocabSize,
        EmbeddingSize = 4,
        HiddenSize = 4,
        MaxLength = 12,
        Dropout = 0.2f,
    };

    private static readonly Dictionary<string, Seq2SeqConfig> Configs = new()
    {
        ["transformer, post-norm"] = SmallTransformer.Config(NormPlacement.PostNorm) with { Dropout = 0.2f, AttentionDropout = 0.1f, ActivationDropout = 0.1f },
        ["transformer, pre-norm"] = SmallTransformer.Config(NormPlacement.PreNorm) with { Dropout = 0.2f, AttentionDropout = 0.1f, ActivationDropout = 0.1f },
        ["rnn"] = Recurrent with { Cell = RecurrentCellKind.Rnn, Attention = RecurrentAttentionKind.None, Bidirectional = false },
        ["lstm, two layers on one"] = Recurrent with { Cell = RecurrentCellKind.Lstm, Attention = RecurrentAttentionKind.None, NumDecoderLayers = 2 },
        ["gru"] = Recurrent with { Attention = RecurrentAttentionKind.None, NumEncoderLayers = 2 },
        ["gru, bahdanau"] = Recurrent,
        ["lstm, bahdanau, two layers"] = Recurrent with { Cell = RecurrentCellKind.Lstm, NumEncoderLayers = 2, NumDecoderLayers = 2 },
        ["rnn, luong dot"] = Recurrent with { Cell = RecurrentCellKind.Rnn, Attention = RecurrentAttentionKind.LuongDot, Bidirectional = false },
        ["gru, luong general, two layers"] = Recurrent with { Attention = RecurrentAttentionKind.LuongGeneral, NumEncoderLayers = 2, NumDecoderLayers = 2 },
        ["convolutional"] = new ConvolutionalConfig
        {
            VocabSize = SmallTransformer.VocabSize, EmbeddingSize = 4, HiddenSize = 3, KernelSize = 3, NumEncoderLayers = 2, NumDecoderLayers = 2, MaxLength = 12, Dropout = 0.2f,
        },
        ["convolutional, normalised weights"] = new ConvolutionalConfig
        {
            VocabSize = SmallTransformer.VocabSize, EmbeddingSize = 4, HiddenSize = 3, KernelSize = 3, NumEncoderLayers = 2, NumDecoderLayers = 2, MaxLength = 12, Dropout = 0.2f, WeightNormalization = true,
        },
    };

    public static TheoryData<string> Names => [.. Configs.Keys];

    /// <summary>Those that came before the Transformer.</summary>
    public static TheoryData<string> NoTransformers => [.. Configs.Keys.Where(name => !name.StartsWith("transformer", StringComparison.Ordinal))];

    public static TheoryData<string> WithAttention => [.. Configs.Keys.Where(name => HasAttention(name))];

    public static TheoryData<string> WithoutAttention => [.. Configs.Keys.Where(name => !HasAttention(name))];

    public static Seq2SeqConfig Config(string name) => Configs[name];

    public static Seq2SeqModel Create(string name, ulong seed = 1) => Configs[name].CreateModel(new SeededRandom(seed));

    private static bool HasAttention(string name) => Configs[name] is not RecurrentConfig { Attention: RecurrentAttentionKind.None };
}
