using System.Runtime.InteropServices;

namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>Encodes words by a model and remembers the short ones, since a few thousand words make up most of any text.</summary>
/// <param name="model">What splits a word.</param>
/// <param name="byteLevel">Whether the model sees each word as the stand-ins of its UTF-8 bytes (<see cref="ByteSymbols"/>).</param>
internal sealed class WordEncoder(TokenModel model, bool byteLevel = false)
{
    private readonly WordCache cache = new();

    public TokenModel Model => model;

    public void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        if (cache.TryGet(word, out int[]? known))
        {
            ids.AddRange(known);
            return;
        }

        int start = ids.Count;
        model.Append(Symbols(word), ids);
        cache.Add(word, CollectionsMarshal.AsSpan(ids)[start..]);
    }

    public void AppendSampled(ReadOnlySpan<char> word, float dropout, ref SplitMix64 random, List<int> ids) =>
        model.AppendSampled(Symbols(word), dropout, ref random, ids);

    private ReadOnlySpan<char> Symbols(ReadOnlySpan<char> word) => byteLevel ? ByteSymbols.Of(word) : word;
}
