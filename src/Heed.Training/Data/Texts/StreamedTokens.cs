namespace Heed.Training.Data.Texts;

/// <summary>A text larger than memory: read and encoded anew in each pass, a stretch at a time.</summary>
internal sealed class StreamedTokens : TokenText
{
    /// <summary>The tokens of a stretch, unless told otherwise.</summary>
    public const int DefaultStretch = 1 << 23;

    private readonly Func<IEnumerable<int[]>> open;
    private readonly int stretchTokens;

    /// <summary>Counts the tokens in a first pass.</summary>
    /// <param name="open">Begins to encode the text, always from its start.</param>
    /// <param name="stretchTokens">About how many tokens are held, and their windows shuffled among each other, at a time.</param>
    public StreamedTokens(Func<IEnumerable<int[]>> open, int stretchTokens = DefaultStretch)
    {
        this.open = open;
        this.stretchTokens = stretchTokens;
        var fingerprint = new CorpusFingerprint();
        foreach (int[] portion in open())
        {
            Count += portion.Length;
            fingerprint.AddIds(portion);
        }

        Fingerprint = fingerprint.Value;
    }

    public override long Count { get; }

    public override ulong Fingerprint { get; }

    public override IEnumerable<TokenStretch> Stretches(WindowCuts cuts)
    {
        int whole = Math.Max(1, stretchTokens / cuts.Length) * cuts.Length;
        int length = whole - cuts.Length + cuts.First; // of the first stretch, whose first window is shorter
        var held = new List<int>(length + cuts.Overlap);
        long start = 0;
        foreach (int[] portion in open())
        {
            for (int taken = 0; taken < portion.Length;)
            {
                int count = Math.Min(portion.Length - taken, length + cuts.Overlap - held.Count);
                held.AddRange(portion.AsSpan(taken, count));
                taken += count;
                if (held.Count == length + cuts.Overlap)
                {
                    yield return new TokenStretch(start, held.ToArray());
                    held.RemoveRange(0, length);
                    start += length;
                    length = whole;
                }
            }
        }

        if (held.Count > cuts.Overlap)
        {
            yield return new TokenStretch(start, held.ToArray());
        }
    }
}
