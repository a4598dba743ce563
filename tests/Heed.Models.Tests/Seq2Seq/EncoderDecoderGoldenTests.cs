using System.Text.Json.Nodes;
using Heed.Models.Decoding;
using Heed.Models.Pretrained;
using Heed.Models.Seq2Seq;
using Heed.Models.Tests.Pretrained;
using Heed.Nn.Attention;
using Heed.Nn.Norms;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Models.Tests.Seq2Seq;

/// <summary>Every encoder-decoder family against Hugging Face's library: states, attention, logits, loss, greedy and beam search.</summary>
public sealed class EncoderDecoderGoldenTests
{
    private static readonly string[] Cases = ["single", "batch"];

    public static TheoryData<string> Folders => ["t5-v1.0", "t5-v1.1", "marian", "bart"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void States_and_attention_weights_are_the_same(string folder)
    {
        using var golden = new GoldenFolder(folder);
        var model = (EncoderDecoderModel)golden.Loaded.Model;
        foreach (string name in Cases)
        {
            (PaddedBatch sources, PaddedBatch targets) = Batches(golden, name);
            var recorder = new AttentionRecorder();
            Tensor memory = CheckEncoder(golden, model, name, sources, recorder);
            CheckDecoder(golden, model, name, sources, targets, memory, recorder);
            Tensor states = model.Decode(targets.Ids, targets.Segments, model.Encode(sources.Ids, sources.Segments), sources.Segments);
            golden.AssertRows($"{name}.out.decoder_last_hidden_state", targets, states.Values);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Logits_and_loss_are_the_same(string folder)
    {
        using var golden = new GoldenFolder(folder);
        var model = (EncoderDecoderModel)golden.Loaded.Model;
        foreach (string name in Cases)
        {
            (PaddedBatch sources, PaddedBatch targets) = Batches(golden, name);
            var batch = new TokenBatch(sources.Ids, sources.Segments, targets.Ids, targets.Pick(golden.Expected.ReadInt64($"{name}.in.labels")), targets.Segments);
            golden.AssertRows($"{name}.out.logits", targets, model.Logits(batch).Values);
            GoldenFolder.AssertClose(golden.Expected.ReadFloat32($"{name}.out.loss"), [model.Loss(batch, 0f, dropout: null).Item()], $"{name} loss");
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Greedy_search_writes_the_same_tokens(string folder)
    {
        using var golden = new GoldenFolder(folder);
        foreach ((string variant, GenerationTokens tokens) in Variants(golden))
        {
            foreach (string name in Cases)
            {
                var results = Search(golden, name, tokens, new DecodingOptions { BeamSize = 1 });
                Assert.Equal(Written(golden, $"{name}.gen.greedy{variant}.sequences"), results.Select(r => Text(r[0].Tokens)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Beam_search_finds_the_same_outputs_with_the_same_scores(string folder)
    {
        using var golden = new GoldenFolder(folder);
        foreach ((string variant, GenerationTokens tokens) in Variants(golden))
        {
            foreach ((string name, double penalty) in new[] { ("single", 1.0), ("single", 0.6), ("batch", 1.0), ("batch", 0.6) })
            {
                var options = new DecodingOptions { BeamSize = GoldenFolder.NumBeams, NBest = GoldenFolder.NumBeams, LengthPenalty = penalty, EarlyStopping = EarlyStopping.WhenUnlikely };
                Hypothesis[] results = [.. Search(golden, name, tokens, options).SelectMany(r => r)];
                string prefix = FormattableString.Invariant($"{name}.gen.beam{variant}_lp{penalty:0.0}.nbest");
                Assert.Equal(Written(golden, prefix + "_sequences"), results.Select(h => Text(h.Tokens)));
                TensorAssert.Close(golden.Expected.ReadFloat32(prefix + "_scores"), [.. results.Select(h => (float)h.Score)], 1e-5, prefix);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Saved_and_loaded_again_it_is_the_same(string folder)
    {
        using var golden = new GoldenFolder(folder);
        using var temporary = new TemporaryFolder();
        PretrainedModel again = golden.SaveAndLoad(temporary.Path);
        Assert.Equal(((EncoderDecoderModel)golden.Loaded.Model).Config, ((EncoderDecoderModel)again.Model).Config);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Steps_with_a_cache_have_the_bits_of_a_whole_pass(string folder)
    {
        using var golden = new GoldenFolder(folder);
        var model = (EncoderDecoderModel)golden.Loaded.Model;
        PaddedBatch source = golden.Batch("single");
        int[] target = [model.BosId, 7, 11, 5, 9];
        using DecodingSession session = model.Begin(source.Ids, source.Segments);
        for (int length = 1; length <= target.Length; length++)
        {
            Tensor stepped = session.Step([0], [target[length - 1]]);
            Segments prefix = Segments.FromLengths(length);
            Tensor whole = model.Logits(new TokenBatch(source.Ids, source.Segments, target[..length], target[..length], prefix));
            TensorAssert.SameBits(whole.RowRange(length - 1, 1).Values, stepped.Values, $"{length} tokens");
        }
    }

    private static Tensor CheckEncoder(GoldenFolder golden, EncoderDecoderModel model, string name, PaddedBatch sources, AttentionRecorder recorder)
    {
        Tensor x = model.EmbedSource(sources.Ids, sources.Segments.Positions());
        golden.AssertRows($"{name}.out.encoder_hidden_states.0", sources, x.Values);
        AttentionPattern pattern = model.ArrangeSource(AttentionPattern.Within(sources.Segments));
        for (int i = 0; i < model.Encoder.Layers.Count; i++)
        {
            EncoderLayer layer = model.Encoder.Layers[i];
            x = Finish(layer.Forward(x, pattern, recorder: recorder), i, model.Encoder.Layers.Count, model.Encoder.FinalNorm);
            golden.AssertRows($"{name}.out.encoder_hidden_states.{i + 1}", sources, x.Values);
            golden.AssertWeights($"{name}.out.encoder_attentions.{i}", sources, sources, recorder[layer.SelfAttention]);
        }

        golden.AssertRows($"{name}.out.encoder_last_hidden_state", sources, x.Values);
        return x;
    }

    private static void CheckDecoder(GoldenFolder golden, EncoderDecoderModel model, string name, PaddedBatch sources, PaddedBatch targets, Tensor memory, AttentionRecorder recorder)
    {
        Tensor x = model.EmbedTarget(targets.Ids, targets.Segments.Positions());
        golden.AssertRows($"{name}.out.decoder_hidden_states.0", targets, x.Values);
        DecoderPattern pattern = model.ArrangeTarget(DecoderPattern.Between(targets.Segments, sources.Segments));
        for (int i = 0; i < model.Decoder.Layers.Count; i++)
        {
            DecoderLayer layer = model.Decoder.Layers[i];
            x = Finish(layer.Forward(x, layer.CrossAttention.Project(memory), pattern, recorder: recorder), i, model.Decoder.Layers.Count, model.Decoder.FinalNorm);
            golden.AssertRows($"{name}.out.decoder_hidden_states.{i + 1}", targets, x.Values);
            golden.AssertWeights($"{name}.out.decoder_attentions.{i}", targets, targets, recorder[layer.SelfAttention]);
            golden.AssertWeights($"{name}.out.cross_attentions.{i}", targets, sources, recorder[layer.CrossAttention]);
        }
    }

    // The library shows the last layer's states behind the stack's norm.
    private static Tensor Finish(Tensor x, int layer, int layers, Norm? norm) => layer + 1 == layers && norm is not null ? norm.Forward(x) : x;

    private static (PaddedBatch Sources, PaddedBatch Targets) Batches(GoldenFolder golden, string name) =>
        (golden.Batch(name), new PaddedBatch(golden.Expected, $"{name}.out.decoder_input_ids", $"{name}.in.labels", padding: -100));

    private static IReadOnlyList<IReadOnlyList<Hypothesis>> Search(GoldenFolder golden, string name, GenerationTokens tokens, DecodingOptions options)
    {
        var model = (EncoderDecoderModel)golden.Loaded.Model;
        PaddedBatch sources = golden.Batch(name);
        using DecodingSession session = model.Begin(sources.Ids, sources.Segments);
        var search = SequenceSearch.Create(tokens, options);
        return search.Run(session, [.. Enumerable.Repeat(GoldenFolder.MaxNewTokens, sources.Count)], TestContext.Current.CancellationToken);
    }

    // Where generation_config.json bends the search, with tokens that are forced or forbidden, the goldens have it unbent too.
    private static IEnumerable<(string Variant, GenerationTokens Tokens)> Variants(GoldenFolder golden)
    {
        GenerationTokens tokens = golden.Loaded.GenerationTokens();
        yield return (string.Empty, tokens);
        if (golden.Expected.Contains("single.gen.greedy_plain.sequences"))
        {
            yield return ("_plain", new GenerationTokens(tokens.StartId, tokens.EndId, []));
        }
    }

    private static IEnumerable<string> Written(GoldenFolder golden, string tensor)
    {
        int end = JsonNode.Parse(golden.Loaded.Config)!["eos_token_id"]!.GetValue<int>();
        foreach (long[] row in golden.Expected.ReadInt64(tensor).Chunk((int)golden.Expected[tensor].Shape[^1]))
        {
            int[] generated = [.. row.Skip(1).Select(id => (int)id)];
            int ended = Array.IndexOf(generated, end);
            yield return Text(ended < 0 ? generated : generated.Take(ended + 1));
        }
    }

    private static string Text(IEnumerable<int> tokens) => string.Join(' ', tokens);
}
