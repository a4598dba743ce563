using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Nn.Attention;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;

namespace Heed.Models.Seq2Seq;

/// <summary>A Transformer encoder and decoder, whatever the tokens' vectors, the positions and the output layer are made of.</summary>
/// <remarks>
/// A model says how its stacks' inputs are made (<see cref="EmbedSource"/>, <see cref="EmbedTarget"/>), what positions add to attention
/// (<see cref="ArrangeSource"/>, <see cref="ArrangeTarget"/>), and how states are scored (<see cref="Score"/>); the rest is the same for all.
/// </remarks>
public abstract class EncoderDecoderModel : Seq2SeqModel
{
    /// <summary>Reads the source.</summary>
    public abstract TransformerEncoder Encoder { get; }

    /// <summary>Writes the target.</summary>
    public abstract TransformerDecoder Decoder { get; }

    /// <inheritdoc/>
    public override Tensor Logits(TokenBatch batch, DropoutSource? dropout = null) => Score(States(batch, dropout)); // [target tokens, vocabSize]

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
        Tensor x = Observe(EmbedSource(ids, sources.RowPositions, dropout)); // [source tokens, dModel]
        return Encoder.Forward(x, ArrangeSource(AttentionPattern.Within(sources)), caches: null, dropout, recorder);
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
        Tensor x = EmbedTarget(ids, targets.RowPositions, dropout); // [target tokens, dModel]
        return Decoder.Forward(x, Decoder.ProjectMemory(memory, dropout), ArrangeTarget(DecoderPattern.Between(targets, sources)), caches: null, dropout, recorder);
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

    /// <summary>What the first encoder layer reads.</summary>
    /// <param name="ids">Source tokens.</param>
    /// <param name="positions">The position of each in its sequence.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[tokens, dModel].</returns>
    protected internal abstract Tensor EmbedSource(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout = null);

    /// <summary>What the first decoder layer reads.</summary>
    /// <param name="ids">Target tokens.</param>
    /// <param name="positions">The position of each in its sequence.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[tokens, dModel].</returns>
    protected internal abstract Tensor EmbedTarget(ReadOnlyMemory<int> ids, ReadOnlyMemory<int> positions, DropoutSource? dropout = null);

    /// <summary>The encoder's attention with what the model's positions add to it; nothing unless overridden.</summary>
    /// <param name="pattern">Who sees whom.</param>
    protected internal virtual AttentionPattern ArrangeSource(AttentionPattern pattern) => pattern;

    /// <summary>The decoder's attention with what the model's positions add to it; nothing unless overridden.</summary>
    /// <param name="pattern">Who sees whom.</param>
    protected internal virtual DecoderPattern ArrangeTarget(DecoderPattern pattern) => pattern;

    /// <summary>The scores of every token.</summary>
    /// <param name="states">The decoder's, [rows, dModel].</param>
    /// <returns>[rows, vocabSize].</returns>
    protected internal abstract Tensor Score(Tensor states);

    /// <summary>The decoder's states for a whole batch, [target tokens, dModel].</summary>
    private protected Tensor States(TokenBatch batch, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor memory = Encode(batch.SourceIds, batch.Sources, dropout);
        return Decode(batch.DecoderInputIds, batch.Targets, memory, batch.Sources, dropout);
    }

    private static IEnumerable<AttentionMap> Maps(string kind, int layer, AttentionWeights weights) =>
        Enumerable.Range(0, weights.NumHeads).Select(head => new AttentionMap(kind, layer, head, weights[0, head]));
}
