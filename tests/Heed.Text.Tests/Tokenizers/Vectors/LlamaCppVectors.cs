using System.Globalization;
using Heed.Testing;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers.Vectors;

/// <summary>The texts, and their ids in GPT-2's vocabulary, that llama.cpp tests its tokenizers with.</summary>
internal static class LlamaCppVectors
{
    private const string Folder = "data/tokenizers/llama_cpp_test_vectors";

    /// <summary>Checks that a tokenizer makes these ids of these texts, and the texts of the ids again.</summary>
    public static void AssertGpt2(Tokenizer tokenizer)
    {
        string[] texts = File.ReadAllText(SharedFolder.PathOrSkip($"{Folder}/ggml-vocab-gpt-2.gguf.inp")).Split("\n__ggml_vocab_test__\n");
        string[] lines = File.ReadAllLines(SharedFolder.PathOrSkip($"{Folder}/ggml-vocab-gpt-2.gguf.out"));
        Assert.NotEmpty(lines);
        for (int i = 0; i < lines.Length; i++)
        {
            int[] expected = [.. lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
            Assert.Equal(expected, tokenizer.Encode(texts[i]));
            Assert.Equal(texts[i], tokenizer.Decode(expected));
        }
    }
}
