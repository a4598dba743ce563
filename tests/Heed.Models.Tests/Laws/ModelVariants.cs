using Heed.Models.Bart;
using Heed.Models.Causal;
using Heed.Models.Convolutional;
using Heed.Models.Encoders;
using Heed.Models.Recurrent;
using Heed.Models.Seq2Seq;
using Heed.Models.T5;
using Heed.Nn.Norms;
using Heed.Nn.Positions;
using Heed.Nn.Recurrent;
using Heed.Nn.Transformer;
using Heed.Tensors;

namespace Heed.Models.Tests.Laws;

/// <summary>One small untrained model of every family and of each of its choices.</summary>
internal static class ModelVariants
{
    private static readonly Dictionary<string, Func<ulong, ModelVariant>> All = Transformers().Concat(Recurrent()).Concat(Causal()).Concat(Encoders()).ToDictionary();

    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>Those that write token by token: encoders do not.</summary>
    public static TheoryData<string> Writers => [.. All.Keys.Where(name => All[name](1).Begin is not null)];

    public static ModelVariant Create(string name, int seed) => All[name]((ulong)seed);

    private static IEnumerable<KeyValuePair<string, Func<ulong, ModelVariant>>> Transformers()
    {
        var transformer = new TransformerConfig
        {
            VocabSize = ModelVariant.VocabSize, MaxLength = ModelVariant.MaxLength, DModel = 4, NumHeads = 2, DFeedForward = 6, NumEncoderLayers = 1, NumDecoderLayers = 1,
            Activation = Activation.Gelu, Dropout = 0.2f, AttentionDropout = 0.1f, ActivationDropout = 0.1f,
        };
        yield return Named("transformer, post-norm", transformer with { NormPlacement = NormPlacement.PostNorm });
        yield return Named("transformer, pre-norm", transformer with { NormPlacement = NormPlacement.PreNorm });
        var t5 = new T5Config { VocabSize = ModelVariant.VocabSize, MaxLength = ModelVariant.MaxLength, DModel = 8, NumHeads = 2, HeadDim = 2, DFeedForward = 6, NumEncoderLayers = 1, NumDecoderLayers = 1, NumBuckets = 4, MaxDistance = 5 };
        yield return Named("t5 1.0", t5);
        yield return Named("t5 1.1", t5 with { Activation = Activation.GeluTanh, Gated = true, TieOutput = false });
        var bart = new BartConfig
        {
            VocabSize = ModelVariant.VocabSize, MaxLength = ModelVariant.MaxLength, DModel = 4, NumEncoderLayers = 1, NumDecoderLayers = 1, NumEncoderHeads = 2, NumDecoderHeads = 1, DEncoderFeedForward = 6, DDecoderFeedForward = 5,
        };
        yield return Named("bart", bart);
        yield return Named("marian", bart with { LearnedPositions = false, EmbeddingNorm = false, ScaleEmbeddings = true, Activation = Activation.Silu });
        yield return Named("convolutional", new ConvolutionalConfig
        {
            VocabSize = ModelVariant.VocabSize, MaxLength = ModelVariant.MaxLength, EmbeddingSize = 4, HiddenSize = 3, KernelSize = 3, NumEncoderLayers = 2, NumDecoderLayers = 2, Dropout = 0.2f,
        });
    }

    private static IEnumerable<KeyValuePair<string, Func<ulong, ModelVariant>>> Recurrent() =>
        from cell in Enum.GetValues<RecurrentCellKind>()
        from attention in Enum.GetValues<RecurrentAttentionKind>()
        // Both directions and one, one layer and two, spread over the combinations so that each cell and each attention meets all.
        let bidirectional = ((int)cell + (int)attention) % 2 == 0
        let layers = 1 + (((int)cell + ((int)attention / 2)) % 2)
        select Named($"{cell}, {attention}, {(bidirectional ? "both directions" : "one direction")}, layers: {layers}".ToLowerInvariant(), new RecurrentConfig
        {
            VocabSize = ModelVariant.VocabSize, MaxLength = ModelVariant.MaxLength, EmbeddingSize = 4, HiddenSize = 4, Dropout = 0.2f,
            Cell = cell, Attention = attention, Bidirectional = bidirectional, NumEncoderLayers = layers, NumDecoderLayers = layers,
        });

    private static IEnumerable<KeyValuePair<string, Func<ulong, ModelVariant>>> Causal()
    {
        var llama = new DecoderOnlyConfig
        {
            VocabSize = ModelVariant.VocabSize, MaxLength = ModelVariant.MaxLength, DModel = 8, NumHeads = 4, NumLayers = 1, DFeedForward = 6, Rotary = new RotaryPositions(), Dropout = 0.2f, AttentionDropout = 0.1f,
        };
        yield return Named("llama", llama with { TieOutput = false });
        yield return Named("llama, grouped queries", llama with { NumKeyHeads = 2 });
        yield return Named("llama, multi-query", llama with { NumKeyHeads = 1 });
        yield return Named("llama, linear scaling", llama with { Rotary = new RotaryPositions(Scaling: new LinearRotaryScaling(4)) });
        yield return Named("llama, llama3 scaling", llama with { Rotary = new RotaryPositions(Scaling: new Llama3RotaryScaling(8, 1, 4, 16)) });
        yield return Named("mistral", llama with { NumKeyHeads = 2, Window = 3, NumLayers = 2 });
        yield return Named("qwen2", llama with { InputBias = true });
        yield return Named("gpt2", llama with { Rotary = null, Gated = false, InputBias = true, OutputBias = true, Activation = Activation.GeluTanh, Norm = NormKind.LayerNorm });
    }

    private static IEnumerable<KeyValuePair<string, Func<ulong, ModelVariant>>> Encoders()
    {
        var bert = new EncoderConfig { VocabSize = ModelVariant.VocabSize, DModel = 4, NumLayers = 1, NumHeads = 2, DFeedForward = 6, NumPositions = ModelVariant.MaxLength, NumTokenTypes = 2, Head = EncoderHead.MaskedTokens };
        yield return Named("bert, masked tokens", bert);
        yield return Named("bert, classes", bert with { Head = EncoderHead.Classes, HasPooler = true });
        yield return Named("bert, states", bert with { Head = EncoderHead.None });
        yield return Named("roberta, masked tokens", bert with { FirstPosition = 2, NumPositions = ModelVariant.MaxLength + 2, NumTokenTypes = 1 });
        yield return Named("distilbert, classes", bert with { NumTokenTypes = 0, Head = EncoderHead.Classes, HasPooler = true, PoolerActivation = Activation.Gelu });
    }

    private static KeyValuePair<string, Func<ulong, ModelVariant>> Named(string name, Seq2SeqConfig config) => new(name, seed => ModelVariant.Of(config, seed));

    private static KeyValuePair<string, Func<ulong, ModelVariant>> Named(string name, DecoderOnlyConfig config) => new(name, seed => ModelVariant.Of(config, seed));

    private static KeyValuePair<string, Func<ulong, ModelVariant>> Named(string name, EncoderConfig config) => new(name, seed => ModelVariant.Of(config, seed));
}
