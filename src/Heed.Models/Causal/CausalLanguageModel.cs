using Heed.Models.Decoding;
using Heed.Nn;
using Heed.Nn.Attention;
using Heed.Nn.Losses;
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
    /// <remarks>The first step of the session adds the last token of each prompt: <see cref="DecodingSession.FirstToken"/>.</remarks>
    public abstract DecodingSession Begin(ReadOnlyMemory<int> promptIds, Segments prompts);

    /// <summary>The mean cross-entropy of each token but the first of its sequence, in nats.</summary>
    /// <param name="ids">The tokens of all sequences.</param>
    /// <param name="sequences">Where each sequence lies.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    public Tensor Loss(ReadOnlyMemory<int> ids, Segments sequences, DropoutSource? dropout = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        const int ignored = -1;
        var targets = new int[ids.Length];
        Array.Fill(targets, ignored);
        for (int i = 0; i < sequences.Count; i++)
        {
            int length = Math.Max(0, sequences.Lengths[i] - 1);
            ids.Span.Slice(sequences.Starts[i] + Math.Min(1, sequences.Lengths[i]), length).CopyTo(targets.AsSpan(sequences.Starts[i]));
        }

        return new CrossEntropyLoss(ignoredTarget: ignored).Forward(Logits(ids, sequences, dropout), targets);
    }
}
