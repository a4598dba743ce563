using System.Text;
using Heed.Models;
using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Training.Configuration;
using Heed.Training.Data.Texts;
using Heed.Training.LanguageModels;

namespace Heed.Training.MaskedLanguageModels;

/// <summary>The run of a masked language model: an encoder learns to name hidden tokens, and is scored by how well it does on other text.</summary>
public sealed class MaskedLanguageModelRun : TextRun
{
    private const int SampleCount = 3;

    private readonly MaskedWindows windows;

    private MaskedLanguageModelRun(MaskedLanguageModelRunConfig config, TextRunParts parts, MaskingTokens tokens)
        : base(config, parts, config.Data.Context - tokens.Prefix.Length - tokens.Suffix.Length)
    {
        Config = config;
        Model = parts.ModelAs<EncoderModel>(config, "encoders with a head for tokens: BERT, RoBERTa and DistilBERT");
        if (Model.TokenHead is null)
        {
            throw new ConfigException($"model.from: {config.Model.From} holds an encoder that scores no tokens; take one that was trained for masked language modelling");
        }

        TextTokenizers.Guard(Tokenizer, Model.Config.VocabSize, Model.Config.MaxLength, config.Data.Context);
        windows = new MaskedWindows(tokens, config.Masking, config.Training.Seed);
        TrainOnWindows(new MaskedTokenObjective(Model, config.Training.LabelSmoothing), windows, Validate);
    }

    /// <inheritdoc/>
    public override MaskedLanguageModelRunConfig Config { get; }

    /// <summary>The model.</summary>
    public EncoderModel Model { get; }

    private protected override ModelUse Use => ModelUse.FillMask;

    internal static MaskedLanguageModelRun Open(MaskedLanguageModelRunConfig config, RunSetup setup)
    {
        TextRunParts parts = TextRunParts.Open(config, setup, leastTokens: 1);
        var tokens = MaskingTokens.Of(parts.Tokenizer);
        return config.Data.Context > tokens.Prefix.Length + tokens.Suffix.Length
            ? new MaskedLanguageModelRun(config, parts, tokens)
            : throw new ConfigException($"data.context is {config.Data.Context}, which the {tokens.Prefix.Length + tokens.Suffix.Length} tokens around each sequence fill; raise it");
    }

    private protected override PerplexityScore Score(TokensInMemory text) =>
        new(HeldOutLoss.Of(new MaskedTokenObjective(Model), PackedWindows<TextBatch>.InOrder(text, windows, Windows)).Mean);

    private ValidationResult Validate(TokensInMemory text)
    {
        PerplexityScore score = Score(text);
        TextBatch first = PackedWindows<TextBatch>.InOrder(text, windows, Windows with { Sequences = SampleCount }).First();
        return new ValidationResult(score.Loss, new OrderedDictionary<string, double> { ["perplexity"] = score.Value }, Samples(first));
    }

    // The text with what is hidden in brackets, and beside it what the model takes it for where that is something else.
    private string[] Samples(TextBatch batch)
    {
        using TensorScope scope = TensorScope.Begin();
        Tensor logits = Model.TokenLogits(batch.Ids, batch.Sequences);
        return [.. Enumerable.Range(0, batch.Sequences.Count).Select(sequence => Sample(batch, sequence, logits))];
    }

    private string Sample(TextBatch batch, int sequence, Tensor logits)
    {
        var text = new StringBuilder();
        int start = batch.Sequences.Starts[sequence];
        for (int place = start; place < start + batch.Sequences.Lengths[sequence]; place++)
        {
            int label = batch.LabelIds[place];
            if (label == TextBatch.NoLabel)
            {
                text.Append(Tokenizer.Decode([batch.Ids[place]]));
                continue;
            }

            int guess = LargestElement.IndexOf(logits.RowRange(place, 1).Values);
            text.Append('[').Append(Tokenizer.Decode([label])).Append(guess == label ? string.Empty : $"/{Tokenizer.Decode([guess])}").Append(']');
        }

        return text.ToString();
    }
}
