using System.Runtime.CompilerServices;
using Heed.Models;
using Heed.Models.Causal;
using Heed.Text.Tokenizers;
using Heed.Training.Data.Texts;

namespace Heed.Training.LanguageModels;

/// <summary>Measures how well a model foretells texts: every token but the first, each in a window of its own place, without dropout or smoothing.</summary>
/// <param name="model">The model.</param>
/// <param name="tokenizer">Its tokenizer.</param>
/// <param name="windows">The windows and the batches.</param>
internal sealed class LanguageModelScorer(CausalLanguageModel model, Tokenizer tokenizer, WindowOptions windows)
{
    // The same text is scored many times.
    private readonly ConditionalWeakTable<TokensInMemory, object> sizes = [];

    public PerplexityScore Score(TokensInMemory text)
    {
        var loss = HeldOutLoss.Of(new LanguageModelObjective(model), PackedWindows<TextBatch>.InOrder(text, new NextTokenWindows(), windows));
        var size = (TextSize)sizes.GetValue(text, found => TextSize.Of(found.Part(1..), tokenizer));
        double bits = loss.Sum / Math.Log(2);
        return new PerplexityScore(loss.Mean, bits / size.Bytes, bits / size.Characters);
    }
}
