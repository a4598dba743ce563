using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Models.Tests.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Tests.Decoding;

public sealed class CachedDecodingTests
{
    [Theory]
    [InlineData(1, NormPlacement.PreNorm)]
    [InlineData(4, NormPlacement.PreNorm)]
    [InlineData(3, NormPlacement.PostNorm)]
    public void A_search_with_the_cache_has_the_bits_of_one_without(int beamSize, NormPlacement norms)
    {
        Check(TinyTranslator.CreateModel(seed: 6, norms), beamSize);
    }

    [Theory]
    [MemberData(nameof(SmallModels.NoTransformers), MemberType = typeof(SmallModels))]
    public void So_has_a_search_with_any_other_model(string name)
    {
        Seq2SeqConfig config = SmallModels.Config(name) with { VocabSize = TinyTranslator.Tokenizer.VocabSize, MaxLength = 64 };
        Check(config.CreateModel(new SeededRandom(5)), beamSize: 3);
    }

    private static void Check(Seq2SeqModel model, int beamSize)
    {
        int[][] sources = [.. TinyTranslator.Sentences.Select(s => (int[])[.. TinyTranslator.Tokenizer.Encode(s), model.EosId])];
        int[] maxLengths = [.. sources.Select((_, i) => 4 + i)];
        var search = SequenceSearch.Create(GenerationTokens.Create(model.BosId, model.EosId, 0), new DecodingOptions { BeamSize = beamSize, NBest = beamSize });

        using DecodingSession cached = model.Begin(sources.SelectMany(s => s).ToArray(), Segments.FromLengths([.. sources.Select(s => s.Length)]));
        using var uncached = new UncachedSession(model, sources);
        var expected = search.Run(uncached, maxLengths, TestContext.Current.CancellationToken);
        var actual = search.Run(cached, maxLengths, TestContext.Current.CancellationToken);

        for (int i = 0; i < sources.Length; i++)
        {
            Assert.Equal(expected[i].Count, actual[i].Count);
            for (int n = 0; n < expected[i].Count; n++)
            {
                Assert.Equal(expected[i][n].Tokens, actual[i][n].Tokens);
                Assert.Equal(expected[i][n].TokenLogProbabilities, actual[i][n].TokenLogProbabilities); // exactly
                Assert.Equal(expected[i][n].Score, actual[i][n].Score);
            }
        }
    }
}
