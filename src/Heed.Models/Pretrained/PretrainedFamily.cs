using Heed.Models.Bart;
using Heed.Models.Bert;
using Heed.Models.Configuration;
using Heed.Models.DistilBert;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Gpt2;
using Heed.Models.Llama;
using Heed.Models.Marian;
using Heed.Models.Roberta;
using Heed.Models.T5;
using Heed.Nn;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

namespace Heed.Models.Pretrained;

/// <summary>One kind of published model: how its configuration is read, and what its tensors are called. One class for each family.</summary>
internal abstract class PretrainedFamily
{
    private const string OwnPrefix = "heed_";

    private static readonly PretrainedFamily[] All = 
    [
        new LlamaFamily("llama"), new LlamaFamily("mistral"), new LlamaFamily("qwen2"), new Gpt2Family(),
        new BertFamily(), new RobertaFamily(), new DistilBertFamily(), new T5Family(), new MarianFamily(), new BartFamily(),
    ];

    /// <summary>The value of <c>model_type</c>.</summary>
    public abstract string ModelType { get; }

    /// <summary>What Hugging Face's library calls a classifier of this family; null where there are none.</summary>
    public virtual string? ClassifierName => null;

    /// <summary>Which state classifiers of this family score classes from in Hugging Face's library.</summary>
    public virtual Pooling UsualPooling => Pooling.Last;

    /// <summary>The family that a <c>config.json</c> names.</summary>
    /// <exception cref="ConfigException">It names none, or one that is not known.</exception>
    public static PretrainedFamily Of(HuggingFaceConfig config)
    {
        string name = config.RequiredText("model_type");
        return All.FirstOrDefault(family => family.ModelType == name)
            ?? throw config.Error("model_type", name.StartsWith(OwnPrefix, StringComparison.Ordinal) ? $"is {Display.Quote(name)}, a translator of heed train; use it with heed translate" : Unknown(name));
    }

    /// <summary>The family of a GGUF file or a model's own type.</summary>
    /// <exception cref="ModelFileException">The name is not known.</exception>
    public static PretrainedFamily Of(string path, string name) => All.FirstOrDefault(family => family.ModelType == name)
        ?? throw new ModelFileException(path, "the architecture " + Unknown(name));

    /// <summary>Whether a value of <c>model_type</c> names one of these families.</summary>
    public static bool IsKnown(string name) => All.Any(family => family.ModelType == name);

    /// <summary>Makes a model whose weights are still to be loaded.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="checkpoint">Its weights: a configuration that asks for more than they hold is refused before anything is allocated.</param>
    /// <exception cref="ConfigException">The configuration is malformed, does not fit the weights, or asks for what is not supported.</exception>
    public abstract Module Create(HuggingFaceConfig config, ICheckpoint checkpoint);

    /// <summary>Makes a classifier with new weights and the sizes of a model of this family; only where it has a <see cref="ClassifierName"/>.</summary>
    public virtual Module CreateClassifier(Module body, int numClasses, Pooling pooling, RandomSource random) => throw new NotSupportedException();

    /// <summary>Draws the weights of a new model, as the family's authors do.</summary>
    /// <param name="model">A model that <see cref="Create"/> made.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="random">Draws the weights.</param>
    public virtual void Initialize(Module model, HuggingFaceConfig config, RandomSource random)
    {
        double deviation = config.NumberOrNull("initializer_range") ?? InitialWeights.UsualDeviation;
        InitialWeights.Draw(model, _ => deviation, random);
    }

    /// <summary>The names and layouts of a model's tensors in Hugging Face's files.</summary>
    public abstract TensorRules Rules(Module model);

    /// <summary>Makes a model from a GGUF file's metadata.</summary>
    /// <exception cref="ModelFileException">The metadata are incomplete, or this family is not read from GGUF.</exception>
    public virtual (Module Model, TensorRules Rules, string Config) FromGguf(GgufFile file) =>
        throw new ModelFileException(file.FilePath, $"{ModelType} models are not read from GGUF files; use the Hugging Face folder");

    /// <summary>Writes a model as a GGUF file.</summary>
    /// <exception cref="ArgumentException">This family is not written as GGUF.</exception>
    public virtual void SaveGguf(PretrainedModel model, string path, GgufTensorType type, GgufVocabulary? tokenizer) =>
        throw new ArgumentException($"{ModelType} models are not written as GGUF files; the known ones are llama, mistral and qwen2", nameof(model));

    /// <summary>Refuses a configuration that describes more layers or parameters than a checkpoint holds, before anything is allocated for them.</summary>
    internal static void GuardSize(Int128 fewestParameters, int numLayers, ICheckpoint checkpoint)
    {
        if (checkpoint is NoCheckpoint)
        {
            return;
        }

        if (numLayers > checkpoint.Tensors.Count)
        {
            throw new ConfigException($"the configuration describes a model of {numLayers} layers, but {checkpoint.FilePath} holds {checkpoint.Tensors.Count} tensors; they belong to different models");
        }

        long held = checkpoint.Tensors.Sum(tensor => tensor.ElementCount);
        if (fewestParameters > held)
        {
            throw new ConfigException($"the configuration describes a model of more than {fewestParameters} parameters, but {checkpoint.FilePath} holds {held}; they belong to different models");
        }
    }

    private static string Unknown(string name) => $"{Display.Quote(name)} is not known; the known ones are {string.Join(", ", All.Select(family => family.ModelType))}";
}
