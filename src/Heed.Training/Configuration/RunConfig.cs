using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Heed.Models.Configuration;

namespace Heed.Training.Configuration;

/// <summary>
/// Everything that defines a training run: what <c>heed train CONFIG.yaml</c> reads and a run directory keeps. The key <c>task</c> chooses
/// what is trained, and with it the other sections; a file without it describes a translator.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "task")]
[JsonDerivedType(typeof(TranslationRunConfig), "translation")]
[JsonDerivedType(typeof(LanguageModelRunConfig), "language-model")]
[JsonDerivedType(typeof(MaskedLanguageModelRunConfig), "masked-language-model")]
[JsonDerivedType(typeof(SpanCorruptionRunConfig), "span-corruption")]
[JsonDerivedType(typeof(ClassificationRunConfig), "classification")]
[JsonDerivedType(typeof(InstructionRunConfig), "instruction")]
[JsonDerivedType(typeof(PreferenceRunConfig), "preference")]
[JsonDerivedType(typeof(SummarizationRunConfig), "summarization")]
[ConfigDefaultKind("translation")]
public abstract record RunConfig
{
    private protected RunConfig()
    {
    }

    /// <summary>How the model is trained.</summary>
    [JsonPropertyOrder(1)] // behind the sections of the task
    public TrainingSection Training { get; init; } = new();

    /// <summary>What a run cannot change once it has begun, as paths of keys, beside the seed and the size of a batch.</summary>
    private protected abstract IReadOnlyList<string> FixedKeys { get; }

    /// <summary>Loads a configuration file; relative paths in it are relative to the current directory.</summary>
    /// <param name="path">A YAML or JSON file.</param>
    /// <param name="overrides">Texts <c>section.key=value</c>.</param>
    /// <exception cref="ConfigException">A key is unknown, or a value missing or out of range.</exception>
    public static RunConfig Load(string path, IReadOnlyList<string>? overrides = null)
    {
        RunConfig config = ConfigFile.Load(path, RunConfigJson.Default.RunConfig, overrides);
        try
        {
            config.Validate();
        }
        catch (ConfigException error)
        {
            throw new ConfigException($"{Path.GetFileName(path)}: {error.Message}", error);
        }

        return config;
    }

    /// <summary>Writes the configuration, every value included.</summary>
    /// <param name="path">A path ending in <c>.yaml</c> or <c>.json</c>.</param>
    public void Save(string path) => ConfigFile.Save(path, this, RunConfigJson.Default.RunConfig);

    /// <summary>Checks that a run with this configuration can go on with another: same training data, tokenizer, model, seed and batches.</summary>
    /// <param name="next">The other configuration.</param>
    /// <exception cref="ConfigException">It would change what the run has done so far.</exception>
    public void GuardResume(RunConfig next)
    {
        ArgumentNullException.ThrowIfNull(next);
        JsonNode mine = ToTree(this), other = ToTree(next);
        string? changed = FixedKeys.Prepend("task").Concat(["training.seed", "training.batchTokens", "training.batchSequences"])
            .FirstOrDefault(key => !JsonNode.DeepEquals(Find(mine, key), Find(other, key)));
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
            Training.Validate();
            ValidateSections();
        }
        catch (ArgumentException exception)
        {
            throw new ConfigException(exception.Message, exception);
        }
    }

    /// <summary>Makes the run: reads the data, trains the tokenizer or loads it, makes the model.</summary>
    internal abstract TrainingRun Open(RunSetup setup);

    /// <summary>Checks the sections of the task.</summary>
    private protected abstract void ValidateSections();

    private static JsonNode ToTree(RunConfig config) => JsonSerializer.SerializeToNode(config, RunConfigJson.Default.RunConfig)!;

    private static JsonNode? Find(JsonNode root, string path) => path.Split('.').Aggregate((JsonNode?)root, (node, key) => node?[key]);
}

/// <summary>Source-generated serialisation of <see cref="RunConfig"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunConfig))]
internal sealed partial class RunConfigJson : JsonSerializerContext;
