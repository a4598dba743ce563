using Heed.Models.Bart;
using Heed.Models.Pretrained;

namespace Heed.Models.Marian;

/// <summary>The translators of OPUS-MT: BART with sines and cosines for positions, in halves, and without norms of its embeddings.</summary>
/// <remarks>Tiedemann and Thottingal 2020; trained with Marian (Junczys-Dowmunt et al. 2018).</remarks>
internal sealed class MarianFamily : BartBasedFamily
{
    public override string ModelType => "marian";

    protected override BartConfig Adjust(HuggingFaceConfig config, BartConfig read)
    {
        config.Require("share_encoder_decoder_embeddings", true);
        if (config.IntegerOrNull("decoder_vocab_size") is { } other && other != read.VocabSize)
        {
            throw config.Error("decoder_vocab_size", $"is {other}, but vocab_size {read.VocabSize}; only a vocabulary that both languages share is supported");
        }

        return read with { LearnedPositions = false, EmbeddingNorm = false };
    }
}
