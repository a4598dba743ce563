using Heed.Nn;
using Heed.Nn.Losses;
using Heed.Nn.Positions;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Seq2Seq;

/// <summary>The encoder-decoder Transformer.</summary>
/// <remarks>
/// Vaswani et al. 2017. Embeddings are joined with sinusoidal positions (section 3.5). Unless configured otherwise, source,
/// target and output share one table (section 3.4; Press and Wolf 2017), whose rows are multiplied by sqrt(dModel) where
/// they are read.
/// </remarks>
public sealed class TransformerModel : EncoderDecoderModel
{
    private readonly SinusoidalPositions positions;

    /// <summary>Makes a model.</summary>
    /// <param name="config">Its sizes; checked.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    /// <exception cref="Configuration.ConfigException">The configuration makes no model.</exception>
    public TransformerModel(TransformerConfig config, RandomSource? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        SourceEmbedding = Child(config.ShareEmbeddings ? "shared" : "encoder.embed_tokens", NewEmbedding(random));
        TargetEmbedding = config.ShareEmbeddings ? SourceEmbedding : Child("decoder.embed_tokens", NewEmbedding(random));
        positions = new SinusoidalPositions(config.DModel);
        TransformerLayerConfig layer = config.Layer();
        Encoder = Child("encoder", new TransformerEncoder(layer, config.NumEncoderLayers, random));
        Decoder = Child("decoder", new TransformerDecoder(layer, config.NumDecoderLayers, random));
        Output = config.TieOutput ? new Linear(TargetEmbedding.Weight) : Child("lm_head", new Linear(config.DModel, config.VocabSize, random, bias: false));
    }

    /// <inheritdoc/>
    public override TransformerConfig Config { get; }

    /// <summary>The vectors of source tokens.</summary>
    public Embedding SourceEmbedding { get; }

    /// <summary>The vectors of target tokens; the same module as <see cref="SourceEmbedding"/> unless configured otherwise.</summary>
    public Embedding TargetEmbedding { get; }

    /// <inheritdoc/>
    public override TransformerEncoder Encoder { get; }

    /// <inheritdoc/>
    public override TransformerDecoder Decoder { get; }

    /// <summary>From the decoder's states to scores of every token; unless configured otherwise, by likeness to the token's vector.</summary>
    public Linear Output { get; }

    /// <inheritdoc/>
    public override Tensor Loss(TokenBatch batch, float labelSmoothing, DropoutSource? dropout) =>
        new CrossEntropyLoss(labelSmoothing).Forward(States(batch, dropout), Output, batch.LabelIds);

    /// <inheritdoc/>
    protected internal override Tensor EmbedSource(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout = null) => Embed(SourceEmbedding, ids, positions, dropout);

    /// <inheritdoc/>
    protected internal override Tensor EmbedTarget(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout = null) => Embed(TargetEmbedding, ids, positions, dropout);

    /// <inheritdoc/>
    protected internal override Tensor Score(Tensor states) => Output.Forward(states);

    private Embedding NewEmbedding(RandomSource? random) =>
        new(Config.VocabSize, Config.DModel, random, Config.ScaleEmbeddings ? MathF.Sqrt(Config.DModel) : 1f);

    private Tensor Embed(Embedding embedding, ReadOnlyMemory<int> ids, ReadOnlyMemory<int> rowPositions, DropoutSource? dropout) =>
        dropout.Drop(Ops.Add(embedding.Forward(ids), positions.Forward(rowPositions)), Config.Dropout);
}
