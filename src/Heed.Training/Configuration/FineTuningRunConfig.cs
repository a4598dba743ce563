using Heed.Models.Adapters;
using Heed.Models.Configuration;
using Heed.Models.Pretrained;

namespace Heed.Training.Configuration;

/// <summary>What the tasks that teach a language model to answer have in common: conversations, a model to begin from, an adapter.</summary>
public abstract record FineTuningRunConfig : RunConfig
{
    /// <summary>The families of a new model; the first is the usual one.</summary>
    internal static readonly IReadOnlyList<NewModelFamily> Families = [NewModelFamily.Llama, NewModelFamily.Gpt2];

    private const int UsualLength = 512;
    private const string EndOfText = "<|endoftext|>";

    private protected FineTuningRunConfig() => Training = TrainingSection.ForText with
    {
        MaxSteps = 1000,
        BatchTokens = 4096,
        LearningRate = 2e-4,
        WarmupSteps = 20,
        WeightDecay = 0,
        ValidateEvery = 100,
    };

    /// <summary>The conversations.</summary>
    public required ConversationDataSection Data { get; init; }

    /// <summary>How text becomes tokens, for a new model. A model that is tuned has its own tokenizer.</summary>
    public TextTokenizerSection Tokenizer { get; init; } = new();

    /// <summary>The model: the folder of one to tune, or the sizes of a new one.</summary>
    public PretrainedSection Model { get; init; } = new();

    /// <summary>Low-rank adapters to train in place of the model (LoRA); null trains all of it.</summary>
    public AdapterConfig? Adapter { get; init; }

    /// <summary>The longest sequence of a new model.</summary>
    internal int NewLength => Data.MaxTokens ?? Math.Min(UsualLength, Training.BatchTokens);

    /// <summary>The special tokens of a new tokenizer: the end of a text, and what the template marks with.</summary>
    internal IReadOnlyList<string> SpecialTokens => [EndOfText, .. Data.TemplateTokens];

    private protected override IReadOnlyList<string> FixedKeys => ["data.train", "data.template", "data.maxTokens", "data.tooLong", "tokenizer", "model", "adapter"];

    private protected override void ValidateSections()
    {
        Data.Validate();
        Tokenizer.Validate(SpecialTokens);
        Model.Validate(Families, NewLength);
        TextRunConfig.ValidateOrigin(Tokenizer, Model);
        if (Data.UsesModelTemplate && Model.From is null)
        {
            throw new ConfigException($"data.template: {ConversationDataSection.ModelTemplate} takes the chat template of model.from, and a new model has none; choose plain, alpaca or chatml");
        }

        try
        {
            Adapter?.Validate();
        }
        catch (ConfigException error)
        {
            throw new ConfigException($"adapter.{error.Message}", error);
        }
    }
}
