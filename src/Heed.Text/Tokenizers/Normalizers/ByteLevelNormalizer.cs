using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>Writes a text as the stand-ins of its bytes.</summary>
internal sealed class ByteLevelNormalizer : Normalizer
{
    public override string Normalize(string text) => ByteSymbols.Of(text);
}
