using Heed.Models.Seq2Seq;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;
using Heed.Training.Data.Texts;

namespace Heed.Training.SpanCorruption;

/// <summary>Takes spans out of windows: a sentinel stands for each in the source, and before each in the target, behind whose last stands one more.</summary>
/// <remarks>Raffel et al. 2020, section 3.1.4 and figure 2. What is taken out is a function of the seed, the epoch and the window's place.</remarks>
/// <param name="noise">Draws the spans.</param>
/// <param name="sentinels">The token of each gap.</param>
/// <param name="bosId">What the decoder begins with.</param>
/// <param name="eosId">What ends sources and targets.</param>
/// <param name="seed">The seed.</param>
internal sealed class CorruptedWindows(SpanNoise noise, int[] sentinels, int bosId, int eosId, ulong seed) : WindowBatcher<TokenBatch>
{
    public override int Overlap => 0;

    public override TokenBatch Batch(IReadOnlyList<TokenStretch> windows, int epoch)
    {
        var sources = new int[windows.Count][];
        var targets = new int[windows.Count][];
        for (int i = 0; i < windows.Count; i++)
        {
            var random = new SeededRandom(SplitMix64.For(seed, epoch, windows[i].Start).NextUInt64());
            (sources[i], targets[i]) = Corrupt(windows[i].Ids.Span, noise.Draw(windows[i].Ids.Length, random));
        }

        return TokenBatch.Pack(sources, targets, bosId, eosId);
    }

    /// <summary>The source and the target of a sequence, without the end token.</summary>
    /// <param name="ids">The sequence.</param>
    /// <param name="spans">What is missing in the source, in order.</param>
    public (int[] Source, int[] Target) Corrupt(ReadOnlySpan<int> ids, IReadOnlyList<Range> spans)
    {
        var source = new List<int>();
        var target = new List<int>();
        int place = 0;
        for (int gap = 0; gap < spans.Count; gap++)
        {
            (int start, int length) = spans[gap].GetOffsetAndLength(ids.Length);
            source.AddRange(ids[place..start]);
            source.Add(sentinels[gap]);
            target.Add(sentinels[gap]);
            target.AddRange(ids.Slice(start, length));
            place = start + length;
        }

        source.AddRange(ids[place..]);
        target.Add(sentinels[spans.Count]);
        return ([.. source], [.. target]);
    }
}
