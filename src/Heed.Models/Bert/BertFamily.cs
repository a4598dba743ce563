using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Pretrained;

namespace Heed.Models.Bert;

/// <summary>BERT.</summary>
/// <remarks>Devlin et al. 2019.</remarks>
internal sealed class BertFamily : EncoderFamily
{
    public override string ModelType => "bert";

    public override string ClassifierName => "BertForSequenceClassification";

    protected override string Prefix => "bert.";

    protected override IReadOnlyList<string> HeadNames => ["cls.", "classifier."];

    protected override EncoderConfig Read(HuggingFaceConfig config, EncoderHead head, ICheckpoint checkpoint) =>
        BertConfigFile.Read(config, head) with { HasPooler = head == EncoderHead.Classes || (head == EncoderHead.None && HasPooler(checkpoint)) };

    protected override void AddRules(TensorRules rules, EncoderConfig config)
    {
        rules.AddBertLayers(Prefix);
        rules.Add(Prefix + "pooler.dense.{p}", "pooler.{p}");
        rules.Add("cls.predictions.transform.dense.{p}", "lm_head.dense.{p}");
        rules.Add("cls.predictions.transform.LayerNorm.{p}", "lm_head.layer_norm.{p}");
        rules.Add("cls.predictions.bias", "lm_head.bias");
    }

    // The output layer's weight is the token table and its bias the head's, under a second name.
    protected override bool IsLeftOver(string name, EncoderConfig config) =>
        name.StartsWith("cls.predictions.decoder.", StringComparison.Ordinal)
        || name.StartsWith("cls.seq_relationship.", StringComparison.Ordinal)
        || (config.Head == EncoderHead.MaskedTokens && name.StartsWith("bert.pooler.", StringComparison.Ordinal))
        || (config.Head != EncoderHead.MaskedTokens && name.StartsWith("cls.", StringComparison.Ordinal));

    private static bool HasPooler(ICheckpoint checkpoint) => checkpoint.Tensors.Any(tensor => tensor.Name.EndsWith("pooler.dense.weight", StringComparison.Ordinal));
}
