using Heed.Models.Decoding;
using Heed.Tensors;
using Heed.Tensors.Memory;

namespace Heed.Models.Seq2Seq;

/// <summary>What the decoding sessions of all models share: who continues whom, checks, and the life of the logits.</summary>
/// <param name="model">The model.</param>
/// <param name="sources">Where each source lies.</param>
internal abstract class Seq2SeqSession(Seq2SeqModel model, Segments sources) : DecodingSession
{
    private Tensor? logits;
    private bool disposed;

    public sealed override int VocabSize => model.VocabSize;

    public sealed override int MaxLength => model.MaxLength;

    /// <summary>The hypotheses after the newest tokens.</summary>
    protected HypothesisTable Hypotheses { get; } = new(sources);

    public sealed override Tensor Step(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens)
    {
        Guard(parents, tokens);
        Hypotheses.Advance(parents);
        logits?.Release();
        using TensorScope scope = TensorScope.Begin();
        return logits = Extend(parents.ToArray(), tokens.ToArray()).Keep(); // [hypotheses, vocabSize]
    }

    /// <summary>Reads the newest token of each hypothesis; runs in a scope of its own.</summary>
    /// <param name="parents">The old hypothesis of each new one.</param>
    /// <param name="tokens">The token that each adds.</param>
    /// <returns>[hypotheses, vocabSize].</returns>
    protected abstract Tensor Extend(int[] parents, int[] tokens);

    protected override void Dispose(bool disposing)
    {
        disposed = true;
        logits?.Release();
        base.Dispose(disposing);
    }

    private void Guard(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        GuardStep(parents, tokens);
        if (Hypotheses.Length == MaxLength)
        {
            throw new ArgumentException($"the hypotheses have {MaxLength} tokens, the longest that the model writes; end them", nameof(tokens));
        }
    }
}
