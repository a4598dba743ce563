namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>Rewrites a whole text before it is split.</summary>
internal abstract class Normalizer
{
    /// <summary>Whether it lower-cases.</summary>
    public virtual bool Lowercases => false;

    /// <summary>How many times as long a text may become, about: a file may not decide how much memory is taken.</summary>
    public virtual double Growth => 1;

    public abstract string Normalize(string text);
}
