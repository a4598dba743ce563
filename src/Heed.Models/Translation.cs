using Heed.Models.Decoding;

namespace Heed.Models;

/// <summary>The translation of one line.</summary>
/// <param name="LineNumber">The line's place in the input; the first is 1.</param>
/// <param name="Source">The line.</param>
/// <param name="Candidates">The outputs that were asked for, best first; at least one.</param>
/// <param name="Warning">What the reader of the translation should know, in one sentence that names the line, or null.</param>
public sealed record Translation(long LineNumber, string Source, IReadOnlyList<TranslationCandidate> Candidates, string? Warning)
{
    /// <summary>The best translation.</summary>
    public string Text => Candidates[0].Text;

    /// <summary>The best translation.</summary>
    public override string ToString() => Text;
}

/// <summary>One of the outputs for a line.</summary>
/// <param name="Text">The text, on one line: a line break that the model wrote is a space here.</param>
/// <param name="Hypothesis">Its tokens and their probabilities; no tokens for an empty line.</param>
public sealed record TranslationCandidate(string Text, Hypothesis Hypothesis);

/// <summary>How far the translation of a stream has come.</summary>
/// <param name="Lines">Lines translated, empty ones included.</param>
/// <param name="SourceTokens">Their tokens, end tokens included.</param>
/// <param name="TargetTokens">The tokens of their best translations, end tokens included.</param>
public sealed record TranslationProgress(long Lines, long SourceTokens, long TargetTokens);
