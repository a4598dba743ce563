using System.Globalization;
using System.Text;
using Heed.Models.Causal;
using Heed.Models.Decoding;
using Heed.Models.Formats.Gguf;
using Heed.Models.Pretrained;
using Heed.Tensors;
using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Models.Tests.Llama;

/// <summary>A real LLaMA of 260 thousand parameters that writes stories, in three files.</summary>
[Collection(nameof(DefaultDevice))]
public sealed class StoriesTests
{
    private const int Begin = 1;
    private const int NumTokens = 200;

    [Theory]
    [InlineData("stories260K_legacy.bin", 1)]
    [InlineData("stories260K_legacy.bin", 2)]
    [InlineData("stories260K_v1.bin", 2)]
    [InlineData("stories260K.gguf", 1)]
    [InlineData("stories260K.gguf", 2)]
    public void The_most_likely_story_is_the_published_one(string file, int threads)
    {
        string path = SharedFolder.PathOrSkip($"data/stories260K/{file}");
        string expected = File.ReadAllText(SharedFolder.PathOrSkip("data/stories260K/expected_greedy_n200_t0.txt"));
        Device before = Device.Default;
        Device.Default = CpuDevice.Create(threads);
        try
        {
            int[] tokens = MostLikely((CausalLanguageModel)PretrainedModel.Load(path).Model);
            Assert.Equal(NumTokens, tokens.Length);
            Assert.Equal(expected.TrimEnd('\n'), Text(tokens));
        }
        finally
        {
            Device.Default = before;
        }
    }

    [Fact]
    public void A_folder_saved_from_a_file_of_another_format_is_the_same_model()
    {
        PretrainedModel model = PretrainedModel.Load(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"));
        using var folder = new TemporaryFolder();
        model.Save(folder.Path);
        PretrainedModel again = PretrainedModel.Load(folder.Path);
        Assert.Equal(((DecoderOnlyModel)model.Model).Config, ((DecoderOnlyModel)again.Model).Config with { HeadDim = null, TieOutput = ((DecoderOnlyModel)model.Model).Config.TieOutput });
        foreach ((var expected, var actual) in model.Model.NamedParameters().Zip(again.Model.NamedParameters()))
        {
            Assert.Equal(expected.Name, actual.Name);
            TensorAssert.SameBits(expected.Tensor.Values, actual.Tensor.Values, expected.Name);
        }
    }

    private static int[] MostLikely(CausalLanguageModel model)
    {
        using DecodingSession session = model.Begin(new[] { Begin }, Segments.FromLengths(1));
        var search = new GreedySearch(new GenerationTokens(Begin, Begin, []), new DecodingOptions { BeamSize = 1 });
        return [.. search.Run(session, [NumTokens], TestContext.Current.CancellationToken)[0][0].Tokens];
    }

    // llama2.c: pieces follow one another; those that name a byte are it; the space that begins the text is left out.
    private static string Text(IEnumerable<int> tokens)
    {
        using GgufFile file = GgufFile.Open(SharedFolder.PathOrSkip("data/stories260K/stories260K.gguf"));
        var pieces = file.Values.TextsOrNull("tokenizer.ggml.tokens")!.Value;
        var bytes = new List<byte>();
        foreach (string piece in tokens.Select(token => pieces[token]))
        {
            bytes.AddRange(piece.StartsWith("<0x", StringComparison.Ordinal) ? [byte.Parse(piece.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)] : Encoding.UTF8.GetBytes(piece.Replace('\u2581', ' ')));
        }

        return Encoding.UTF8.GetString([.. bytes])[1..];
    }
}
