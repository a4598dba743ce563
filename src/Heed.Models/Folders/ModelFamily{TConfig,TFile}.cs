using System.Text.Json.Serialization.Metadata;
using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Seq2Seq;

namespace Heed.Models.Folders;

/// <summary>A family whose models are made by one kind of configuration.</summary>
/// <param name="json">How <c>config.json</c> is serialised.</param>
/// <typeparam name="TConfig">The configuration.</typeparam>
/// <typeparam name="TFile">Its <c>config.json</c>.</typeparam>
internal abstract class ModelFamily<TConfig, TFile>(JsonTypeInfo<TFile> json) : ModelFamily
    where TConfig : Seq2SeqConfig
    where TFile : class, IConfigFile<TFile, TConfig>
{
    public sealed override string ModelType => TFile.Type;

    public sealed override bool Owns(Seq2SeqModel model) => model.Config is TConfig;

    public sealed override void SaveConfig(string path, Seq2SeqModel model) => ConfigFile.Save(path, TFile.From(ConfigOf(model)), json);

    public sealed override Seq2SeqModel Create(string path, string text, SafetensorsFile weights)
    {
        TConfig config = Parse(path, text);
        long held = weights.Entries.Sum(entry => entry.ElementCount);
        if (FewestParameters(config) > held)
        {
            throw new ConfigException($"{path} describes a model of more than {FewestParameters(config)} parameters, but {weights.FilePath} holds {held}; the two files belong to different models");
        }

        return config.CreateModel(random: null);
    }

    public sealed override SpecialIds Ids(Seq2SeqModel model)
    {
        TConfig config = ConfigOf(model);
        return new SpecialIds(config.BosId, config.EosId, config.PadId, config.BosId);
    }

    public sealed override IEnumerable<ModelCardEntry> Describe(Seq2SeqModel model)
    {
        TConfig config = ConfigOf(model);
        return [.. Describe(config), new("longest sequence", $"{config.MaxLength} tokens")];
    }

    /// <summary>The matrices alone, without biases and norms.</summary>
    protected abstract Int128 FewestParameters(TConfig config);

    protected abstract IEnumerable<ModelCardEntry> Describe(TConfig config);

    private static TConfig ConfigOf(Seq2SeqModel model) => (TConfig)model.Config;

    private TConfig Parse(string path, string text)
    {
        TConfig config = ConfigFile.Parse(text, path, json).ToConfig(path);
        try
        {
            config.Validate();
            return config;
        }
        catch (ConfigException error)
        {
            throw new ConfigException($"{path}: {error.Message}", error);
        }
    }
}
