using Heed.Models;
using Heed.Models.Causal;
using Heed.Tensors.Memory;
using Heed.Text.Tokenizers;
using Heed.Training.Data.Texts;

namespace Heed.Training.LanguageModels;

/// <summary>Measures how well a model foretells a text: every token but the first, each in a window of its own place, without dropout or smoothing.</summary>
internal sealed class LanguageModelScorer
{
    private readonly CausalLanguageModel model;
    private readonly TokensInMemory text;
    private readonly WindowOptions options;
    private readonly TextSize size;

    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="text">The text; two tokens at least.</param>
    /// <param name="options">The windows and the batches.</param>
    public LanguageModelScorer(CausalLanguageModel model, Tokenizer tokenizer, TokensInMemory text, WindowOptions options)
    {
        this.model = model;
        this.text = text;
        this.options = options;
        size = TextSize.Of(text.Part(1..), tokenizer);
    }

    /// <summary>The mean loss in nats per token, and what follows from it.</summary>
    public (double Loss, OrderedDictionary<string, double> Scores) Run()
    {
        double sum = 0;
        long tokens = 0;
        foreach (TextBatch batch in PackedWindows<TextBatch>.InOrder(text, new NextTokenWindows(), options))
        {
            using TensorScope scope = TensorScope.Begin();
            sum += (double)model.Loss(batch).Item() * batch.LabelCount;
            tokens += batch.LabelCount;
        }

        var scores = new OrderedDictionary<string, double>
        {
            ["perplexity"] = Math.Exp(sum / tokens),
            ["bits/byte"] = sum / Math.Log(2) / size.Bytes,
            ["bits/character"] = sum / Math.Log(2) / size.Characters,
        };
        return (sum / tokens, scores);
    }
}
