using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Seq2Seq;

namespace Heed.Models.Folders;

/// <summary>A family whose models are made by one kind of configuration.</summary>
/// <typeparam name="TConfig">The configuration.</typeparam>
internal abstract class ModelFamily<TConfig> : ModelFamily
    where TConfig : Seq2SeqConfig
{
    public sealed override bool Owns(Seq2SeqModel model) => model.Config is TConfig;

    public sealed override void SaveConfig(string path, Seq2SeqModel model) => SaveConfig(path, ConfigOf(model));

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

    protected abstract void SaveConfig(string path, TConfig config);

    /// <summary>Reads a configuration whose values are still to be checked.</summary>
    protected abstract TConfig Read(string path, string text);

    /// <summary>The matrices alone, without biases and norms.</summary>
    protected abstract Int128 FewestParameters(TConfig config);

    protected abstract IEnumerable<ModelCardEntry> Describe(TConfig config);

    private static TConfig ConfigOf(Seq2SeqModel model) => (TConfig)model.Config;

    private TConfig Parse(string path, string text)
    {
        TConfig config = Read(path, text);
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
