using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.Tokenization;

/// <summary>
/// A text that is rewritten in passes, each of which reads the whole text and writes the next one. Every thread has
/// its own buffer, so that a tokenizer needs no allocation but its result.
/// </summary>
internal sealed class RewriteBuffer
{
    private const int KeptLength = 1 << 20;

    [ThreadStatic]
    private static RewriteBuffer? ofThread;

    private char[] text = new char[512];
    private char[] next = new char[512];
    private int length;
    private int written;

    /// <summary>The text as the passes so far have made it.</summary>
    public ReadOnlySpan<char> Text => text.AsSpan(0, length);

    /// <summary>The buffer of this thread, holding <paramref name="text"/>.</summary>
    public static RewriteBuffer Load(ReadOnlySpan<char> text)
    {
        RewriteBuffer buffer = ofThread ??= new RewriteBuffer();
        if (buffer.text.Length > KeptLength)
        {
            buffer = ofThread = new RewriteBuffer(); // do not keep what one huge line needed
        }

        buffer.written = 0;
        buffer.Write(text);
        buffer.EndPass();
        return buffer;
    }

    /// <summary>Writes a character of the next text.</summary>
    public void Write(char character)
    {
        if (written == next.Length)
        {
            Reserve(1);
        }

        next[written++] = character;
    }

    /// <summary>Writes some characters of the next text.</summary>
    public void Write(ReadOnlySpan<char> characters)
    {
        if (next.Length - written < characters.Length)
        {
            Reserve(characters.Length);
        }

        characters.CopyTo(next.AsSpan(written));
        written += characters.Length;
    }

    /// <summary>Makes what was written the text that the next pass reads.</summary>
    public void EndPass()
    {
        (text, next) = (next, text);
        length = written;
        written = 0;
    }

    /// <summary>The words of the text with one space between them, like Python's <c>' '.join(text.split())</c>.</summary>
    public string JoinWords()
    {
        foreach (ReadOnlySpan<char> word in PythonWhitespace.Words(Text))
        {
            if (written > 0)
            {
                Write(' ');
            }

            Write(word);
        }

        EndPass();
        return Text.ToString();
    }

    private void Reserve(int more) => Array.Resize(ref next, Math.Max(checked(written + more), checked(2 * next.Length)));
}
