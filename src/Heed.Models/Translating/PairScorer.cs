using System.Collections.Immutable;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Text.Tokenizers;

namespace Heed.Models.Translating;

/// <summary>Scores a stream of given translations: window by window, in batches, results in the order of the pairs.</summary>
internal sealed class PairScorer(Seq2SeqModel model, Tokenizer tokenizer, DecodingOptions options, CancellationToken cancellation)
{
    // The logits of a whole batch are in memory at once: 64 MiB of them.
    private const int MostLogits = 1 << 24;

    private readonly LineEncoder encoder = new(tokenizer, model.MaxLength);
    private long read;

    private sealed record Pair(SourceLine Source, SourceLine Target)
    {
        public string? Warning => (Source.Warning, Target.Warning) switch
        {
            (null, var target) => target,
            (var source, null) => source,
            var (source, target) => $"{source}; {target}",
        };
    }

    public IEnumerable<ScoredTranslation> Score(IEnumerable<(string Source, string Target)> pairs)
    {
        foreach (var window in Windows.Of(pairs, options.WindowLines, pair => pair.Source.Length + (long)pair.Target.Length))
        {
            foreach (ScoredTranslation score in ScoreWindow(window))
            {
                yield return score;
            }
        }
    }

    private ScoredTranslation[] ScoreWindow(IReadOnlyList<(string Source, string Target)> texts)
    {
        Pair[] pairs = [.. texts.Select(Encode)];
        var scores = new ScoredTranslation[pairs.Length];
        int budget = Math.Min(options.BatchTokens, Math.Max(1, MostLogits / model.VocabSize));
        foreach (int[] batch in LengthBatches.Group([.. pairs.Select(pair => Math.Max(pair.Source.Length, pair.Target.Length))], budget))
        {
            cancellation.ThrowIfCancellationRequested();
            ScoreBatch(pairs, batch, scores);
        }

        return scores;
    }

    private Pair Encode((string Source, string Target) pair)
    {
        read++;
        return new Pair(
            encoder.Encode(read, pair.Source, "of its source were not read"),
            encoder.Encode(read, pair.Target, "of its target were not scored"));
    }

    private void ScoreBatch(Pair[] pairs, int[] indices, ScoredTranslation[] scores)
    {
        using TensorScope scope = TensorScope.Begin();
        TokenBatch batch = TokenBatch.Pack(
            [.. indices.Select(i => pairs[i].Source.Ids)], [.. indices.Select(i => pairs[i].Target.Ids)], model.BosId, model.EosId);
        Tensor logits = model.Logits(batch);
        for (int i = 0; i < indices.Length; i++)
        {
            Pair pair = pairs[indices[i]];
            // A target that was cut is not known to end where it was cut.
            int length = pair.Target.Warning is null ? pair.Target.Length : pair.Target.Ids.Length;
            ImmutableArray<int> tokens = [.. batch.LabelIds.AsSpan(batch.Targets.Starts[i], length)];
            var logProbabilities = LogProbabilities(logits, batch.Targets.Starts[i], tokens);
            scores[indices[i]] = new ScoredTranslation(pair.Source.Number, pair.Source.Text, pair.Target.Text, tokens, logProbabilities, pair.Warning);
        }
    }

    private ImmutableArray<double> LogProbabilities(Tensor logits, int firstRow, ImmutableArray<int> tokens)
    {
        var result = ImmutableArray.CreateBuilder<double>(tokens.Length);
        for (int t = 0; t < tokens.Length; t++)
        {
            ReadOnlySpan<float> row = logits.Values.Slice((firstRow + t) * model.VocabSize, model.VocabSize);
            result.Add(Math.Min(0, row[tokens[t]] - LogSumExp.Compute(row)));
        }

        return result.MoveToImmutable();
    }
}
