using Heed.Models.Decoding;
using Heed.Models.Formats;
using Heed.Testing;

namespace Heed.Models.Tests.Decoding;

/// <summary>Greedy and beam search of a whole model against what transformers' <c>generate</c> returned.</summary>
public sealed class HuggingFaceSearchTests
{
    private const int StartAndPad = 100;
    private const int End = 0;
    private const int MaxNewTokens = 12;

    [Theory]
    [InlineData("single")]
    [InlineData("batch")]
    public void Greedy_search_writes_the_same_tokens(string name)
    {
        using var golden = SafetensorsFile.Open(SharedFolder.PathOrSkip("golden/hf/marian/expected.safetensors"));
        var results = Search(golden, name, new DecodingOptions { BeamSize = 1 });
        string[] expected = Rows(golden, $"{name}.gen.greedy_plain.sequences");
        Assert.Equal(expected, results.Select(r => Written(r[0])));
    }

    [Theory]
    [InlineData("single", 1.0)]
    [InlineData("single", 0.6)]
    [InlineData("batch", 1.0)]
    [InlineData("batch", 0.6)]
    public void Beam_search_finds_the_same_outputs_with_the_same_scores(string name, double lengthPenalty)
    {
        using var golden = SafetensorsFile.Open(SharedFolder.PathOrSkip("golden/hf/marian/expected.safetensors"));
        var results = Search(golden, name, new DecodingOptions { BeamSize = 4, NBest = 4, LengthPenalty = lengthPenalty, EarlyStopping = EarlyStopping.WhenUnlikely });
        string prefix = FormattableString.Invariant($"{name}.gen.beam_plain_lp{lengthPenalty:0.0}.nbest");
        Assert.Equal(Rows(golden, prefix + "_sequences"), results.SelectMany(r => r).Select(Written));
        TensorAssert.Close(golden.ReadFloat32(prefix + "_scores"), [.. results.SelectMany(r => r).Select(h => (float)h.Score)], 1e-5, prefix);
    }

    private static IReadOnlyList<IReadOnlyList<Hypothesis>> Search(SafetensorsFile golden, string name, DecodingOptions options)
    {
        var checkpoint = new MarianCheckpoint(SharedFolder.PathOrSkip("golden/hf/marian"));
        int columns = (int)golden[$"{name}.in.input_ids"].Shape[1];
        int[][] sources = [.. golden.ReadInt64($"{name}.in.input_ids").Chunk(columns).Zip(golden.ReadInt64($"{name}.in.attention_mask").Chunk(columns))
            .Select(row => row.First.Where((_, i) => row.Second[i] == 1).Select(id => (int)id).ToArray())];
        using DecodingSession session = checkpoint.Begin(sources);
        // The goldens are without bad words: even the start token may be written.
        var search = SequenceSearch.Create(new GenerationTokens(StartAndPad, End, []), options);
        return search.Run(session, [.. sources.Select(_ => MaxNewTokens)], TestContext.Current.CancellationToken);
    }

    private static string[] Rows(SafetensorsFile golden, string tensor) =>
        [.. golden.ReadInt64(tensor).Chunk((int)golden[tensor].Shape[^1]).Select(row => Written(row.Skip(1).Select(id => (int)id)))];

    private static string Written(Hypothesis hypothesis) => Written(hypothesis.Tokens);

    // Shorter rows are filled with padding.
    private static string Written(IEnumerable<int> tokens) => string.Join(' ', tokens).Replace(" 100", "", StringComparison.Ordinal);
}
