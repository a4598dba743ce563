using Heed.Models.Pretrained;

namespace Heed.Models.Bart;

/// <summary>BART.</summary>
/// <remarks>Lewis et al. 2020.</remarks>
internal sealed class BartFamily : BartBasedFamily
{
    public override string ModelType => "bart";

    protected override BartConfig Adjust(HuggingFaceConfig config, BartConfig read)
    {
        config.Require("normalize_before", false);
        config.Require("add_final_layer_norm", false);
        return read;
    }
}
