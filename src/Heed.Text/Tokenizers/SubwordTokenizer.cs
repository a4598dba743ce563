using System.Runtime.InteropServices;

namespace Heed.Text.Tokenizers;

/// <summary>A tokenizer that splits each word into learnt pieces; characters it never learnt are written as their UTF-8 bytes.</summary>
public abstract class SubwordTokenizer : Tokenizer
{
    private readonly WordCache cache = new();

    private protected SubwordTokenizer(Vocabulary vocabulary, bool lowercase)
        : base(vocabulary, lowercase, spacePrefix: true)
    {
    }

    private protected sealed override void AppendIds(ReadOnlySpan<char> text, List<int> ids)
    {
        foreach (ReadOnlySpan<char> word in new WordSplitter(text))
        {
            if (cache.TryGet(word, out int[]? known))
            {
                ids.AddRange(known);
                continue;
            }

            int start = ids.Count;
            AppendWord(word, ids);
            cache.Add(word, CollectionsMarshal.AsSpan(ids)[start..]);
        }
    }

    private protected sealed override void AppendSampledIds(ReadOnlySpan<char> text, float dropout, ref SplitMix64 random, List<int> ids)
    {
        foreach (ReadOnlySpan<char> word in new WordSplitter(text))
        {
            AppendSampledWord(word, dropout, ref random, ids);
        }
    }

    private protected abstract void AppendWord(ReadOnlySpan<char> word, List<int> ids);

    private protected abstract void AppendSampledWord(ReadOnlySpan<char> word, float dropout, ref SplitMix64 random, List<int> ids);
}
