using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;
using Heed.Training.Summarizing;

namespace Heed.Training.Configuration;

/// <summary>The task <c>summarization</c>: an encoder-decoder learns to write summaries of documents.</summary>
public sealed record SummarizationRunConfig : RunConfig
{
    /// <summary>The documents.</summary>
    public required SummarizationDataSection Data { get; init; }

    /// <summary>How text becomes tokens. A model that is trained on has its own tokenizer.</summary>
    public TokenizerOptions Tokenizer { get; init; } = new();

    /// <summary>A folder of T5 or BART to train on, or of a model that <c>heed train</c> wrote; null makes a new one.</summary>
    public string? From { get; init; }

    /// <summary>The sizes of a new model.</summary>
    public ModelSection Model { get; init; } = new TransformerSection();

    /// <summary>How the finished model searches for a summary unless told otherwise.</summary>
    public DecodingOptions Decoding { get; init; } = new() { MaxLengthFactor = 0, MaxLengthOffset = 64, NoRepeatNgramSize = 3 };

    private protected override IReadOnlyList<string> FixedKeys => ["data.train", "data.maxTokens", "data.maxSummaryTokens", "data.learnBestSentence", "tokenizer", "from", "model"];

    internal override TrainingRun Open(RunSetup setup) => SummarizationRun.Open(this, setup);

    private protected override void ValidateSections()
    {
        Data.Validate();
        Decoding.Validate();
        if (From is not null)
        {
            return;
        }

        Tokenizer.Validate();
        Seq2SeqConfig sizes = Model.ToConfig(Tokenizer.VocabSize);
        sizes.Validate();
        if (Math.Max(Data.MaxTokens, Data.MaxSummaryTokens) >= sizes.MaxLength)
        {
            throw new ConfigException($"data.maxTokens is {Data.MaxTokens} and data.maxSummaryTokens {Data.MaxSummaryTokens}, but the model reads only model.maxLength {sizes.MaxLength} tokens, of which one ends the text; raise the last to {Math.Max(Data.MaxTokens, Data.MaxSummaryTokens) + 1}");
        }
    }
}
