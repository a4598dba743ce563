using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Heed.Models.Adapters;
using Heed.Models.Classification;
using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Encoders;
using Heed.Models.Folders;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Generation;
using Heed.Nn;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

namespace Heed.Models.Pretrained;

/// <summary>A published model: its weights in a model of ours, and the files that say the rest about it, as they were.</summary>
/// <remarks>
/// Read from a folder as Hugging Face's library writes it, from a GGUF file, or from llama2.c's <c>.bin</c>; written as a folder. Values of
/// any width become 32-bit floats, one tensor at a time.
/// </remarks>
public sealed class PretrainedModel
{
    internal const string ConfigName = "config.json";
    internal const string GenerationName = "generation_config.json";

    internal PretrainedModel(string architecture, Module model, string config, string? generation)
    {
        Architecture = architecture;
        Model = model;
        Config = config;
        Generation = generation;
    }

    /// <summary>The family, as <c>model_type</c> names it: <c>llama</c>, <c>gpt2</c>, <c>bert</c>.</summary>
    public string Architecture { get; }

    /// <summary>The model.</summary>
    public Module Model { get; }

    /// <summary>The text of <c>config.json</c>: the file's own, or one made from a file of another format.</summary>
    public string Config { get; }

    /// <summary>The text of <c>generation_config.json</c>, or null.</summary>
    public string? Generation { get; }

    /// <summary>Whether the model has a head for classes.</summary>
    public bool IsClassifier => ClassLabels.IsClassifier(HuggingFaceConfig.Parse(ConfigName, Config));

    /// <summary>What a GGUF file says about the model's tokenizer; empty for other formats.</summary>
    internal IEnumerable<(string Key, GgufValue Value)> TokenizerMetadata =>
        Metadata?.Keys.Where(key => key.StartsWith("tokenizer.", StringComparison.Ordinal)).Select(key => (key, Metadata.Find(key)!)) ?? [];

    /// <summary>What else a GGUF file says; null for other formats.</summary>
    internal GgufMetadata? Metadata { private get; init; }

    /// <summary>Whether a folder holds a model of a family that is known here.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsKnown(string folder)
    {
        string path = Path.Combine(folder, ConfigName);
        return File.Exists(path) && HuggingFaceConfig.Parse(path, ConfigFile.ReadText(path)).TextOrNull("model_type") is { } type && PretrainedFamily.IsKnown(type);
    }

    /// <summary>Whether a folder's <c>config.json</c> describes a model with a head for classes.</summary>
    /// <param name="folder">The folder.</param>
    internal static bool DescribesClassifier(string folder)
    {
        string path = Path.Combine(folder, ConfigName);
        return ClassLabels.IsClassifier(HuggingFaceConfig.Parse(path, ConfigFile.ReadText(path)));
    }

    /// <summary>Makes a new model, with the weights that training begins with.</summary>
    /// <param name="config">The text of a <c>config.json</c>: the family and its sizes. See <see cref="NewModel"/>.</param>
    /// <param name="random">Draws the weights as the family's authors do.</param>
    /// <param name="generation">The text of its <c>generation_config.json</c>, or null.</param>
    /// <exception cref="ConfigException">The configuration is malformed, or of an architecture that is not known here.</exception>
    public static PretrainedModel Create(string config, RandomSource random, string? generation = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(random);
        var parsed = HuggingFaceConfig.Parse(ConfigName, config);
        PretrainedFamily family = PretrainedFamily.Of(parsed);
        Module model = family.Create(parsed, NoCheckpoint.Instance);
        family.Initialize(model, parsed, random);
        return new PretrainedModel(family.ModelType, model, config, generation);
    }

    /// <summary>Loads a model.</summary>
    /// <param name="path">A folder with <c>config.json</c> and safetensors, a <c>.gguf</c> file, or a <c>.bin</c> file of llama2.c.</param>
    /// <exception cref="ModelFileException">A file is missing, malformed or of another model; tensors that are missing or too many are named.</exception>
    /// <exception cref="ConfigException">The configuration is malformed, or of an architecture that is not known here.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static PretrainedModel Load(string path) => PretrainedReader.Read(path);

    /// <summary>Loads a model and adds an adapter to its weights.</summary>
    /// <param name="path">The model: see <see cref="Load(string)"/>.</param>
    /// <param name="adapter">The adapter's folder, in the layout of Hugging Face's PEFT library; null adds none.</param>
    /// <exception cref="ModelFileException">A file of the model or the adapter is malformed, or they do not belong together.</exception>
    /// <exception cref="ConfigException">A configuration is malformed, or asks for what is not supported.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static PretrainedModel Load(string path, string? adapter)
    {
        PretrainedModel model = Load(path);
        if (adapter is not null)
        {
            ModelAdapter.Load(adapter, model).Merge(keepOriginal: false);
        }

        return model;
    }

    /// <summary>The tokens that begin and end outputs, those that are never written, and those that are forced, as <c>generation_config.json</c> or else <c>config.json</c> names them.</summary>
    /// <exception cref="ConfigException">No end token is named, a value is malformed, or a forbidden word has several tokens.</exception>
    public GenerationTokens GenerationTokens() => GenerationFile.Tokens(GenerationSource());

    /// <summary>How the output of a model that reads one text and writes another is searched for, as <c>generation_config.json</c> or else <c>config.json</c> says.</summary>
    /// <exception cref="ConfigException">A value is malformed or out of range.</exception>
    public DecodingOptions DecodingOptions() => GenerationFile.Decoding(GenerationSource());

    /// <summary>How a causal language model's text is continued, as <c>generation_config.json</c> or else <c>config.json</c> says.</summary>
    /// <exception cref="ConfigException">A value is malformed or out of range; the message names the file.</exception>
    public GenerationOptions GenerationOptions() => GenerationDefaults.Read(GenerationSource(), Generation is null ? ConfigName : GenerationName);

    /// <summary>The names of a classifier's classes, in the order of its scores, as <c>config.json</c> has them.</summary>
    /// <exception cref="ConfigException">A class has no name, or two have the same.</exception>
    public ImmutableArray<string> Labels() => ClassLabels.Read(HuggingFaceConfig.Parse(ConfigName, Config));

    /// <summary>Makes a classifier of this model: its body with its weights, and a new head. A classifier of the same classes keeps its head.</summary>
    /// <param name="labels">The names of the classes, two at least.</param>
    /// <param name="random">Draws the head's weights.</param>
    /// <param name="pooling">Which state the classes are scored from; null for the one of Hugging Face's class.</param>
    /// <exception cref="ConfigException">There are no classifiers of this family.</exception>
    public PretrainedModel ToClassifier(IReadOnlyList<string> labels, RandomSource random, Pooling? pooling = null) => ClassifierMaker.Make(this, labels, random, pooling);

    /// <summary>Saves the model as a folder that Hugging Face's library loads.</summary>
    /// <param name="folder">The folder; made if missing. Other files in it stay.</param>
    /// <param name="dataType">How the weights are stored: F32, F16 or BF16.</param>
    /// <param name="maxShardBytes">The most bytes of weights in one file; more are spread over several.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OverflowException">A weight is too large for F16.</exception>
    public void Save(string folder, SafetensorsDataType dataType = SafetensorsDataType.Float32, long maxShardBytes = long.MaxValue) =>
        PretrainedFolder.Save(this, folder, dataType, maxShardBytes);

    /// <summary>Saves a trained model with its tokenizer and its card: a folder to serve, to fine-tune and to publish.</summary>
    /// <param name="folder">The folder; made if missing. It appears, or replaces the model that was there, only when it is complete.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="use">What the model is for.</param>
    /// <param name="card">What people should know about it.</param>
    /// <exception cref="IOException">The folder cannot be written, or holds files that are no part of a model; what was there is untouched.</exception>
    public void SaveWith(string folder, Tokenizer tokenizer, ModelUse use, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(use);
        ArgumentNullException.ThrowIfNull(card);
        ModelFolder.Replace(folder, partial =>
        {
            Save(partial);
            tokenizer.Save(partial);
            return ModelCardText.Write(card, use,
            [
                ["type", Architecture],
                ["parameters", ModelCardText.Number(Model.ParameterCount)],
                ["vocabulary", $"{ModelCardText.Number(tokenizer.VocabSize)} ({tokenizer.Kind})"],
            ]);
        });
    }

    /// <summary>Saves the model as a GGUF file that llama.cpp reads: LLaMA, Mistral and Qwen2.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">How matrices are stored: F32, F16, Q8_0 or Q4_0. Rows that blocks do not divide become F16.</param>
    /// <param name="tokenizer">The tokenizer that goes into the file, as <see cref="GgufVocabulary.Of"/> describes it; null takes the one of the GGUF file that the model came from.</param>
    /// <exception cref="ArgumentException">The family or the type is not written as GGUF.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveGguf(string path, GgufTensorType type = GgufTensorType.F32, GgufVocabulary? tokenizer = null) =>
        PretrainedFamily.Of(path, Architecture).SaveGguf(this, path, type, tokenizer);

    /// <summary>The tokenizer that the model's file brings along, as GGUF files do.</summary>
    /// <returns>The tokenizer; null if the file has none: see <see cref="PretrainedTokenizer.OfModel"/>, which then looks beside it.</returns>
    /// <exception cref="InvalidDataException">It is malformed; the message names the key.</exception>
    public Tokenizer? EmbeddedTokenizer() => EmbeddedVocabulary() is { } vocabulary ? vocabulary.CreateTokenizer(Metadata!.FilePath) : null;

    /// <summary>The lists and flags of that tokenizer, its chat template among them; null if there is none.</summary>
    internal GgufVocabulary? EmbeddedVocabulary() => Metadata is null ? null : GgufTokenizer.Read(Metadata);

    /// <summary>The same model, whose texts end with a further token.</summary>
    /// <param name="token">The token; nothing changes where it ends texts already.</param>
    public PretrainedModel WithStopToken(int token)
    {
        HuggingFaceConfig source = GenerationSource();
        ImmutableArray<int> tokens = source.Integers("eos_token_id");
        if (tokens.Contains(token))
        {
            return this;
        }

        JsonObject generation = Generation is null ? new JsonObject { ["bos_token_id"] = source.IntegerOrNull("bos_token_id") } : JsonNode.Parse(Generation)!.AsObject();
        generation["eos_token_id"] = tokens.IsEmpty ? token : new JsonArray([token, .. tokens]);
        return new PretrainedModel(Architecture, Model, Config, generation.ToJsonString() + "\n") { Metadata = Metadata };
    }

    /// <summary>How the tensors of the model are called in a folder of its family.</summary>
    internal TensorRules Rules() => PretrainedFamily.Of(Architecture, Architecture).Rules(Model);

    /// <summary>The token that begins texts; where none is named, the one that ends them, as in GPT-2.</summary>
    internal int StartId()
    {
        HuggingFaceConfig config = GenerationSource();
        return config.IntegerOrNull("bos_token_id") ?? config.Integers("eos_token_id").FirstOrDefault();
    }

    private HuggingFaceConfig GenerationSource() => Generation is null ? HuggingFaceConfig.Parse(ConfigName, Config) : HuggingFaceConfig.Parse(GenerationName, Generation);
}
