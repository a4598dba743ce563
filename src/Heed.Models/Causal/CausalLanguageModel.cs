using Heed.Models.Decoding;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Causal;

/// <summary>A model that continues text: it scores every next token, given the ones before it.</summary>
public abstract class CausalLanguageModel : Module
{
    /// <summary>The number of tokens.</summary>
    public abstract int VocabSize { get; }

    /// <summary>The longest sequence, prompt and continuation together.</summary>
    public abstract int MaxLength { get; }

    /// <summary>The states after the last layer and its norm, one for each token.</summary>
    /// <param name="ids">The tokens of all sequences, one sequence after another.</param>
    /// <param name="sequences">Where each sequence lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <param name="recorder">Receives the attention weights, or null.</param>
    /// <returns>[tokens, dModel].</returns>
    /// <exception cref="ArgumentException">A sequence is longer than <see cref="MaxLength"/>.</exception>
    public abstract Tensor States(ReadOnlyMemory<int> ids, Segments sequences, DropoutSource? dropout = null, AttentionRecorder? recorder = null);

    /// <summary>The scores of the token that follows each token.</summary>
    /// <inheritdoc cref="States" path="/param"/>
    /// <returns>[tokens, vocabSize].</returns>
    public abstract Tensor Logits(ReadOnlyMemory<int> ids, Segments sequences, DropoutSource? dropout = null, AttentionRecorder? recorder = null);

    /// <summary>Reads the prompts and gets ready to continue them.</summary>
    /// <param name="promptIds">The tokens of all prompts, one prompt after another; none is empty.</param>
    /// <param name="prompts">Where each prompt lies.</param>
    /// <param name="prefix">What is known of a common beginning of the prompts, or null. It saves time and changes no bit: each prompt uses as much of it as it shares.</param>
    /// <remarks>The first step of the session adds the last token of each prompt: <see cref="DecodingSession.FirstToken"/>.</remarks>
    /// <exception cref="ArgumentException">A prompt is empty or too long, or the prefix is of a model of other sizes.</exception>
    public abstract DecodingSession Begin(ReadOnlyMemory<int> promptIds, Segments prompts, PromptCache? prefix = null);

    /// <summary>Reads a text that many prompts begin with, once for all.</summary>
    /// <param name="ids">Its tokens, one at least.</param>
    /// <exception cref="ArgumentException">There are none, or more than <see cref="MaxLength"/>.</exception>
    public abstract PromptCache ReadPrefix(ReadOnlyMemory<int> ids);

    /// <summary>The mean cross-entropy of each token but the first of its sequence, in nats.</summary>
    /// <param name="ids">The tokens of all sequences.</param>
    /// <param name="sequences">Where each sequence lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    public Tensor Loss(ReadOnlyMemory<int> ids, Segments sequences, DropoutSource? dropout = null) =>
        Loss(new TextBatch(ids.ToArray(), sequences, NextTokens(ids, sequences)), dropout);

    /// <summary>The mean cross-entropy of a batch's labels, in nats.</summary>
    /// <param name="batch">Sequences, and which token should follow each of theirs.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <param name="labelSmoothing">The share of probability spread over the whole vocabulary, in [0, 1).</param>
    public abstract Tensor Loss(TextBatch batch, DropoutSource? dropout = null, float labelSmoothing = 0);

    /// <summary>How likely the labels of each sequence of a batch are: the sums of their log-probabilities.</summary>
    /// <param name="batch">Sequences, and which token should follow each of theirs.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[sequences, 1], in nats. A sequence's bits do not depend on the others.</returns>
    public Tensor SequenceLogProbabilities(TextBatch batch, DropoutSource? dropout = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor losses = LabelLosses(batch, dropout); // [labels]
        Tensor members = Tensor.Zeros(new Shape(batch.Sequences.Count, losses.Count), losses.Device);
        Span<float> signs = members.MutableValues();
        for (int i = 0, label = 0; i < batch.Sequences.Count; i++)
        {
            int count = batch.LabelsOf(i);
            signs.Slice((i * losses.Count) + label, count).Fill(-1);
            label += count;
        }

        return Ops.MatMul(members, Ops.Reshape(losses, new Shape(losses.Count, 1)));
    }

    /// <summary>The cross-entropy of each label of a batch, in nats.</summary>
    /// <param name="batch">Sequences, and which token should follow each of theirs.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    /// <returns>[labels].</returns>
    protected abstract Tensor LabelLosses(TextBatch batch, DropoutSource? dropout);

    private static int[] NextTokens(ReadOnlyMemory<int> ids, Segments sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        var targets = new int[ids.Length];
        Array.Fill(targets, TextBatch.NoLabel);
        for (int i = 0; i < sequences.Count; i++)
        {
            (int start, int length) = (sequences.Starts[i], sequences.Lengths[i]);
            if (length > 1)
            {
                ids.Span.Slice(start + 1, length - 1).CopyTo(targets.AsSpan(start));
            }
        }

        return targets;
    }
}
