using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;

namespace Heed.Training.Data.Texts;

/// <summary>The tokenizers of the tasks on running text.</summary>
internal static class TextTokenizers
{
    /// <summary>The tokenizer of a run: trained on its text, or the one of the model that is trained on.</summary>
    public static Tokenizer Open(TextDataSection data, TextTokenizerSection section, PretrainedSection model, IReadOnlyList<string> specialTokens, RunSetup setup) =>
        Open(() => data.Train.Open().Read().Select(piece => piece.Text), section, model, specialTokens, setup);

    /// <summary>The tokenizer of a run: trained on texts, or the one of the model that is trained on.</summary>
    public static Tokenizer Open(Func<IEnumerable<string>> texts, TextTokenizerSection section, PretrainedSection model, IReadOnlyList<string> specialTokens, RunSetup setup) => setup.TokenizerOf(() =>
    {
        if (model.From is not null && section.From is null)
        {
            return PretrainedTokenizer.OfModel(model.From);
        }

        setup.Status?.Report(section.From is null ? "training the tokenizer" : "loading the tokenizer");
        return section.Create(texts(), specialTokens, setup.Cancellation);
    });

    /// <summary>Checks that a tokenizer and a text's windows fit a model.</summary>
    /// <exception cref="ConfigException">They do not.</exception>
    public static void Guard(Tokenizer tokenizer, int vocabSize, int maxLength, int length, string key = "data.context")
    {
        Guard(tokenizer, vocabSize);
        if (length > maxLength)
        {
            throw new ConfigException($"{key} asks for sequences of {length} tokens, but the model of model.from reads only {maxLength}; lower {key}");
        }
    }

    /// <summary>Checks that a model knows all tokens of a tokenizer.</summary>
    /// <exception cref="ConfigException">It does not.</exception>
    public static void Guard(Tokenizer tokenizer, int vocabSize)
    {
        if (tokenizer.VocabSize > vocabSize)
        {
            throw new ConfigException($"the tokenizer has {tokenizer.VocabSize} tokens, but the model knows only {vocabSize}; they do not belong together");
        }
    }
}
