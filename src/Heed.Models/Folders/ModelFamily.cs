using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Seq2Seq;

namespace Heed.Models.Folders;

/// <summary>One kind of model that a folder can hold: how its <c>config.json</c> is read and written. One class for each family.</summary>
internal abstract class ModelFamily
{
    private static readonly ModelFamily[] All = [new TransformerFamily(), new RecurrentFamily(), new ConvolutionalFamily()];

    /// <summary>The value of <c>model_type</c>.</summary>
    public abstract string ModelType { get; }

    /// <summary>The family of a model.</summary>
    /// <exception cref="ArgumentException">Models of this class cannot be saved.</exception>
    public static ModelFamily Of(Seq2SeqModel model) => All.FirstOrDefault(family => family.Owns(model))
        ?? throw new ArgumentException($"a {model.GetType().Name} cannot be saved as a model folder; {string.Join(", ", All.Select(f => f.ModelType))} can", nameof(model));

    /// <summary>The family that a <c>config.json</c> names.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="ConfigException">The file is malformed, or names no known family.</exception>
    public static ModelFamily Of(string path, string text)
    {
        ConfigTree tree = JsonConfigReader.ReadDocument(path, text);
        if (!tree.Root.TryGetPropertyValue("model_type", out var type))
        {
            throw new ConfigException($"{path}: \"model_type\" is missing; it says what kind of model this is, one of {Names()}");
        }

        string name = type is System.Text.Json.Nodes.JsonValue value && value.TryGetValue(out string? written) ? written : ConfigScalarBinder.Describe(type);
        return All.FirstOrDefault(family => family.ModelType == name)
            ?? throw tree.Error("model_type", $"\"model_type\" {Display.Quote(name)} is not known; the known ones are {Names()}");
    }

    /// <summary>Whether a model is of this family.</summary>
    public abstract bool Owns(Seq2SeqModel model);

    /// <summary>Writes <c>config.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">A model of this family.</param>
    public abstract void SaveConfig(string path, Seq2SeqModel model);

    /// <summary>Makes a model whose weights are still to be loaded.</summary>
    /// <param name="path">Its <c>config.json</c>, for messages.</param>
    /// <param name="text">The file's content.</param>
    /// <param name="weights">Its weights: a configuration that asks for more than they hold is refused before anything is allocated.</param>
    /// <exception cref="ConfigException">The configuration is malformed or does not fit the weights.</exception>
    public abstract Seq2SeqModel Create(string path, string text, SafetensorsFile weights);

    /// <summary>The ids of a model's special tokens.</summary>
    public abstract SpecialIds Ids(Seq2SeqModel model);

    /// <summary>What a model card says about the architecture: names and values.</summary>
    public abstract IEnumerable<ModelCardEntry> Describe(Seq2SeqModel model);

    private static string Names() => string.Join(", ", All.Select(family => family.ModelType));
}
