using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Folders;
using Heed.Models.Formats;
using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Text.IO;
using Heed.Text.Tokenizers;

namespace Heed.Models;

/// <summary>Saves and loads a model as a folder in the layout that Hugging Face users know.</summary>
/// <remarks>
/// <c>config.json</c> (what the model is), <c>model.safetensors</c> (its weights, shared ones once), <c>tokenizer.json</c>,
/// <c>generation_config.json</c> (how its output is searched for) and <c>README.md</c> (the model card). Nothing in a folder is
/// ever executed, and nothing is believed before it is checked.
/// </remarks>
public static class ModelFolder
{
    private const string ConfigName = "config.json";
    private const string WeightsName = "model.safetensors";
    private const string TokenizerName = "tokenizer.json";
    private const string GenerationName = "generation_config.json";
    private const string CardName = "README.md";

    private static readonly string[] Files = [ConfigName, WeightsName, TokenizerName, GenerationName, CardName];

    /// <summary>Saves a model. The folder appears, or replaces the model that was there, only when it is complete.</summary>
    /// <param name="folder">The folder; made if missing.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="decoding">How its output is searched for by default.</param>
    /// <param name="card">What people should know about it.</param>
    /// <param name="use">What it is for; null is translation.</param>
    /// <exception cref="ArgumentException">The tokenizer is not the model's, or models of this class cannot be saved.</exception>
    /// <exception cref="ConfigException">An option is out of range.</exception>
    /// <exception cref="IOException">The folder cannot be written, or holds files that are no part of a model; what was there is untouched.</exception>
    public static void Save(string folder, Seq2SeqModel model, Tokenizer tokenizer, DecodingOptions decoding, ModelCard card, ModelUse? use = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(decoding);
        ArgumentNullException.ThrowIfNull(card);
        decoding.Validate();
        ModelFamily family = ModelFamily.Of(model);
        SpecialIds ids = family.Ids(model);
        if (Misfit(model, ids, tokenizer) is { } misfit)
        {
            throw new ArgumentException(misfit, nameof(tokenizer));
        }

        FolderReplacement.Write(folder, Files.Contains, partial =>
        {
            family.SaveConfig(Path.Combine(partial, ConfigName), model);
            SaveWeights(Path.Combine(partial, WeightsName), model);
            tokenizer.Save(partial);
            ConfigFile.Save(Path.Combine(partial, GenerationName), GenerationConfigFile.From(decoding, ids), HuggingFaceJson.Default.GenerationConfigFile);
            AtomicFile.WriteAllText(Path.Combine(partial, CardName), ModelCardText.Write(card, use ?? ModelUse.Translation, model, tokenizer, decoding));
        });
    }

    /// <summary>Writes a folder of a published family's files and its card; it appears, or replaces the one that was there, only when it is complete.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="write">Writes the model's files into the folder that it is given, and returns the text of the card.</param>
    internal static void Replace(string folder, Func<string, string> write) => FolderReplacement.Write(folder, name => Files.Contains(name) || TokenizerFiles.Contains(name), partial =>
    {
        string card = write(partial);
        AtomicFile.WriteAllText(Path.Combine(partial, CardName), card);
    });

    /// <summary>Loads a model and checks that its pieces belong together.</summary>
    /// <param name="folder">The folder; it names the model, or its parent does where it is called <c>model</c>, as in a training run's.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ModelFileException">A file is missing, malformed or of another model; the message says which and how to mend it.</exception>
    /// <exception cref="ConfigException">A configuration is malformed, or describes no model that is known here.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LoadedModel Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        RequireFolder(folder);
        string configPath = Require(folder, ConfigName);
        string weightsPath = Require(folder, WeightsName);
        string tokenizerPath = Require(folder, TokenizerName);
        string configText = ConfigFile.ReadText(configPath);
        ModelFamily family = ModelFamily.Of(configPath, configText);
        Tokenizer tokenizer = LoadTokenizer(tokenizerPath);
        using SafetensorsFile weights = SafetensorsFile.Open(weightsPath);
        Seq2SeqModel model = family.Create(configPath, configText, weights);
        SpecialIds ids = family.Ids(model);
        if (Misfit(model, ids, tokenizer) is { } misfit)
        {
            throw new ModelFileException(tokenizerPath, misfit);
        }

        LoadWeights(model, weights);
        return new LoadedModel(NameOf(folder), model, tokenizer, LoadDecoding(folder, ids));
    }

    /// <summary>What a model is: its architecture and sizes, as its card says them.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">Models of this class cannot be saved.</exception>
    public static IReadOnlyList<ModelCardEntry> Describe(Seq2SeqModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelFamily family = ModelFamily.Of(model);
        return [new("architecture", family.ModelType), .. family.Describe(model)];
    }

    // A run keeps its model in RUN/model; the run's name says more.
    private static string NameOf(string folder)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string name = Path.GetFileName(path);
        return name == "model" && Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 } parent ? parent : name;
    }

    private static void SaveWeights(string path, Seq2SeqModel model)
    {
        var writer = new SafetensorsWriter();
        writer.Metadata["format"] = "pt"; // Hugging Face's loader asks for it
        foreach (NamedParameter parameter in model.NamedParameters())
        {
            writer.Add(parameter);
        }

        writer.Save(path);
    }

    private static void LoadWeights(Seq2SeqModel model, SafetensorsFile weights)
    {
        try
        {
            model.Load(new SafetensorsSource(weights));
        }
        catch (InvalidDataException error)
        {
            throw new ModelFileException(weights.FilePath, $"{error.Message}. {ConfigName} and {WeightsName} belong to different models", error);
        }
    }

    private static Tokenizer LoadTokenizer(string path)
    {
        try
        {
            return Tokenizer.Load(path);
        }
        catch (InvalidDataException error)
        {
            string prefix = path + ": ";
            throw new ModelFileException(path, error.Message.StartsWith(prefix, StringComparison.Ordinal) ? error.Message[prefix.Length..] : error.Message, error);
        }
    }

    private static DecodingOptions LoadDecoding(string folder, SpecialIds ids)
    {
        string path = Path.Combine(folder, GenerationName);
        return File.Exists(path)
            ? ConfigFile.Parse(ConfigFile.ReadText(path), path, HuggingFaceJson.Default.GenerationConfigFile).ToOptions(path, ids)
            : new DecodingOptions();
    }

    /// <summary>Why a tokenizer cannot be a model's, or null.</summary>
    private static string? Misfit(Seq2SeqModel model, SpecialIds ids, Tokenizer tokenizer)
    {
        if (tokenizer.VocabSize != model.VocabSize)
        {
            return $"the tokenizer has {tokenizer.VocabSize} tokens and the model {model.VocabSize}; they do not belong together";
        }

        SpecialTokens special = tokenizer.Special;
        foreach ((string name, int inTokenizer, int? inModel) in ((string, int, int?)[])[("begin", special.BosId, ids.Bos), ("end", special.EosId, ids.Eos), ("padding", special.PadId, ids.Pad)])
        {
            if (inModel is not null && inModel != inTokenizer)
            {
                return $"the tokenizer's {name} token is {inTokenizer} and the model's {inModel}; they do not belong together";
            }
        }

        return null;
    }

    private static void RequireFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        string previous = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + FolderReplacement.PreviousSuffix;
        throw new DirectoryNotFoundException(
            File.Exists(folder) ? $"{folder} is a file; give the folder that holds {ConfigName} and {WeightsName}"
            : Directory.Exists(previous) ? $"there is no model folder {folder}: saving a new one was interrupted. The old model is whole in {previous}; rename it"
            : $"there is no model folder {folder}");
    }

    private static string Require(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        string inside = Path.Combine(folder, "model");
        return File.Exists(path) ? path
            : File.Exists(Path.Combine(inside, name)) ? throw new ModelFileException(folder, $"this is the folder of a run; its model is in {inside}")
            : throw new ModelFileException(folder, $"there is no {name}; a model folder holds {ConfigName}, {WeightsName} and {TokenizerName}, so copy the whole folder again or train the model again");
    }
}
