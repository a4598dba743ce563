using Heed.Models.Seq2Seq;
using Heed.Tensors;

namespace Heed.Training.Data;

/// <summary>Sentence pairs as token ids, held compactly: four bytes a token and eight a pair.</summary>
public sealed class EncodedCorpus : ExampleCorpus<TokenBatch>
{
    private readonly PackedIds sources = new();
    private readonly PackedIds targets = new();

    private EncodedCorpus()
    {
    }

    /// <summary>The number of pairs.</summary>
    public override int Count => sources.Count;

    /// <summary>The number of tokens of both sides, without those that begin and end a sentence.</summary>
    public long TokenCount => (long)sources.TotalLength + targets.TotalLength;

    /// <summary>Collects pairs.</summary>
    /// <exception cref="InvalidOperationException">There are too many tokens for one array.</exception>
    public static EncodedCorpus From(IEnumerable<EncodedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var corpus = new EncodedCorpus();
        foreach (var pair in pairs)
        {
            corpus.sources.Add(pair.Source);
            corpus.targets.Add(pair.Target);
        }

        corpus.sources.Trim();
        corpus.targets.Trim();
        return corpus;
    }

    /// <summary>The source ids of a pair.</summary>
    public ReadOnlySpan<int> Source(int pair) => sources[pair];

    /// <summary>The target ids of a pair.</summary>
    public ReadOnlySpan<int> Target(int pair) => targets[pair];

    /// <summary>What a pair takes of a batch's token budget: both sides, each with the one token that begins or ends it.</summary>
    /// <param name="example">The number of the pair.</param>
    public override int TokenCost(int example) => sources.Length(example) + targets.Length(example) + 2;

    /// <summary>Packs pairs into a batch and adds the tokens that begin and end sentences.</summary>
    /// <param name="examples">The numbers of the pairs, in the order of the batch.</param>
    /// <param name="options">The token before each decoder input, and the one after each source and each label sequence.</param>
    /// <returns>What <see cref="TokenBatch.Pack"/> gives, without the detour over an array for each sentence.</returns>
    public override TokenBatch Batch(ReadOnlySpan<int> examples, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var sourceLengths = new int[examples.Length];
        var targetLengths = new int[examples.Length];
        for (int i = 0; i < examples.Length; i++)
        {
            sourceLengths[i] = sources.Length(examples[i]) + 1;
            targetLengths[i] = targets.Length(examples[i]) + 1;
        }

        var batch = new TokenBatch(new int[sourceLengths.Sum()], Segments.FromLengths(sourceLengths), new int[targetLengths.Sum()],
            new int[targetLengths.Sum()], Segments.FromLengths(targetLengths));
        for (int i = 0; i < examples.Length; i++)
        {
            AppendTo(batch.SourceIds.AsSpan(batch.Sources.Starts[i]), Source(examples[i]), options.EosId);
            AppendTo(batch.LabelIds.AsSpan(batch.Targets.Starts[i]), Target(examples[i]), options.EosId);
            batch.DecoderInputIds[batch.Targets.Starts[i]] = options.BosId;
            Target(examples[i]).CopyTo(batch.DecoderInputIds.AsSpan(batch.Targets.Starts[i] + 1));
        }

        return batch;
    }

    private static void AppendTo(Span<int> destination, ReadOnlySpan<int> ids, int last)
    {
        ids.CopyTo(destination);
        destination[ids.Length] = last;
    }
}
