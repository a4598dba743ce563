using Heed.Text.Tokenizers;

namespace Heed.Cli.Tests.Docs.Examples;

/// <summary>The example of docs/concepts/tokenizers.md, which reads files of the reader's: compiled, not run.</summary>
internal static class TokenizerCode
{
    public static int[] LoadAndEncode(string prompt)
    {
        Tokenizer tokenizer = Tokenizer.Load("gpt2");
        int[] ids = tokenizer.Encode(prompt, new EncodeOptions { ParseSpecialTokens = true });
        return ids;
    }
}
