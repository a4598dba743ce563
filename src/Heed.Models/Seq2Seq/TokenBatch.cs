using Heed.Tensors;

namespace Heed.Models.Seq2Seq;

/// <summary>A packed batch of sentence pairs as token ids: what a <c>Seq2SeqModel</c> trains on and scores.</summary>
/// <param name="SourceIds">The source sentences one after another; each ends with the end token.</param>
/// <param name="Sources">Where each source lies in <paramref name="SourceIds"/>.</param>
/// <param name="DecoderInputIds">What the decoder reads: for each pair the start token, then the target.</param>
/// <param name="LabelIds">What it should write: for each pair the target, then the end token. As long as the decoder's input.</param>
/// <param name="Targets">Where each target lies in <paramref name="DecoderInputIds"/> and <paramref name="LabelIds"/>.</param>
public sealed record TokenBatch(int[] SourceIds, Segments Sources, int[] DecoderInputIds, int[] LabelIds, Segments Targets)
{
    /// <summary>The number of sentence pairs.</summary>
    public int Count => Sources.Count;

    /// <summary>The number of tokens that the encoder and the decoder read.</summary>
    public int TokenCount => SourceIds.Length + DecoderInputIds.Length;

    /// <summary>Packs sentence pairs and adds the start and end tokens.</summary>
    /// <param name="sources">The source sentences, without special tokens.</param>
    /// <param name="targets">Their translations, without special tokens.</param>
    /// <param name="bosId">The start token, before each decoder input.</param>
    /// <param name="eosId">The end token, after each source and each label sequence.</param>
    /// <exception cref="ArgumentException">There are not as many targets as sources.</exception>
    public static TokenBatch Pack(IReadOnlyList<int[]> sources, IReadOnlyList<int[]> targets, int bosId, int eosId)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(targets);
        if (sources.Count != targets.Count)
        {
            throw new ArgumentException($"TokenBatch: {targets.Count} targets for {sources.Count} sources", nameof(targets));
        }

        return new TokenBatch(
            [.. sources.SelectMany(source => source.Append(eosId))],
            Segments.FromLengths([.. sources.Select(source => source.Length + 1)]),
            [.. targets.SelectMany(target => target.Prepend(bosId))],
            [.. targets.SelectMany(target => target.Append(eosId))],
            Segments.FromLengths([.. targets.Select(target => target.Length + 1)]));
    }
}
