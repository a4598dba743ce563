namespace Heed.Models.Explain;

/// <summary>One translation with every attention weight that went into it: plain data, ready to be shown.</summary>
public sealed record TranslationExplanation
{
    /// <summary>A short heading.</summary>
    public required string Title { get; init; }

    /// <summary>The source sentence as the user wrote it.</summary>
    public required string SourceText { get; init; }

    /// <summary>The translation as plain text.</summary>
    public required string TargetText { get; init; }

    /// <summary>The encoder's tokens: the keys of cross-attention, queries and keys of encoder self-attention.</summary>
    public required IReadOnlyList<string> SourceTokens { get; init; }

    /// <summary>The tokens the decoder wrote (or was given), one for each decoder position, usually ending in the end mark.</summary>
    public required IReadOnlyList<string> TargetTokens { get; init; }

    /// <summary>The tokens the decoder read: the start mark, then the target tokens without the last. Same length as <see cref="TargetTokens"/>.</summary>
    public required IReadOnlyList<string> DecoderInputTokens { get; init; }

    /// <summary>The attention maps, in any order; a kind, layer or head may be missing, none may come twice.</summary>
    public required IReadOnlyList<AttentionMap> Maps { get; init; }

    /// <summary>The natural logarithm of each target token's probability, or null where it is not known.</summary>
    public IReadOnlyList<double>? TokenLogProbabilities { get; init; }

    /// <summary>The model, or null where there is nothing to say about it.</summary>
    public ExplainedModel? Model { get; init; }

    /// <summary>True where the user gave the target and the model only read it; false where the model decoded it.</summary>
    public bool TargetWasForced { get; init; }

    /// <summary>What the reader should know, in one sentence: that the source or the target was too long and is not shown whole; or null.</summary>
    public string? Warning { get; init; }

    /// <summary>Checks that tokens, log-probabilities and maps fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message names the piece and both sizes.</exception>
    public void Validate()
    {
        if (SourceTokens.Count == 0 || TargetTokens.Count == 0)
        {
            throw new ArgumentException($"'{Title}' has {SourceTokens.Count} source and {TargetTokens.Count} target tokens; both need at least one");
        }

        if (DecoderInputTokens.Count != TargetTokens.Count)
        {
            throw new ArgumentException(
                $"'{Title}' has {DecoderInputTokens.Count} decoder inputs and {TargetTokens.Count} target tokens; the decoder writes one token for each it reads");
        }

        CheckLogProbabilities();
        var seen = new HashSet<(string, int, int)>();
        foreach (var map in Maps)
        {
            var (queries, keys) = ShapeOf(map.Kind);
            map.Check(queries, keys);
            if (!seen.Add((map.Kind, map.Layer, map.Head)))
            {
                throw new ArgumentException($"'{Title}' holds the {map.Name} twice");
            }
        }
    }

    private (int Queries, int Keys) ShapeOf(string kind) => kind switch
    {
        AttentionKind.Encoder => (SourceTokens.Count, SourceTokens.Count),
        AttentionKind.Decoder => (DecoderInputTokens.Count, DecoderInputTokens.Count),
        AttentionKind.Cross => (DecoderInputTokens.Count, SourceTokens.Count),
        _ => throw new ArgumentException($"unknown kind of attention '{kind}'; it is one of encoder, decoder, cross"),
    };

    private void CheckLogProbabilities()
    {
        if (TokenLogProbabilities is not { } logProbabilities)
        {
            return;
        }

        if (logProbabilities.Count != TargetTokens.Count)
        {
            throw new ArgumentException($"'{Title}' has {logProbabilities.Count} log-probabilities for {TargetTokens.Count} target tokens");
        }

        for (var i = 0; i < logProbabilities.Count; i++)
        {
            if (!(logProbabilities[i] <= 1e-3))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"'{Title}' gives token {i} the log-probability {logProbabilities[i]}; a log-probability is at most 0"));
            }
        }
    }
}
