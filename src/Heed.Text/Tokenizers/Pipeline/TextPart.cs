namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>A stretch of a text, so that splitting copies nothing.</summary>
internal readonly record struct TextPart(string Text, int Start, int Length)
{
    public TextPart(string text)
        : this(text, 0, text.Length)
    {
    }

    public ReadOnlySpan<char> Span => Text.AsSpan(Start, Length);

    public TextPart Slice(int start, int length) => new(Text, Start + start, length);

    public override string ToString() => Text.Substring(Start, Length);
}
