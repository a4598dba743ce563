namespace Heed.Text.Tokenizers.Decoders;

/// <summary>The bytes that each id stands for, in one block of memory.</summary>
internal sealed class TokenBytes(int count)
{
    private readonly List<int> ends = new(count);
    private readonly List<byte> bytes = [];

    /// <summary>Appends the bytes of the next id.</summary>
    public void Add(ReadOnlySpan<byte> token)
    {
        bytes.AddRange(token);
        ends.Add(bytes.Count);
    }

    public ReadOnlySpan<byte> Of(int id)
    {
        int start = id == 0 ? 0 : ends[id - 1];
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes)[start..ends[id]];
    }
}
