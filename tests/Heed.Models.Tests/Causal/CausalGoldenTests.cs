using Heed.Models.Causal;
using Heed.Models.Decoding;
using Heed.Models.Formats;
using Heed.Models.Generation;
using Heed.Models.Pretrained;
using Heed.Models.Tests.Pretrained;
using Heed.Nn.Attention;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Models.Tests.Causal;

/// <summary>Every decoder-only family against Hugging Face's library: states, attention, logits, loss, greedy and beam search.</summary>
public sealed class CausalGoldenTests
{
    public static TheoryData<string> Folders =>
    [
        "llama", "llama-gqa", "llama-gqa-sharded", "llama-bf16", "llama-rope-linear", "llama-rope-llama3", "mistral", "qwen2",
        "gpt2", "gpt2-hub-names",
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void States_and_attention_weights_are_the_same(string folder)
    {
        using var golden = new GoldenFolder(folder);
        var model = (DecoderOnlyModel)golden.Loaded.Model;
        foreach (string name in new[] { "single", "left", "right" })
        {
            PaddedBatch batch = golden.Batch(name);
            var recorder = new AttentionRecorder();
            Tensor x = model.Embed(batch.Ids, batch.Segments.Positions());
            golden.AssertRows($"{name}.out.hidden_states.0", batch, x.Values);
            for (int i = 0; i < model.Body.Layers.Count; i++)
            {
                EncoderLayer layer = model.Body.Layers[i];
                x = layer.Forward(x, model.Pattern(batch.Segments), recorder: recorder);
                Tensor shown = i + 1 < model.Body.Layers.Count ? x : model.Body.FinalNorm!.Forward(x);
                golden.AssertRows($"{name}.out.hidden_states.{i + 1}", batch, shown.Values);
                golden.AssertWeights($"{name}.out.attentions.{i}", batch, batch, recorder[layer.SelfAttention]);
            }

            golden.AssertRows($"{name}.out.last_hidden_state", batch, model.States(batch.Ids, batch.Segments).Values);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Logits_and_loss_are_the_same(string folder)
    {
        using var golden = new GoldenFolder(folder);
        var model = (DecoderOnlyModel)golden.Loaded.Model;
        foreach (string name in new[] { "single", "left", "right" })
        {
            PaddedBatch batch = golden.Batch(name);
            golden.AssertRows($"{name}.out.logits", batch, model.Logits(batch.Ids, batch.Segments).Values);
            if (name != "left") // there, the library predicts first tokens from padding
            {
                GoldenFolder.AssertClose(golden.Expected.ReadFloat32($"{name}.out.loss"), [model.Loss(batch.Ids, batch.Segments).Item()], $"{name} loss");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Greedy_search_writes_the_same_tokens(string folder)
    {
        using var golden = new GoldenFolder(folder);
        foreach (string name in new[] { "single", "left" })
        {
            var results = Search(golden, name, new DecodingOptions { BeamSize = 1 });
            Assert.Equal(Written(golden, name, $"{name}.gen.greedy.sequences"), results.Select(r => Text(r[0].Tokens)));
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Beam_search_finds_the_same_outputs_with_the_same_scores(string folder)
    {
        using var golden = new GoldenFolder(folder);
        foreach ((string name, double penalty) in new[] { ("single", 1.0), ("single", 0.6), ("left", 1.0), ("left", 0.6) })
        {
            var options = new DecodingOptions { BeamSize = GoldenFolder.NumBeams, NBest = GoldenFolder.NumBeams, LengthPenalty = penalty, EarlyStopping = EarlyStopping.WhenUnlikely };
            Hypothesis[] results = [.. Search(golden, name, options).SelectMany(r => r)];
            string prefix = FormattableString.Invariant($"{name}.gen.beam_lp{penalty:0.0}.nbest");
            Assert.Equal(Written(golden, name, prefix + "_sequences"), results.Select(h => Text(h.Tokens)));
            TensorAssert.Close(golden.Expected.ReadFloat32(prefix + "_scores"), [.. results.Select(h => (float)h.Score)], 1e-5, prefix);
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Generation_with_beams_finds_the_same_outputs(string folder)
    {
        using var golden = new GoldenFolder(folder);
        foreach ((string name, double penalty) in new[] { ("single", 1.0), ("left", 0.6) })
        {
            PaddedBatch batch = golden.Batch(name);
            GenerationOptions options = golden.Loaded.GenerationOptions() with { NumBeams = GoldenFolder.NumBeams, LengthPenalty = penalty, NumReturnSequences = GoldenFolder.NumBeams, MaxNewTokens = GoldenFolder.MaxNewTokens };
            var found = BeamGeneration.Run((CausalLanguageModel)golden.Loaded.Model, [.. Prompts(batch).Select(prompt => new GenerationRequest(prompt, options))], prefix: null, TestContext.Current.CancellationToken);
            string prefix = FormattableString.Invariant($"{name}.gen.beam_lp{penalty:0.0}.nbest");
            Assert.Equal(Written(golden, name, prefix + "_sequences"), found.SelectMany(outputs => outputs).Select(each => Text(each.Output.Tokens.Select(token => token.Token))));
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Saved_and_loaded_again_it_is_the_same(string folder)
    {
        using var golden = new GoldenFolder(folder);
        using var temporary = new TemporaryFolder();
        golden.SaveAndLoad(temporary.Path, maxShardBytes: folder.EndsWith("sharded", StringComparison.Ordinal) ? 75_000 : long.MaxValue);

        using ICheckpoint original = CheckpointFile.Open(golden.Path);
        using ICheckpoint saved = CheckpointFile.Open(temporary.Path);
        Assert.All(saved.Tensors, tensor => TensorAssert.SameBits(saved.ReadFloat32(tensor.Name), ReadAny(original, tensor.Name), tensor.Name));
        Assert.Equal(folder.EndsWith("sharded", StringComparison.Ordinal), saved is ShardedSafetensors { ShardPaths.Count: > 2 });
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Steps_with_a_cache_have_the_bits_of_a_whole_pass(string folder)
    {
        using var golden = new GoldenFolder(folder);
        var model = (DecoderOnlyModel)golden.Loaded.Model;
        PaddedBatch batch = golden.Batch("right");
        int[][] prompts = Prompts(batch);
        int[][] continued = [.. prompts.Select(prompt => (int[])[.. prompt, 7, 9])];
        using DecodingSession session = model.Begin(batch.Ids, batch.Segments);
        session.Step([0, 1, 2], [session.FirstToken(0)!.Value, session.FirstToken(1)!.Value, session.FirstToken(2)!.Value]);
        session.Step([0, 1, 2], [7, 7, 7]);
        Tensor stepped = session.Step([2, 0, 1], [9, 9, 9]);
        int[] order = [2, 0, 1];
        for (int i = 0; i < 3; i++)
        {
            Tensor whole = model.Logits(continued[order[i]], Segments.FromLengths(continued[order[i]].Length));
            TensorAssert.SameBits(whole.RowRange(whole.Rows - 1, 1).Values, stepped.RowRange(i, 1).Values, $"prompt {order[i]}");
        }
    }

    private static float[] ReadAny(ICheckpoint checkpoint, string name) => // a file as on the hub has no prefix
        checkpoint.ReadFloat32(checkpoint.Find(name) is not null ? name : name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);

    private static IReadOnlyList<IReadOnlyList<Hypothesis>> Search(GoldenFolder golden, string name, DecodingOptions options)
    {
        var model = (DecoderOnlyModel)golden.Loaded.Model;
        PaddedBatch batch = golden.Batch(name);
        using DecodingSession session = model.Begin(batch.Ids, batch.Segments);
        var search = SequenceSearch.Create(new GenerationTokens(StartId: 0, EndId(golden), []), options);
        return search.Run(session, [.. Enumerable.Repeat(GoldenFolder.MaxNewTokens, batch.Count)], TestContext.Current.CancellationToken);
    }

    private static int[][] Prompts(PaddedBatch batch) =>
        [.. Enumerable.Range(0, batch.Count).Select(i => batch.Ids.AsSpan(batch.Segments.Starts[i], batch.Segments.Lengths[i]).ToArray())];

    // What was generated, up to the end token: behind it there is padding.
    private static IEnumerable<string> Written(GoldenFolder golden, string name, string tensor)
    {
        int width = golden.Batch(name).Width;
        int end = EndId(golden);
        foreach (long[] row in golden.Expected.ReadInt64(tensor).Chunk((int)golden.Expected[tensor].Shape[^1]))
        {
            int[] generated = [.. row.Skip(width).Select(id => (int)id)];
            int ended = Array.IndexOf(generated, end);
            yield return Text(ended < 0 ? generated.Take(GoldenFolder.MaxNewTokens) : generated.Take(ended + 1));
        }
    }

    private static int EndId(GoldenFolder golden) => System.Text.Json.Nodes.JsonNode.Parse(golden.Loaded.Config)!["eos_token_id"]!.GetValue<int>();

    private static string Text(IEnumerable<int> tokens) => string.Join(' ', tokens);
}
