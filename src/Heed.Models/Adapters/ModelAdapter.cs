using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Nn;
using Heed.Nn.Adapters;
using Heed.Tensors.Random;

namespace Heed.Models.Adapters;

/// <summary>The low-rank adapters of one model: what LoRA trains while the model stays as it is.</summary>
/// <remarks>
/// <para>Hu et al. 2021. Making one freezes the model: its parameters receive no gradients, so an optimiser keeps no moments for them. What is trained,
/// and what a checkpoint of the training holds, are this module's own parameters.</para>
/// <para>Adapters sit on linear layers of the Transformer's stacks; token tables and output layers have none.</para>
/// </remarks>
public sealed class ModelAdapter : Module
{
    private readonly Module model;

    private ModelAdapter(Module model, AdapterConfig config, TensorRules rules, IReadOnlyList<AdaptedLayer> layers)
    {
        this.model = model;
        Config = config;
        Rules = rules;
        Layers = layers;
        foreach (AdaptedLayer layer in layers)
        {
            foreach ((int part, LoraAdapter adapter) in layer.Adapters)
            {
                Child(layer.Layer.Parts[part].Name, adapter);
            }
        }

        model.Freeze();
        Attach();
    }

    /// <summary>What was asked for.</summary>
    public AdapterConfig Config { get; }

    /// <summary>Whether the adapters are added to the model's weights.</summary>
    public bool IsMerged => Adapters.First().IsMerged;

    internal IReadOnlyList<AdaptedLayer> Layers { get; }

    internal TensorRules Rules { get; }

    internal Module Model => model;

    private IEnumerable<LoraAdapter> Adapters => Layers.SelectMany(layer => layer.Adapters.Values);

    /// <summary>Gives a model new adapters, which change nothing until they are trained, and freezes it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="config">Which layers, and how wide.</param>
    /// <param name="random">Draws the matrices A, in the order of the model's layers.</param>
    /// <exception cref="ConfigException">A value is out of range, or a target names no layer; the message lists those there are.</exception>
    public static ModelAdapter Create(PretrainedModel model, AdapterConfig config, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Create(model.Model, model.Rules(), config, random);
    }

    /// <inheritdoc cref="Create(PretrainedModel, AdapterConfig, RandomSource)"/>
    public static ModelAdapter Create(Module model, AdapterConfig config, RandomSource random) => Create(model, new TensorRules(), config, random);

    /// <summary>Gives a model the adapters of a folder in the layout of Hugging Face's PEFT library, and freezes it.</summary>
    /// <param name="folder">Holds <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</param>
    /// <param name="model">The model that they were trained for.</param>
    /// <exception cref="Formats.ModelFileException">A file is missing or malformed, or the adapters are another model's.</exception>
    /// <exception cref="ConfigException">The configuration is malformed, or asks for what is not supported.</exception>
    public static ModelAdapter Load(string folder, PretrainedModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return AdapterFolder.Load(folder, model.Model, model.Rules());
    }

    /// <inheritdoc cref="Load(string, PretrainedModel)"/>
    public static ModelAdapter Load(string folder, Module model) => AdapterFolder.Load(folder, model, new TensorRules());

    /// <summary>Saves the adapters as a folder that Hugging Face's PEFT library loads.</summary>
    /// <param name="folder">The folder; made if missing.</param>
    /// <param name="baseModel">The name or path of the model they belong to, for those who read the folder; null says nothing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string folder, string? baseModel = null) => AdapterFolder.Save(this, folder, baseModel);

    /// <summary>Lets the model compute with its adapters, as after making one.</summary>
    /// <exception cref="InvalidOperationException">They are merged, or the model has others.</exception>
    public void Attach() => ForAll(adapter => adapter.Attach());

    /// <summary>Lets the model compute as if there were no adapters.</summary>
    public void Detach() => ForAll(adapter => adapter.Detach());

    /// <summary>Adds the adapters to the model's weights: it then computes as fast as before, and is saved with what was learned.</summary>
    /// <param name="keepOriginal">Whether to keep copies of the weights, so that <see cref="Unmerge"/> can restore their bits.</param>
    /// <exception cref="InvalidOperationException">They are merged already.</exception>
    public void Merge(bool keepOriginal = true) => ForAll(adapter => adapter.Merge(keepOriginal));

    /// <summary>Gives the model its weights back, to the bit, and attaches the adapters.</summary>
    /// <exception cref="InvalidOperationException">They are not merged, or the weights were not kept.</exception>
    public void Unmerge() => ForAll(adapter => adapter.Unmerge());

    internal static ModelAdapter Of(Module model, AdapterConfig config, TensorRules rules, IEnumerable<(AdaptableLayer Layer, IReadOnlyList<int> Parts)> chosen, RandomSource? random) =>
        new(model, config, rules, [.. chosen.Select(choice => AdaptedLayer.Create(choice.Layer, choice.Parts, config.Options, random))]);

    private static ModelAdapter Create(Module model, TensorRules rules, AdapterConfig config, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(random);
        config.Validate();
        return Of(model, config, rules, AdapterTargets.Choose(AdaptableLayer.Of(model, rules), config), random);
    }

    private void ForAll(Action<LoraAdapter> action)
    {
        foreach (LoraAdapter adapter in Adapters)
        {
            action(adapter);
        }
    }
}
