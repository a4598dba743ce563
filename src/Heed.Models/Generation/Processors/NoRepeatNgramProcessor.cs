namespace Heed.Models.Generation.Processors;

/// <summary>Rules out every token that would end a run of tokens that prompt and output have already.</summary>
/// <remarks>Paulus et al. 2017, "A deep reinforced model for abstractive summarization", section 2.5; Hugging Face's <c>NoRepeatNGramLogitsProcessor</c>.</remarks>
/// <param name="size">The length of the runs; 1 lets every token occur once.</param>
public sealed class NoRepeatNgramProcessor(int size) : LogitsProcessor
{
    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        ReadOnlySpan<int> all = written.All;
        int known = size - 1;
        if (all.Length < size)
        {
            return;
        }

        ReadOnlySpan<int> last = all[^known..];
        for (int start = 0; start + known < all.Length; start++)
        {
            if (all.Slice(start, known).SequenceEqual(last))
            {
                logits[all[start + known]] = float.NegativeInfinity;
            }
        }
    }
}
