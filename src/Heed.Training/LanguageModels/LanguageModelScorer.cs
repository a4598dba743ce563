using System.Runtime.CompilerServices;
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
        (double sum, long labels) = WindowLoss.Of(new LanguageModelObjective(model), text, new NextTokenWindows(), windows);
        var size = (TextSize)sizes.GetValue(text, found => TextSize.Of(found.Part(1..), tokenizer));
        double bits = sum / Math.Log(2);
        return new PerplexityScore(Math.Exp(sum / labels), sum / labels, bits / size.Bytes, bits / size.Characters);
    }
}
