using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Positions;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;

namespace Heed.Models.Seq2Seq;

/// <summary>The encoder-decoder Transformer, with one embedding for source, target and output.</summary>
/// <remarks>
/// Vaswani et al. 2017. Embeddings are scaled by sqrt(dModel) and joined with sinusoidal positions (sections 3.4, 3.5); the
/// output layer is the embedding again (Press and Wolf 2017).
/// </remarks>
public sealed class TransformerModel : Seq2SeqModel
{
    private readonly SinusoidalPositions positions;

    /// <summary>Makes a model.</summary>
    /// <param name="config">Its sizes; checked.</param>
    /// <param name="random">Draws the initial weights; null leaves them zero, to be loaded.</param>
    public TransformerModel(Seq2SeqConfig config, SeededRandom? random)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        Config = config;
        Embedding = Child("shared", new Embedding(config.VocabSize, config.DModel, random, MathF.Sqrt(config.DModel)));
        positions = new SinusoidalPositions(config.DModel);
        Encoder = Child("encoder", new TransformerEncoder(config.Layer(), config.NumEncoderLayers, random));
        Decoder = Child("decoder", new TransformerDecoder(config.Layer(), config.NumDecoderLayers, random));
    }

    /// <summary>The sizes.</summary>
    public Seq2SeqConfig Config { get; }

    /// <summary>The table of token vectors.</summary>
    public Embedding Embedding { get; }

    /// <summary>Reads the source.</summary>
    public TransformerEncoder Encoder { get; }

    /// <summary>Writes the target.</summary>
    public TransformerDecoder Decoder { get; }

    /// <inheritdoc/>
    public override int VocabSize => Config.VocabSize;

    /// <inheritdoc/>
    public override int MaxLength => Config.MaxLength;

    /// <inheritdoc/>
    public override int BosId => Config.BosId;

    /// <inheritdoc/>
    public override int EosId => Config.EosId;

    /// <inheritdoc/>
    public override Tensor Logits(TokenBatch batch, DropoutSource? dropout = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor memory = Encode(batch.SourceIds, batch.Sources, dropout);
        Tensor states = Decode(batch.DecoderInputIds, batch.Targets, memory, batch.Sources, dropout);
        return Project(states);
    }

    /// <summary>The encoder's states.</summary>
    /// <param name="ids">The tokens of all sources.</param>
    /// <param name="sources">Where each source lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <param name="recorder">Receives the attention weights, or null.</param>
    /// <returns>[source tokens, dModel].</returns>
    public Tensor Encode(ReadOnlyMemory<int> ids, Segments sources, DropoutSource? dropout = null, AttentionRecorder? recorder = null) =>
        Encoder.Forward(Embed(ids, sources.Positions(), dropout), AttentionPattern.Within(sources), dropout, recorder);

    /// <summary>The decoder's states for given targets.</summary>
    /// <param name="ids">The decoder's inputs.</param>
    /// <param name="targets">Where each target lies.</param>
    /// <param name="memory">The encoder's states.</param>
    /// <param name="sources">Where each source lies in them.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <param name="recorder">Receives the attention weights, or null.</param>
    /// <returns>[target tokens, dModel].</returns>
    public Tensor Decode(ReadOnlyMemory<int> ids, Segments targets, Tensor memory, Segments sources, DropoutSource? dropout = null, AttentionRecorder? recorder = null) =>
        Decoder.Forward(Embed(ids, targets.Positions(), dropout), Decoder.ProjectMemory(memory), DecoderPattern.Between(targets, sources), caches: null, dropout, recorder);

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

        var maps = new List<AttentionMap>();
        for (int layer = 0; layer < Encoder.Layers.Count; layer++)
        {
            AddMaps(maps, AttentionKind.Encoder, layer, recorder[Encoder.Layers[layer].SelfAttention]);
        }

        for (int layer = 0; layer < Decoder.Layers.Count; layer++)
        {
            AddMaps(maps, AttentionKind.Decoder, layer, recorder[Decoder.Layers[layer].SelfAttention]);
            AddMaps(maps, AttentionKind.Cross, layer, recorder[Decoder.Layers[layer].CrossAttention]);
        }

        return maps;
    }

    /// <summary>Token vectors with positions.</summary>
    internal Tensor Embed(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> rowPositions, DropoutSource? dropout) =>
        dropout.Drop(Ops.Add(Embedding.Forward(ids), positions.Forward(rowPositions)), Config.Dropout);

    /// <summary>Scores of every token, by likeness to its vector.</summary>
    internal Tensor Project(Tensor states) => Ops.Linear(states, Embedding.Weight); // [rows, dModel] -> [rows, vocabSize]

    private static void AddMaps(List<AttentionMap> maps, string kind, int layer, AttentionWeights weights)
    {
        for (int head = 0; head < weights.NumHeads; head++)
        {
            maps.Add(new AttentionMap(kind, layer, head, weights[0, head]));
        }
    }
}
