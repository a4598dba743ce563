using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;
using Heed.Training.Translating;

namespace Heed.Training.Configuration;

/// <summary>The task <c>translation</c>: an encoder-decoder from sentence pairs.</summary>
public sealed record TranslationRunConfig : RunConfig
{
    /// <summary>The sentence pairs.</summary>
    public required DataSection Data { get; init; }

    /// <summary>How text becomes tokens; one tokenizer serves both languages.</summary>
    public TokenizerOptions Tokenizer { get; init; } = new();

    /// <summary>The model: its family and its sizes.</summary>
    public ModelSection Model { get; init; } = new TransformerSection();

    /// <summary>How the finished model translates unless told otherwise.</summary>
    public DecodingOptions Decoding { get; init; } = new();

    private protected override IReadOnlyList<string> FixedKeys => ["data.train", "data.filter", "data.streaming", "tokenizer", "model"];

    internal override TrainingRun Open(RunSetup setup) => new TranslationRun(this, setup);

    private protected override void ValidateSections()
    {
        Data.Validate();
        Tokenizer.Validate();
        ValidateModel(Model.ToConfig(Tokenizer.VocabSize));
        Decoding.Validate();
    }

    private void ValidateModel(Seq2SeqConfig model)
    {
        model.Validate();
        if (Data.Filter.MaxTokens >= model.MaxLength)
        {
            throw new ConfigException($"data.filter.maxTokens is {Data.Filter.MaxTokens}, but the model reads only model.maxLength {model.MaxLength} tokens, of which one begins or ends the sentence; lower the first to {model.MaxLength - 1} or raise the second to {Data.Filter.MaxTokens + 1}");
        }
    }
}
