using System.Text;

namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>Lower case, character by character and whatever the culture.</summary>
/// <remarks>
/// As in Hugging Face's tokenizers no character looks at its neighbours, so a capital sigma never becomes a final one.
/// U+0130 (capital I with a dot) is the only character whose lower case is two, which .NET's mapping does not know.
/// </remarks>
internal sealed class LowercaseNormalizer : Normalizer
{
    public override bool Lowercases => true;

    public override string Normalize(string text) =>
        Ascii.IsValid(text) ? text.ToLowerInvariant() : text.ToLowerInvariant().Replace("\u0130", "i\u0307", StringComparison.Ordinal);
}
