using Heed.Models.Bert;
using Heed.Models.Encoders;
using Heed.Models.Formats;
using Heed.Models.Pretrained;
using Heed.Tensors;

namespace Heed.Models.Roberta;

/// <summary>RoBERTa: BERT with positions counted from behind the padding id, and heads under other names.</summary>
/// <remarks>Liu et al. 2019.</remarks>
internal sealed class RobertaFamily : EncoderFamily
{
    public override string ModelType => "roberta";

    public override string ClassifierName => "RobertaForSequenceClassification";

    protected override string Prefix => "roberta.";

    protected override IReadOnlyList<string> HeadNames => ["lm_head.", "classifier."];

    protected override EncoderConfig Read(HuggingFaceConfig config, EncoderHead head, ICheckpoint checkpoint) =>
        BertConfigFile.Read(config, head) with
        {
            FirstPosition = (config.IntegerOrNull("pad_token_id") ?? 1) + 1,
            HeadActivation = Activation.Gelu, // whatever the layers have
            HasPooler = head == EncoderHead.Classes,
        };

    protected override void AddRules(TensorRules rules, EncoderConfig config)
    {
        rules.AddBertLayers(Prefix);
        rules.Add("lm_head.{x}.{p}", "lm_head.{x}.{p}");
        rules.Add("lm_head.bias", "lm_head.bias");
        rules.Add("classifier.dense.{p}", "pooler.{p}");
        rules.Add("classifier.out_proj.{p}", "classifier.{p}");
    }

    protected override bool IsLeftOver(string name, EncoderConfig config) =>
        name.StartsWith("lm_head.decoder.", StringComparison.Ordinal)
        || name.StartsWith("roberta.pooler.", StringComparison.Ordinal)
        || (config.Head != EncoderHead.MaskedTokens && name.StartsWith("lm_head.", StringComparison.Ordinal));
}
