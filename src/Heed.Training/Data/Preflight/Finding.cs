namespace Heed.Training.Data.Preflight;

/// <summary>One thing that the check before training has to say.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Sentence">What was found, with its numbers, in plain words.</param>
/// <param name="Mend">What to do about it, or null where there is nothing to do.</param>
public sealed record Finding(FindingSeverity Severity, string Sentence, string? Mend = null)
{
    /// <summary>The sentence and the mend on one line.</summary>
    public override string ToString() => Mend is null ? Sentence : $"{Sentence} {Mend}";
}
