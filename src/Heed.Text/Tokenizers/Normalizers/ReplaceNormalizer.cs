namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>Replaces every occurrence of a string.</summary>
/// <param name="found">What is looked for, not empty.</param>
/// <param name="replacement">What takes its place.</param>
internal sealed class ReplaceNormalizer(string found, string replacement) : Normalizer
{
    public override double Growth => Math.Max(1, (double)replacement.Length / found.Length);

    public override string Normalize(string text) => text.Replace(found, replacement, StringComparison.Ordinal);
}
