namespace Heed.Models.Generation.Processors;

/// <summary>Changes the logits of the next token of one output: makes tokens likelier, less likely, or impossible (minus infinity).</summary>
public abstract class LogitsProcessor
{
    /// <summary>Changes a row.</summary>
    /// <param name="logits">The row, [vocabSize].</param>
    /// <param name="written">The tokens so far.</param>
    public abstract void Apply(Span<float> logits, WrittenTokens written);
}
