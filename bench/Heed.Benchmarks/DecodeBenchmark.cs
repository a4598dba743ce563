using System.Text.Json.Nodes;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Models.Translating;
using Heed.Tensors.Devices;
using Heed.Tensors.Random;

namespace Heed.Benchmarks;

/// <summary>
/// Target tokens per second of a whole translation: encoder, every step and the search. Weights are random, and the end token
/// is barred until the last step, so that every output has the same length; tokens of the best hypotheses alone count.
/// </summary>
internal sealed class DecodeBenchmark
{
    private const int VocabSize = 8000;
    private const int WarmupSeconds = 2; // the first search packs the weights; hot methods are compiled again in the background

    public required int Threads { get; init; }

    public required string Preset { get; init; }

    public required int Beam { get; init; }

    public required int Batch { get; init; }

    public required int Tokens { get; init; }

    public required int Seconds { get; init; }

    public JsonObject Measure()
    {
        Device.Default = CpuDevice.Create(Threads);
        var model = new TransformerModel(Preset == "base" ? TransformerConfig.Base(VocabSize) : TransformerConfig.Small(VocabSize), new SeededRandom(0));
        var random = new SeededRandom(1);
        int[][] sources = [.. Enumerable.Range(0, Batch).Select(_ => Source(random))];
        var options = new DecodingOptions { BeamSize = Beam, MinLength = Tokens - 1, MaxLength = Tokens };
        var search = new BatchedSearch(model, SequenceSearch.Create(GenerationTokens.Create(model.BosId, model.EosId), options));
        void Search() => search.Run(sources);

        _ = Timing.All(Search, WarmupSeconds);
        long allocated = GC.GetTotalAllocatedBytes();
        int collections = GC.CollectionCount(0);
        double[] times = Timing.All(Search, Seconds);
        double perToken = (GC.GetTotalAllocatedBytes() - allocated) / (double)times.Length / (Batch * Tokens);
        return new JsonObject
        {
            ["engine"] = $"Heed ({Device.Default.Description})",
            ["preset"] = Preset,
            ["threads"] = Threads,
            ["beam"] = Beam,
            ["batch"] = Batch,
            ["tokens"] = Tokens,
            ["tokens_per_s"] = Math.Round(Batch * Tokens / times[times.Length / 2], 1),
            ["best_tokens_per_s"] = Math.Round(Batch * Tokens / times[0], 1),
            ["searches"] = times.Length,
            ["allocated_bytes_per_token"] = Math.Round(perToken),
            ["collections"] = GC.CollectionCount(0) - collections,
            ["decoder_params"] = DecoderParameters(model),
        };
    }

    // What every step reads: the decoder and the output table.
    private static long DecoderParameters(TransformerModel model) => model.Decoder.ParameterCount + model.Output.Weight.Count;

    private int[] Source(SeededRandom random) => [.. Enumerable.Range(0, Tokens).Select(_ => 4 + random.Next(VocabSize - 4))];
}
