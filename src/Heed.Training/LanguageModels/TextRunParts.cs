using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data.Texts;

namespace Heed.Training.LanguageModels;

/// <summary>What a run on running text is made of.</summary>
/// <param name="Setup">The run's.</param>
/// <param name="Tokenizer">Trained on the text, or the model's own.</param>
/// <param name="Data">The text as tokens.</param>
/// <param name="Pretrained">The model, new or gone on with.</param>
internal sealed record TextRunParts(RunSetup Setup, Tokenizer Tokenizer, TextData Data, PretrainedModel Pretrained)
{
    /// <summary>Makes the parts, one after another.</summary>
    /// <param name="config">What is asked for.</param>
    /// <param name="setup">The run's.</param>
    /// <param name="leastTokens">How many tokens the task needs.</param>
    /// <param name="generation">The text of a new model's <c>generation_config.json</c>, given the end token; null for none.</param>
    /// <exception cref="ConfigException">The parts do not fit each other.</exception>
    public static TextRunParts Open(TextRunConfig config, RunSetup setup, int leastTokens, Func<int, string>? generation = null)
    {
        Tokenizer tokenizer = TextTokenizers.Open(config.Data, config.Tokenizer, config.Model, config.SpecialTokens, setup);
        SpecialTokens special = tokenizer.Special;
        int endId = special.EosId != SpecialTokens.None ? special.EosId : special.SeparatorId;
        if (endId == SpecialTokens.None)
        {
            throw new ConfigException("the tokenizer has no token that ends a text, which has to stand between documents; take one that has, or leave tokenizer.from out to train one");
        }

        var data = TextData.Load(config.Data, tokenizer, endId, setup, leastTokens);
        var tokens = new NewModelTokens(tokenizer.VocabSize, endId, special.PadId == SpecialTokens.None ? null : special.PadId);
        PretrainedModel pretrained = config.Model.Create(config.Families, tokens, config.Data.Context, config.Training.Seed, generation?.Invoke(endId));
        return new TextRunParts(setup, tokenizer, data, pretrained);
    }

    /// <summary>The model as the class that the task trains.</summary>
    /// <param name="config">Where it came from.</param>
    /// <param name="wanted">What the task trains, for the message.</param>
    /// <exception cref="ConfigException">It is of another class.</exception>
    public TModel ModelAs<TModel>(TextRunConfig config, string wanted)
        where TModel : class => Pretrained.Model as TModel
        ?? throw new ConfigException($"model.from: {config.Model.From} holds a model of the family {Pretrained.Architecture}; this task trains {wanted}");
}
