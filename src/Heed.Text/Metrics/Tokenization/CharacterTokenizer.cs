using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.Tokenization;

/// <summary>Makes every code point a word.</summary>
internal sealed class CharacterTokenizer : BleuTokenizer
{
    /// <inheritdoc/>
    public override string Name => "char";

    /// <inheritdoc/>
    public override string Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        RewriteBuffer buffer = RewriteBuffer.Load(text);
        for (int i = 0; i < text.Length;)
        {
            int length = CodePoint.Length(CodePoint.At(text, i));
            buffer.Write(text.AsSpan(i, length));
            buffer.Write(' ');
            i += length;
        }

        buffer.EndPass();
        return buffer.JoinWords();
    }
}
