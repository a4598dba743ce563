namespace Heed.Models.Translating;

/// <summary>A line of text as a model reads it.</summary>
/// <param name="Number">The line's place in the input; the first is 1.</param>
/// <param name="Text">The line.</param>
/// <param name="Ids">Its tokens, without the end token; cut where the line is too long.</param>
/// <param name="Warning">That it was cut, or null.</param>
internal sealed record SourceLine(long Number, string Text, int[] Ids, string? Warning)
{
    /// <summary>Whether there is nothing to translate.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text);

    /// <summary>The length that a batch counts: the end token included.</summary>
    public int Length => Ids.Length + 1;
}
