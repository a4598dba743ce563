namespace Heed.Text.Tokenizers.Decoders;

/// <summary>Takes out the spaces that a tokenizer which drops them puts back too generously.</summary>
/// <remarks>The rules of the method <c>clean_up_tokenization</c> of Hugging Face's transformers, in their order.</remarks>
internal static class SpaceCleanUp
{
    private static readonly (string Found, string Replacement)[] Rules =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    public static string Apply(string text)
    {
        foreach ((string found, string replacement) in Rules)
        {
            text = text.Replace(found, replacement, StringComparison.Ordinal);
        }

        return text;
    }
}
