using Heed.Tensors.Random;

namespace Heed.Training.SpanCorruption;

/// <summary>Draws which tokens of a sequence are missing: spans, each after some tokens that are there.</summary>
/// <remarks>Raffel et al. 2020, section 3.1.4, as its published code does it: a fixed number of tokens in a fixed number of spans, all divisions equally likely.</remarks>
/// <param name="share">The share of tokens that are missing.</param>
/// <param name="meanSpan">The mean length of a span.</param>
internal sealed class SpanNoise(double share, double meanSpan)
{
    /// <summary>How many tokens are missing, in how many spans.</summary>
    public (int Tokens, int Spans) Count(int length)
    {
        int noise = Math.Clamp((int)Math.Round(length * share), 1, Math.Max(1, length - 1));
        int spans = Math.Clamp((int)Math.Round(noise / meanSpan), 1, noise);
        return (noise, Math.Min(spans, Math.Max(1, length - noise)));
    }

    /// <summary>The spans, in their order.</summary>
    /// <param name="length">The tokens of the sequence, one at least.</param>
    /// <param name="random">Draws their lengths and those of the text between them.</param>
    public Range[] Draw(int length, RandomSource random)
    {
        (int noise, int spans) = Count(length);
        int[] missing = Divide(noise, spans, random);
        int[] kept = Divide(length - noise, spans, random);
        var ranges = new Range[spans];
        int place = 0;
        for (int i = 0; i < spans; i++)
        {
            place += kept[i];
            ranges[i] = place..(place + missing[i]);
            place += missing[i];
        }

        return ranges;
    }

    // Parts of one at least where there is enough for that; all such divisions are equally likely.
    private static int[] Divide(int items, int parts, RandomSource random)
    {
        var isCut = new bool[Math.Max(0, items - 1)];
        isCut.AsSpan(0, Math.Min(parts - 1, isCut.Length)).Fill(true);
        random.Shuffle<bool>(isCut);
        var lengths = new int[parts];
        int part = 0;
        for (int item = 0; item < items; item++)
        {
            lengths[part]++;
            part += item < isCut.Length && isCut[item] ? 1 : 0;
        }

        return lengths;
    }
}
