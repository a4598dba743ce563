using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Formats.Gguf;
using Heed.Models.Formats.Llama2C;
using Heed.Models.Llama;
using Heed.Nn;

namespace Heed.Models.Pretrained;

/// <summary>Reads a published model from any of its formats: makes the model that its description asks for, and fills it with the weights.</summary>
internal static class PretrainedReader
{
    /// <inheritdoc cref="PretrainedModel.Load(string)"/>
    public static PretrainedModel Read(string path)
    {
        using ICheckpoint checkpoint = CheckpointFile.Open(path);
        return checkpoint switch
        {
            GgufFile gguf => FromGguf(gguf),
            Llama2CFile bin => FromLlama2C(bin),
            _ => FromFolder(CheckpointFile.FolderOf(path), checkpoint),
        };
    }

    private static PretrainedModel FromGguf(GgufFile file)
    {
        string architecture = file.Values.Text("general.architecture");
        (Module model, TensorRules rules, string config) = PretrainedFamily.Of(file.FilePath, architecture).FromGguf(file);
        Fill(model, file, rules);
        return new PretrainedModel(architecture, model, config, generation: null) { Metadata = file.Values };
    }

    private static PretrainedModel FromLlama2C(Llama2CFile file)
    {
        Module model = LlamaBin.Create(file);
        Fill(model, file, LlamaBin.Rules(file));
        return new PretrainedModel("llama", model, LlamaBin.Config(file), generation: null);
    }

    private static PretrainedModel FromFolder(string folder, ICheckpoint checkpoint)
    {
        string path = Path.Combine(folder, PretrainedModel.ConfigName);
        if (!File.Exists(path))
        {
            throw new ModelFileException(folder, $"there is no {PretrainedModel.ConfigName}, which says what kind of model the weights are; copy the whole folder");
        }

        string text = ConfigFile.ReadText(path);
        var config = HuggingFaceConfig.Parse(path, text);
        PretrainedFamily family = PretrainedFamily.Of(config);
        Module model = Create(family, config, checkpoint, path);
        Fill(model, checkpoint, family.Rules(model));
        string generation = Path.Combine(folder, PretrainedModel.GenerationName);
        return new PretrainedModel(family.ModelType, model, text, File.Exists(generation) ? ConfigFile.ReadText(generation) : null);
    }

    private static Module Create(PretrainedFamily family, HuggingFaceConfig config, ICheckpoint checkpoint, string path)
    {
        try
        {
            return family.Create(config, checkpoint);
        }
        catch (ConfigException error) when (!error.Message.StartsWith(path, StringComparison.Ordinal))
        {
            // A model's own checks know its numbers, not the file that they came from.
            throw new ConfigException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Sets a model's parameters from a checkpoint.</summary>
    /// <param name="model">The model.</param>
    /// <param name="checkpoint">The weights.</param>
    /// <param name="rules">How the parameters are called there.</param>
    /// <exception cref="ModelFileException">Tensors are missing, too many, or of other shapes.</exception>
    public static void Fill(Module model, ICheckpoint checkpoint, TensorRules rules)
    {
        try
        {
            model.Load(new PretrainedSource(checkpoint, rules, model.NamedParameters()));
        }
        catch (InvalidDataException error)
        {
            throw new ModelFileException(checkpoint.FilePath, error.Message, error);
        }
    }
}
