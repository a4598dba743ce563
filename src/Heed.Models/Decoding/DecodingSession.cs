using Heed.Tensors;

namespace Heed.Models.Decoding;

/// <summary>
/// A model in the middle of writing: it has read the sources of a batch, and extends any number of hypotheses by one token
/// at a time. Greedy search, beam search and sampling all drive one of these.
/// </summary>
/// <remarks>
/// <para>The first step names sentences as parents, usually with the start token for each; every later step names the
/// hypotheses of the step before. So a hypothesis is dropped by not naming it, branches by being named several times, and
/// a sentence whose hypotheses are all finished costs nothing more.</para>
/// <para>The logits of a hypothesis do not depend on what else is in the batch: they have the same bits when its sentence is
/// decoded alone, and the same bits as a pass over the whole prefix without a cache.</para>
/// <para>A session belongs to one thread at a time. Several sessions of one model may run on different threads.</para>
/// </remarks>
public abstract class DecodingSession : IDisposable
{
    /// <summary>How many tokens a step scores: the width of the logits.</summary>
    public abstract int VocabSize { get; }

    /// <summary>The longest prefix that can be stepped through, the start token included; steps beyond it throw.</summary>
    public abstract int MaxLength { get; }

    /// <summary>What the first step reads for a sentence in place of the search's start token: the end of a prompt. Null without one.</summary>
    /// <param name="sentence">The sentence.</param>
    public virtual int? FirstToken(int sentence) => null;

    /// <summary>Reads one more token for every hypothesis and scores what could follow.</summary>
    /// <param name="parents">
    /// For each new hypothesis the old one that it continues; at the first step, the sentence that it translates. Any order,
    /// any number of times. An old hypothesis that nobody names is gone.
    /// </param>
    /// <param name="tokens">The token that each new hypothesis adds; at the first step the start token.</param>
    /// <returns>The logits of the next token, [hypotheses, vocabSize]. Readable until the next step or the end of the session.</returns>
    /// <exception cref="ArgumentException">The spans differ in length or are empty, or the prefix grew beyond <see cref="MaxLength"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parent or a token does not exist.</exception>
    public abstract Tensor Step(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens);

    /// <summary>Checks what every session asks of a step, before it changes anything.</summary>
    private protected void GuardStep(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens)
    {
        if (parents.Length != tokens.Length || parents.IsEmpty)
        {
            throw new ArgumentException($"a step needs as many parents as tokens and at least one, not {parents.Length} and {tokens.Length}", nameof(parents));
        }

        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)VocabSize)
            {
                throw new ArgumentOutOfRangeException(nameof(tokens), token, $"token {token} is outside the vocabulary of {VocabSize}");
            }
        }
    }

    /// <summary>Gives the memory of the session back.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the memory of the session back.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
