namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>Rewrites a whole text before it is split.</summary>
internal abstract class Normalizer
{
    /// <summary>Whether it lower-cases.</summary>
    public virtual bool Lowercases => false;

    public abstract string Normalize(string text);
}
