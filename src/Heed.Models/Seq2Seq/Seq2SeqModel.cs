using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Nn;
using Heed.Nn.Losses;
using Heed.Tensors;
using Heed.Tensors.Devices;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;

namespace Heed.Models.Seq2Seq;

/// <summary>A model that reads one sequence and writes another: all that training, decoding and explaining ask of it.</summary>
/// <remarks>Source sequences end with the end mark; a decoder reads the start mark and the target and predicts the target and the end mark.</remarks>
public abstract class Seq2SeqModel : Module
{
    /// <summary>The sizes and choices that made the model.</summary>
    public abstract Seq2SeqConfig Config { get; }

    /// <summary>The number of tokens.</summary>
    public int VocabSize => Config.VocabSize;

    /// <summary>The longest source or target, in tokens.</summary>
    public int MaxLength => Config.MaxLength;

    /// <summary>The id that the decoder starts from.</summary>
    public int BosId => Config.BosId;

    /// <summary>The id that ends a sentence.</summary>
    public int EosId => Config.EosId;

    /// <summary>What the model computes on: where its parameters are.</summary>
    public Device Device => NamedParameters()[0].Tensor.Device;

    /// <summary>
    /// When not null, receives the loss's gradient at the vectors of the source tokens, [source tokens, width], in every backward pass. For
    /// studies of how far gradients reach; set while nobody else uses the model.
    /// </summary>
    public Action<Tensor>? SourceObserver { get; set; }

    /// <summary>The scores of every token at every target position, given the ones before it.</summary>
    /// <param name="batch">Sources and targets.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[target tokens, vocabSize].</returns>
    public abstract Tensor Logits(TokenBatch batch, DropoutSource? dropout = null);

    /// <summary>Reads the sources and gets ready to write.</summary>
    /// <param name="sourceIds">The tokens of all sources, one source after another, each with its end mark.</param>
    /// <param name="sources">Where each source lies.</param>
    public abstract DecodingSession Begin(ReadOnlyMemory<int> sourceIds, Segments sources);

    /// <summary>The attention weights of every layer and head while the model reads one source and writes one target.</summary>
    /// <param name="sourceIds">The source, with its end mark.</param>
    /// <param name="decoderInputIds">The start mark and the target.</param>
    public abstract IReadOnlyList<AttentionMap> AttentionMaps(int[] sourceIds, int[] decoderInputIds);

    /// <summary>The mean cross-entropy of the targets, in nats per token.</summary>
    /// <param name="batch">Sources and targets.</param>
    /// <param name="labelSmoothing">The share of probability spread over the whole vocabulary, in [0, 1).</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    public virtual Tensor Loss(TokenBatch batch, float labelSmoothing, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new CrossEntropyLoss(labelSmoothing).Forward(Logits(batch, dropout), batch.LabelIds);
    }

    /// <summary>The log-probability of each token of the given targets, end marks included.</summary>
    /// <param name="batch">Sources and targets.</param>
    /// <returns>One number for each label, in nats.</returns>
    public float[] LogProbabilities(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using TensorScope scope = TensorScope.Begin();
        float[] losses = Ops.CrossEntropy(Logits(batch), batch.LabelIds).ToArray();
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = -losses[i];
        }

        return losses;
    }

    /// <summary>Lets <see cref="SourceObserver"/> see the gradient of the source tokens' vectors.</summary>
    private protected Tensor Observe(Tensor sourceVectors) => SourceObserver is { } observer ? Ops.Watch(sourceVectors, observer) : sourceVectors;

    /// <summary>Checks the tokens of a batch before they are read.</summary>
    /// <param name="ids">The tokens of all sequences.</param>
    /// <param name="segments">Where each sequence lies.</param>
    /// <param name="what">What a sequence is called: source or target.</param>
    /// <exception cref="ArgumentException">The sequences are not those of the tokens, or one is longer than <see cref="MaxLength"/>.</exception>
    private protected void GuardLengths(ReadOnlyMemory<int> ids, Segments segments, string what)
    {
        ArgumentNullException.ThrowIfNull(segments);
        if (segments.Rows != ids.Length)
        {
            throw new ArgumentException($"the {what}s cover {segments.Rows} tokens, but {ids.Length} were given", nameof(ids));
        }

        if (segments.MaxLength > MaxLength)
        {
            int longest = segments.Lengths.IndexOf(segments.MaxLength);
            throw new ArgumentException($"{what} {longest} has {segments.MaxLength} tokens, more than the model's maxLength {MaxLength}; split it, or train with a larger maxLength", nameof(segments));
        }
    }
}
