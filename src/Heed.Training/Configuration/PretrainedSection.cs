using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Tensors.Random;

namespace Heed.Training.Configuration;

/// <summary>
/// A model in Hugging Face's layout to train: a folder to begin from, or a new one of a family, with the sizes of a preset and what departs from
/// them.
/// </summary>
public sealed record PretrainedSection
{
    private static readonly NewModel AnyFamily = new() { Family = NewModelFamily.Gpt2, VocabSize = 1, DModel = 1, NumLayers = 1, NumHeads = 1, MaxLength = 1, EosId = 0 };

    /// <summary>The folder or file of a model to go on training; null makes a new one.</summary>
    public string? From { get; init; }

    /// <summary>The family of a new model; null is the usual one of the task.</summary>
    public NewModelFamily? Family { get; init; }

    /// <summary>Where the sizes of a new model come from: tiny (4 layers, 128 wide), small (6 layers, 384 wide) or base (12 layers, 768 wide).</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>The width of the residual stream.</summary>
    public int? DModel { get; init; }

    /// <summary>The number of layers; of T5, in the encoder and in the decoder each.</summary>
    public int? NumLayers { get; init; }

    /// <summary>Attention heads.</summary>
    public int? NumHeads { get; init; }

    /// <summary>Key and value heads of LLaMA.</summary>
    public int? NumKeyHeads { get; init; }

    /// <summary>The inner width of the feed-forward layers.</summary>
    public int? DFeedForward { get; init; }

    /// <summary>The longest sequence that the model will read; null is what it is trained on.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The probability of dropping an element; null is 0 for a new model.</summary>
    public float? Dropout { get; init; }

    /// <summary>Checks the section.</summary>
    /// <param name="families">The families that the task trains; the first is the usual one.</param>
    /// <param name="length">The sequences that the model is trained on, in tokens.</param>
    /// <exception cref="ConfigException">A value is out of range or does not fit another.</exception>
    internal void Validate(IReadOnlyList<NewModelFamily> families, int length)
    {
        if (From is not null)
        {
            if (this != new PretrainedSection { From = From })
            {
                throw new ConfigException("model.from brings the model's sizes; leave the other keys of model out, or leave out from to make a new one");
            }

            return;
        }

        NewModelFamily family = Family ?? families[0];
        if (!families.Contains(family))
        {
            throw new ConfigException($"model.family: {Name(family)} is not trained by this task; choose {string.Join(" or ", families.Select(Name))}");
        }

        if (NumKeyHeads is not null && family != NewModelFamily.Llama)
        {
            throw new ConfigException($"model.numKeyHeads means nothing for {Name(family)}; leave it out, or choose model.family: llama");
        }

        if (MaxLength < length)
        {
            throw new ConfigException($"model.maxLength is {MaxLength}, but the model is trained on sequences of {length} tokens; raise it, or lower data.context");
        }

        Sizes(families, new NewModelTokens(VocabSize: 1, EosId: 0, PadId: 0), length).Validate();
    }

    /// <summary>Loads the model or makes it.</summary>
    /// <param name="families">The families that the task trains; the first is the usual one.</param>
    /// <param name="tokens">What the tokenizer says.</param>
    /// <param name="length">The sequences that the model is trained on, in tokens.</param>
    /// <param name="seed">Draws the weights of a new model.</param>
    /// <param name="generation">The text of a new model's <c>generation_config.json</c>, or null.</param>
    internal PretrainedModel Create(IReadOnlyList<NewModelFamily> families, NewModelTokens tokens, int length, ulong seed, string? generation = null) => From is not null
        ? PretrainedModel.Load(From)
        : PretrainedModel.Create(Sizes(families, tokens, length).ToConfig(), new SeededRandom(seed), generation);

    private NewModel Sizes(IReadOnlyList<NewModelFamily> families, NewModelTokens tokens, int length)
    {
        NewModel preset = Preset switch
        {
            "tiny" => AnyFamily with { NumLayers = 4, NumHeads = 4, DModel = 128 },
            "small" => AnyFamily with { NumLayers = 6, NumHeads = 6, DModel = 384 },
            "base" => AnyFamily with { NumLayers = 12, NumHeads = 12, DModel = 768 },
            _ => throw new ConfigException($"model.preset: unknown preset \"{Preset}\"; the presets are tiny, small and base"),
        };
        return preset with
        {
            Family = Family ?? families[0],
            VocabSize = tokens.VocabSize,
            EosId = tokens.EosId,
            PadId = tokens.PadId,
            DModel = DModel ?? preset.DModel,
            NumLayers = NumLayers ?? preset.NumLayers,
            NumHeads = NumHeads ?? preset.NumHeads,
            NumKeyHeads = NumKeyHeads,
            DFeedForward = DFeedForward,
            MaxLength = MaxLength ?? length,
            Dropout = Dropout ?? 0,
        };
    }

    private static string Name(NewModelFamily family) => family.ToString().ToLowerInvariant();
}

/// <summary>What a new model has to know about its tokenizer.</summary>
/// <param name="VocabSize">The number of tokens.</param>
/// <param name="EosId">The token that ends a text.</param>
/// <param name="PadId">The token that fills short lines, or null.</param>
internal sealed record NewModelTokens(int VocabSize, int EosId, int? PadId);
