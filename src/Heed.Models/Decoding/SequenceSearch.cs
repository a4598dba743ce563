using Heed.Models.Generation.Processors;

namespace Heed.Models.Decoding;

/// <summary>A way to choose what a model writes: drives a <see cref="DecodingSession"/> step by step and keeps what it likes.</summary>
/// <remarks>A sentence's results have the same bits whatever else is in the batch, in whatever order.</remarks>
public abstract class SequenceSearch
{
    private protected SequenceSearch(GenerationTokens tokens, DecodingOptions options)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Tokens = tokens;
        Options = options;
    }

    /// <summary>The tokens that begin and end outputs, and those that no output holds.</summary>
    public GenerationTokens Tokens { get; }

    /// <summary>The settings of the search.</summary>
    public DecodingOptions Options { get; }

    /// <summary>What the options change in the scores of every sentence, or null.</summary>
    private protected ScoreAdjustment? CommonAdjustment()
    {
        if (Options.NoRepeatNgramSize == 0)
        {
            return null;
        }

        var processor = new NoRepeatNgramProcessor(Options.NoRepeatNgramSize);
        return (scores, output) => processor.Apply(scores, new WrittenTokens(output, promptLength: 0));
    }

    /// <summary>The search that the options ask for: greedy for a beam of 1, else beam search.</summary>
    /// <param name="tokens">The tokens that begin and end outputs, and those that no output holds.</param>
    /// <param name="options">The settings.</param>
    public static SequenceSearch Create(GenerationTokens tokens, DecodingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.BeamSize == 1 ? new GreedySearch(tokens, options) : new BeamSearch(tokens, options);
    }

    /// <summary>Writes an output for every sentence of a session.</summary>
    /// <param name="session">A new session, in which no step was made yet.</param>
    /// <param name="maxLengths">
    /// For each sentence of the session the length at which its output is cut, end token included; the session's own limit
    /// may cut earlier.
    /// </param>
    /// <param name="cancellation">Ends the search between two steps.</param>
    /// <returns>For each sentence its outputs, best first: <see cref="DecodingOptions.NBest"/>, or fewer where there are no more.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers.</exception>
    public IReadOnlyList<IReadOnlyList<Hypothesis>> Run(DecodingSession session, ReadOnlySpan<int> maxLengths, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        int[] caps = maxLengths.ToArray();
        foreach (ref int cap in caps.AsSpan())
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(cap, 1, nameof(maxLengths));
            cap = Math.Min(cap, session.MaxLength);
        }

        return caps.Length == 0 ? [] : Search(session, caps, cancellation);
    }

    private protected abstract IReadOnlyList<IReadOnlyList<Hypothesis>> Search(DecodingSession session, int[] maxLengths, CancellationToken cancellation);
}
