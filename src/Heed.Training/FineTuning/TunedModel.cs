using Heed.Models;
using Heed.Models.Adapters;
using Heed.Models.Causal;
using Heed.Models.Chat;
using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Models.Prompts;
using Heed.Nn;
using Heed.Tensors.Random;
using Heed.Text.IO;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data.Texts;

namespace Heed.Training.FineTuning;

/// <summary>A language model that learns to answer, with all that belongs to it.</summary>
/// <param name="Pretrained">The model and its files.</param>
/// <param name="Model">The model.</param>
/// <param name="Adapter">What is trained of it; null trains all.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
/// <param name="Encoder">Writes conversations as it reads them.</param>
/// <param name="Template">The same for whoever chats with the finished model; null where its form has none.</param>
internal sealed record TunedModel(PretrainedModel Pretrained, CausalLanguageModel Model, ModelAdapter? Adapter, Tokenizer Tokenizer, ConversationEncoder Encoder, ChatTemplate? Template)
{
    /// <summary>What is trained, and kept in checkpoints.</summary>
    public Module Trained => Adapter is null ? Model : Adapter;

    /// <summary>The model that a run begins with, even where the run is resumed.</summary>
    /// <param name="config">The run's configuration.</param>
    /// <param name="setup">Where the run is.</param>
    /// <param name="texts">What a new tokenizer is trained on.</param>
    /// <exception cref="ConfigException">The model does not continue text, or its tokenizer does not fit.</exception>
    public static TunedModel Open(FineTuningRunConfig config, RunSetup setup, Func<IEnumerable<string>> texts)
    {
        setup.Status?.Report(config.Model.From is null ? "training the tokenizer" : "loading the model");
        PretrainedModel? given = config.Model.From is { } from ? PretrainedModel.Load(from) : null;
        GuardFamily(given, config);
        Tokenizer tokenizer = setup.TokenizerOf(() => Open(config, given, texts, setup));
        PretrainedModel pretrained = given ?? config.Model.Create(FineTuningRunConfig.Families, new NewModelTokens(tokenizer.VocabSize, EndOf(tokenizer), PadId: null), config.NewLength, config.Training.Seed);
        var model = (CausalLanguageModel)pretrained.Model;
        TextTokenizers.Guard(tokenizer, model.VocabSize);
        int endId = pretrained.GenerationOptions().StopTokens is [int first, ..] ? first : EndOf(tokenizer);
        ChatTemplate? template = TemplateOf(config);
        ConversationEncoder encoder = config.Data.UsesModelTemplate
            ? new ChatTemplateEncoder(tokenizer, template!, endId)
            : new PromptEncoder(tokenizer, PromptTemplate.Named(config.Data.Template), endId);
        ModelAdapter? adapter = config.Adapter is { } sizes ? Adapt(pretrained, sizes, config.Training.Seed) : null;
        return new TunedModel(pretrained, model, adapter, tokenizer, encoder, template);
    }

    /// <summary>Writes the finished model, and its adapter apart from it.</summary>
    /// <param name="directory">The run's folder.</param>
    /// <param name="config">The run's configuration.</param>
    /// <param name="examples">What it was trained on.</param>
    /// <param name="training">How it was trained.</param>
    public void Save(RunDirectory directory, FineTuningRunConfig config, int examples, IReadOnlyList<ModelCardEntry> training)
    {
        Adapter?.Save(directory.AdapterPath, config.Model.From);
        Adapter?.Merge(keepOriginal: false);
        var card = new ModelCard
        {
            Name = Path.GetFileName(Path.GetFullPath(directory.Path)),
            Data = [new ModelCardData(Path.GetFileName(config.Data.Train), examples)],
            Training = [.. training, new("prompt template", config.Data.Template), .. config.Model.From is { } start ? [new ModelCardEntry("tuned from", start)] : Array.Empty<ModelCardEntry>()],
            Scores = [],
        };
        Pretrained.WithStopToken(Encoder.AnswerEndId).SaveWith(directory.ModelPath, Tokenizer, ModelUse.TextGeneration with { DataUnit = "examples" }, card);
        if (Template is not null)
        {
            AtomicFile.WriteAllText(Path.Combine(directory.ModelPath, ChatTemplate.FileName), Template.Text);
        }
    }

    private static ChatTemplate? TemplateOf(FineTuningRunConfig config) => config.Data.Template switch
    {
        ConversationDataSection.ModelTemplate => ChatTemplate.Find(config.Model.From!)
            ?? throw new ConfigException($"data.template: {config.Model.From} brings no chat template; choose {string.Join(", ", PromptTemplate.Names)}"),
        "chatml" => ChatTemplate.Named("chatml"),
        _ => null,
    };

    private static void GuardFamily(PretrainedModel? given, FineTuningRunConfig config)
    {
        if (given is not null and not { Model: CausalLanguageModel })
        {
            throw new ConfigException($"model.from: {config.Model.From} holds a model of the family {given.Architecture}, which does not continue text; this task trains GPT-2, LLaMA, Mistral and Qwen2");
        }
    }

    private static ModelAdapter Adapt(PretrainedModel model, AdapterConfig sizes, ulong seed)
    {
        try
        {
            return ModelAdapter.Create(model, sizes, new SeededRandom(seed));
        }
        catch (ConfigException error)
        {
            throw new ConfigException($"adapter.{error.Message}", error);
        }
    }

    private static Tokenizer Open(FineTuningRunConfig config, PretrainedModel? given, Func<IEnumerable<string>> texts, RunSetup setup) =>
        given is not null && config.Tokenizer.From is null
            ? PretrainedTokenizer.OfModel(config.Model.From!, given)
            : config.Tokenizer.Create(texts(), config.SpecialTokens, setup.Cancellation);

    private static int EndOf(Tokenizer tokenizer) => tokenizer.Special.EosId != SpecialTokens.None
        ? tokenizer.Special.EosId
        : throw new ConfigException("the tokenizer has no token that ends a text, which has to end answers too; take one that has, or leave tokenizer.from out to train one");
}
