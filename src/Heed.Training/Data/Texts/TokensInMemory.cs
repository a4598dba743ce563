namespace Heed.Training.Data.Texts;

/// <summary>A text in memory, four bytes a token.</summary>
/// <param name="ids">The tokens.</param>
internal sealed class TokensInMemory(ReadOnlyMemory<int> ids) : TokenText
{
    private readonly Lazy<ulong> fingerprint = new(() =>
    {
        var print = new CorpusFingerprint();
        print.AddIds(ids.Span);
        return print.Value;
    });

    /// <summary>The tokens.</summary>
    public ReadOnlyMemory<int> Ids => ids;

    public override long Count => ids.Length;

    public override ulong Fingerprint => fingerprint.Value;

    /// <summary>Collects tokens.</summary>
    /// <exception cref="InvalidDataException">There are too many for one array.</exception>
    public static TokensInMemory From(IEnumerable<int[]> portions)
    {
        var ids = new int[1 << 16];
        int count = 0;
        foreach (int[] portion in portions)
        {
            if ((long)count + portion.Length > Array.MaxLength)
            {
                throw new InvalidDataException($"the text has more than {Array.MaxLength} tokens; set data.streaming to true, so that it is read from its files");
            }

            if (count + portion.Length > ids.Length)
            {
                Array.Resize(ref ids, (int)Math.Min(Math.Max(2L * ids.Length, count + portion.Length), Array.MaxLength));
            }

            portion.CopyTo(ids, count);
            count += portion.Length;
        }

        Array.Resize(ref ids, count);
        return new TokensInMemory(ids);
    }

    /// <summary>A part of the text.</summary>
    public TokensInMemory Part(Range range) => new(ids[range]);

    public override IEnumerable<TokenStretch> Stretches(WindowCuts cuts) => [new TokenStretch(0, ids)];
}
