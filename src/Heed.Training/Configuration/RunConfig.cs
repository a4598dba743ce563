using System.Text.Json;
using System.Text.Json.Serialization;
using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;

namespace Heed.Training.Configuration;

/// <summary>Everything that defines a training run: what <c>heed train CONFIG.yaml</c> reads and a run directory keeps.</summary>
public sealed record RunConfig
{
    /// <summary>The sentence pairs.</summary>
    public required DataSection Data { get; init; }

    /// <summary>How text becomes tokens; one tokenizer serves both languages.</summary>
    public TokenizerOptions Tokenizer { get; init; } = new();

    /// <summary>The model: its family and its sizes.</summary>
    public ModelSection Model { get; init; } = new TransformerSection();

    /// <summary>How it is trained.</summary>
    public TrainingSection Training { get; init; } = new();

    /// <summary>How the finished model translates unless told otherwise.</summary>
    public DecodingOptions Decoding { get; init; } = new();

    /// <summary>Loads a configuration file; relative paths in it are relative to the current directory.</summary>
    /// <param name="path">A YAML or JSON file.</param>
    /// <param name="overrides">Texts <c>section.key=value</c>.</param>
    /// <exception cref="ConfigException">A key is unknown, or a value missing or out of range.</exception>
    public static RunConfig Load(string path, IReadOnlyList<string>? overrides = null)
    {
        RunConfig config = ConfigFile.Load(path, RunConfigJson.Default.RunConfig, overrides);
        config.Validate();
        return config;
    }

    /// <summary>Writes the configuration, every value included.</summary>
    /// <param name="path">A path ending in <c>.yaml</c> or <c>.json</c>.</param>
    public void Save(string path) => ConfigFile.Save(path, this, RunConfigJson.Default.RunConfig);

    /// <summary>Checks that a run with this configuration can go on with another: same training pairs, tokenizer, model, seed and batches.</summary>
    /// <param name="next">The other configuration.</param>
    /// <exception cref="ConfigException">It would change what the run has done so far.</exception>
    public void GuardResume(RunConfig next)
    {
        ArgumentNullException.ThrowIfNull(next);
        string? changed = next.Data.Train != Data.Train ? "data.train"
            : next.Data.Filter != Data.Filter ? "data.filter"
            : next.Data.Streaming != Data.Streaming ? "data.streaming"
            : next.Tokenizer != Tokenizer ? "tokenizer"
            : next.Model != Model ? "model"
            : next.Training.Seed != Training.Seed ? "training.seed"
            : next.Training.BatchTokens != Training.BatchTokens ? "training.batchTokens"
            : null;
        if (changed is not null)
        {
            throw new ConfigException($"{changed} cannot change in the middle of a run; leave it as it was, or start a new run");
        }
    }

    /// <summary>Checks all sections.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        try
        {
            Data.Validate();
            Tokenizer.Validate();
            ValidateModel(Model.ToConfig(Tokenizer.VocabSize));
            Training.Validate();
            Decoding.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new ConfigException(exception.Message, exception);
        }
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

/// <summary>Source-generated serialisation of <see cref="RunConfig"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunConfig))]
internal sealed partial class RunConfigJson : JsonSerializerContext;
