using Heed.Models.Configuration;
using Heed.Models.Formats;
using Heed.Models.Seq2Seq;

namespace Heed.Models.Folders;

/// <summary>Folders that hold a <see cref="TransformerModel"/>.</summary>
internal sealed class TransformerFamily : ModelFamily
{
    public override string ModelType => TransformerConfigFile.Type;

    public override bool Owns(Seq2SeqModel model) => model is TransformerModel;

    public override void SaveConfig(string path, Seq2SeqModel model) =>
        ConfigFile.Save(path, TransformerConfigFile.From(ConfigOf(model)), HuggingFaceJson.Default.TransformerConfigFile);

    public override Seq2SeqModel Create(string path, string text, SafetensorsFile weights)
    {
        TransformerConfig config = ConfigFile.Parse(text, path, HuggingFaceJson.Default.TransformerConfigFile).ToConfig(path);
        long held = weights.Entries.Sum(entry => entry.ElementCount);
        if (FewestParameters(config) > held)
        {
            throw new ConfigException($"{path} describes a model of more than {FewestParameters(config)} parameters, but {weights.FilePath} holds {held}; the two files belong to different models");
        }

        return new TransformerModel(config, random: null);
    }

    public override SpecialIds Ids(Seq2SeqModel model)
    {
        TransformerConfig config = ConfigOf(model);
        return new SpecialIds(config.BosId, config.EosId, config.PadId, config.BosId);
    }

    public override IEnumerable<ModelCardEntry> Describe(Seq2SeqModel model)
    {
        TransformerConfig config = ConfigOf(model);
        return
        [
            new("width (dModel)", $"{config.DModel}"),
            new("layers", $"{config.NumEncoderLayers} in the encoder, {config.NumDecoderLayers} in the decoder"),
            new("attention heads", $"{config.NumHeads}"),
            new("feed-forward width", $"{config.DFeedForward}, {config.Activation}"),
            new("normalisation", config.NormPlacement == Nn.Transformer.NormPlacement.PreNorm ? "before each sub-layer" : "after each sub-layer"),
            new("longest sequence", $"{config.MaxLength} tokens"),
        ];
    }

    private static TransformerConfig ConfigOf(Seq2SeqModel model) => ((TransformerModel)model).Config;

    // The matrices alone, without biases and norms.
    private static Int128 FewestParameters(TransformerConfig config)
    {
        Int128 attention = 4 * (Int128)config.DModel * config.DModel;
        Int128 feedForward = 2 * (Int128)config.DModel * config.DFeedForward;
        return ((Int128)config.VocabSize * config.DModel)
            + (config.NumEncoderLayers * (attention + feedForward))
            + (config.NumDecoderLayers * ((2 * attention) + feedForward));
    }
}
