namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>Turns one word into ids. Never changes; safe for threads.</summary>
internal abstract class TokenModel
{
    /// <summary>Adds the ids of a word that is well-formed UTF-16 and not empty.</summary>
    public abstract void Append(ReadOnlySpan<char> word, List<int> ids);

    /// <summary>Adds the ids of one randomly chosen way to split a word; the only way, where the model knows no other.</summary>
    public virtual void AppendSampled(ReadOnlySpan<char> word, float dropout, ref SplitMix64 random, List<int> ids) => Append(word, ids);
}
