using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Losses;
using Heed.Nn.Positions;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;

namespace Heed.Models.Seq2Seq;

/// <summary>The encoder-decoder Transformer.</summary>
/// <remarks>
/// Vaswani et al. 2017. Embeddings are joined with sinusoidal positions (section 3.5). Unless configured otherwise, source,
/// target and output share one table (section 3.4; Press and Wolf 2017), whose rows are multiplied by sqrt(dModel) where
/// they are read.
/// </remarks>
public sealed class TransformerModel : Seq2SeqModel
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

    /// <summary>Reads the source.</summary>
    public TransformerEncoder Encoder { get; }

    /// <summary>Writes the target.</summary>
    public TransformerDecoder Decoder { get; }

    /// <summary>From the decoder's states to scores of every token; unless configured otherwise, by likeness to the token's vector.</summary>
    public Linear Output { get; }

    /// <inheritdoc/>
    public override Tensor Logits(TokenBatch batch, DropoutSource? dropout = null) => Output.Forward(States(batch, dropout)); // [target tokens, vocabSize]

    /// <inheritdoc/>
    public override Tensor Loss(TokenBatch batch, float labelSmoothing, DropoutSource? dropout) =>
        new CrossEntropyLoss(labelSmoothing).Forward(States(batch, dropout), Output, batch.LabelIds);

    /// <summary>The encoder's states.</summary>
    /// <param name="ids">The tokens of all sources.</param>
    /// <param name="sources">Where each source lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <param name="recorder">Receives the attention weights, or null.</param>
    /// <returns>[source tokens, dModel].</returns>
    /// <exception cref="ArgumentException">A source is longer than <see cref="Seq2SeqModel.MaxLength"/>.</exception>
    public Tensor Encode(ReadOnlyMemory<int> ids, Segments sources, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        GuardLengths(ids, sources, "source");
        Tensor x = Embed(SourceEmbedding, ids, sources.RowPositions, dropout); // [source tokens, dModel]
        return Encoder.Forward(x, AttentionPattern.Within(sources), dropout, recorder);
    }

    /// <summary>The decoder's states for given targets.</summary>
    /// <param name="ids">The decoder's inputs.</param>
    /// <param name="targets">Where each target lies.</param>
    /// <param name="memory">The encoder's states.</param>
    /// <param name="sources">Where each source lies in them.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <param name="recorder">Receives the attention weights, or null.</param>
    /// <returns>[target tokens, dModel].</returns>
    /// <exception cref="ArgumentException">A target is longer than <see cref="Seq2SeqModel.MaxLength"/>.</exception>
    public Tensor Decode(ReadOnlyMemory<int> ids, Segments targets, Tensor memory, Segments sources, DropoutSource? dropout = null, AttentionRecorder? recorder = null)
    {
        GuardLengths(ids, targets, "target");
        Tensor x = Embed(TargetEmbedding, ids, targets.RowPositions, dropout); // [target tokens, dModel]
        return Decoder.Forward(x, Decoder.ProjectMemory(memory), DecoderPattern.Between(targets, sources), caches: null, dropout, recorder);
    }

    /// <inheritdoc/>
    public override DecodingSession Begin(ReadOnlyMemory<int> sourceIds, Segments sources) => new TransformerSession(this, sourceIds, sources);

    /// <inheritdoc/>
    public override IReadOnlyList<AttentionMap> AttentionMaps(int[] sourceIds, int[] decoderInputIds)
    {
        ArgumentNullException.ThrowIfNull(sourceIds);
        ArgumentNullException.ThrowIfNull(decoderInputIds);
        using TensorScope scope = TensorScope.Begin();
        var recorder = new AttentionRecorder();
        Segments source = Segments.FromLengths(sourceIds.Length);
        Tensor memory = Encode(sourceIds, source, dropout: null, recorder);
        Decode(decoderInputIds, Segments.FromLengths(decoderInputIds.Length), memory, source, dropout: null, recorder);
        return
        [
            .. Encoder.Layers.SelectMany((layer, i) => Maps(AttentionKind.Encoder, i, recorder[layer.SelfAttention])),
            .. Decoder.Layers.SelectMany((layer, i) => Maps(AttentionKind.Decoder, i, recorder[layer.SelfAttention])),
            .. Decoder.Layers.SelectMany((layer, i) => Maps(AttentionKind.Cross, i, recorder[layer.CrossAttention])),
        ];
    }

    /// <summary>Vectors of target tokens at given positions, as the decoder reads them in inference.</summary>
    internal Tensor EmbedTarget(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> rowPositions) => Embed(TargetEmbedding, ids, rowPositions, dropout: null);

    private static IEnumerable<AttentionMap> Maps(string kind, int layer, AttentionWeights weights) =>
        Enumerable.Range(0, weights.NumHeads).Select(head => new AttentionMap(kind, layer, head, weights[0, head]));

    // [target tokens, dModel]
    private Tensor States(TokenBatch batch, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor memory = Encode(batch.SourceIds, batch.Sources, dropout);
        return Decode(batch.DecoderInputIds, batch.Targets, memory, batch.Sources, dropout);
    }

    private Embedding NewEmbedding(RandomSource? random) =>
        new(Config.VocabSize, Config.DModel, random, Config.ScaleEmbeddings ? MathF.Sqrt(Config.DModel) : 1f);

    private Tensor Embed(Embedding embedding, ReadOnlyMemory<int> ids, ReadOnlyMemory<int> rowPositions, DropoutSource? dropout) =>
        dropout.Drop(Ops.Add(embedding.Forward(ids), positions.Forward(rowPositions)), Config.Dropout);
}
