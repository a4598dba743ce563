using Heed.Models.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Tests.Seq2Seq;

/// <summary>Untrained models and random sentences, small enough to be compared element by element.</summary>
internal static class SmallTransformer
{
    public const int VocabSize = 23;

    public static TransformerConfig Config(NormPlacement placement = NormPlacement.PostNorm) => new()
    {
        VocabSize = VocabSize,
        DModel = 16,
        NumHeads = 2,
        DFeedForward = 24,
        NumEncoderLayers = 2,
        NumDecoderLayers = 2,
        NormPlacement = placement,
        MaxLength = 12,
    };

    public static TransformerModel Create(NormPlacement placement = NormPlacement.PostNorm, ulong seed = 1) => new(Config(placement), new SeededRandom(seed));

    /// <summary>Sentences of 1 to 9 tokens that are not special.</summary>
    public static int[][] Sentences(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, random.Next(1, 10)).Select(_ => random.Next(3, VocabSize)).ToArray())];

    public static TokenBatch Pack(Seq2SeqModel model, int[][] sources, int[][] targets) => TokenBatch.Pack(sources, targets, model.BosId, model.EosId);

    public static Tensor Rows(Tensor x, Segments segments, int sequence) => x.RowRange(segments.Starts[sequence], segments.Lengths[sequence]);
}
