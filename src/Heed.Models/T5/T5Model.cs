using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Positions;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.T5;

/// <summary>T5: no position vectors but a bias of the distance in each stack's attention, RMS norms before the sub-layers, no other biases, unscaled scores.</summary>
/// <remarks>
/// Raffel et al. 2020, section 2.1. All layers of a stack share the bias. Version 1.0 scores tokens by likeness to their vectors, states divided by
/// sqrt(dModel); version 1.1 has gated feed-forward layers and an output layer of its own.
/// </remarks>
public sealed class T5Model : EncoderDecoderModel
{
    /// <summary>Makes a model.</summary>
    /// <param name="config">Its sizes; checked.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="Configuration.ConfigException">The configuration makes no model.</exception>
    public T5Model(T5Config config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        TokenEmbedding = Child("shared", new Embedding(config.VocabSize, config.DModel, random));
        EncoderBias = Child("encoder.relative_bias", new RelativePositionBias(config.NumHeads, random, bothSides: true, config.NumBuckets, config.MaxDistance));
        DecoderBias = Child("decoder.relative_bias", new RelativePositionBias(config.NumHeads, random, bothSides: false, config.NumBuckets, config.MaxDistance));
        TransformerLayerConfig layer = config.Layer();
        Encoder = Child("encoder", new TransformerEncoder(layer, config.NumEncoderLayers, random));
        Decoder = Child("decoder", new TransformerDecoder(layer, config.NumDecoderLayers, random));
        Output = config.TieOutput ? new Linear(TokenEmbedding.Weight) : Child("lm_head", new Linear(config.DModel, config.VocabSize, random, bias: false));
    }

    /// <inheritdoc/>
    public override T5Config Config { get; }

    /// <summary>The vectors of source and target tokens.</summary>
    public Embedding TokenEmbedding { get; }

    /// <summary>What distance adds to the encoder's scores.</summary>
    public RelativePositionBias EncoderBias { get; }

    /// <summary>What distance adds to the scores of the decoder's self-attention.</summary>
    public RelativePositionBias DecoderBias { get; }

    /// <inheritdoc/>
    public override TransformerEncoder Encoder { get; }

    /// <inheritdoc/>
    public override TransformerDecoder Decoder { get; }

    /// <summary>From states to scores of every token.</summary>
    public Linear Output { get; }

    /// <inheritdoc/>
    protected internal override Tensor EmbedSource(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout = null) =>
        dropout.Drop(TokenEmbedding.Forward(ids), Config.Dropout);

    /// <inheritdoc/>
    protected internal override Tensor EmbedTarget(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout = null) => EmbedSource(ids, positions, dropout);

    /// <inheritdoc/>
    protected internal override AttentionPattern ArrangeSource(AttentionPattern pattern) => EncoderBias.AddTo(pattern) with { Scale = 1f };

    /// <inheritdoc/>
    protected internal override DecoderPattern ArrangeTarget(DecoderPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new DecoderPattern(DecoderBias.AddTo(pattern.Self) with { Scale = 1f }, pattern.Cross with { Scale = 1f });
    }

    /// <inheritdoc/>
    protected internal override Tensor Score(Tensor states) => Output.Forward(Config.TieOutput ? Ops.Scale(states, 1 / MathF.Sqrt(Config.DModel)) : states);
}
