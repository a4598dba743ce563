using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers;

/// <summary>A tokenizer that splits each word into learnt pieces; characters it never learnt are written as their UTF-8 bytes.</summary>
public abstract class SubwordTokenizer : TrainedTokenizer
{
    private readonly WordEncoder words;

    private protected SubwordTokenizer(Vocabulary vocabulary, TokenModel model, bool lowercase)
        : base(vocabulary, lowercase, spacePrefix: true) => words = new WordEncoder(model);

    private protected sealed override void AppendPrepared(ReadOnlySpan<char> text, List<int> ids)
    {
        foreach (ReadOnlySpan<char> word in new WordSplitter(text))
        {
            words.Append(word, ids);
        }
    }

    private protected sealed override void AppendSampledPrepared(ReadOnlySpan<char> text, float dropout, ref SplitMix64 random, List<int> ids)
    {
        foreach (ReadOnlySpan<char> word in new WordSplitter(text))
        {
            words.AppendSampled(word, dropout, ref random, ids);
        }
    }
}
