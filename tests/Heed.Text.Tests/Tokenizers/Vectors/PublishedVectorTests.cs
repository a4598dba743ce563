using System.Globalization;
using System.Text.Json;
using Heed.Testing;
using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers.Vectors;

/// <summary>The vocabularies of real models, with the vectors that other projects test theirs with.</summary>
public sealed class PublishedVectorTests
{
    /// <summary>SharpToken's test plans, computed by tiktoken.</summary>
    [Theory]
    [InlineData("r50k_base")]
    [InlineData("cl100k_base")]
    public void Tiktoken(string name)
    {
        Tokenizer tokenizer = Tokenizer.Load(SharedFolder.PathOrSkip($"data/tokenizers/tiktoken/{name}.tiktoken"));
        string plans = File.ReadAllText(SharedFolder.PathOrSkip("data/tokenizers/tiktoken/TestPlans.txt")).ReplaceLineEndings("\n");
        int checkedPlans = 0;
        foreach (string plan in plans.Split("EncodingName: ").Where(plan => plan.StartsWith(name + "\n", StringComparison.Ordinal)))
        {
            int sample = plan.IndexOf("Sample: ", StringComparison.Ordinal) + "Sample: ".Length;
            int encoded = plan.LastIndexOf("\nEncoded: [", StringComparison.Ordinal);
            string text = plan[sample..encoded];
            int[] expected = [.. plan[(encoded + "\nEncoded: [".Length)..plan.LastIndexOf(']')].Split(',').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
            int[] found = tokenizer.Encode(text, new EncodeOptions { ParseSpecialTokens = true });
            Assert.True(expected.SequenceEqual(found), $"\"{text}\": expected {string.Join(' ', expected)}, found {string.Join(' ', found)}");
            Assert.Equal(text, tokenizer.Decode(found, new DecodeOptions { KeepSpecialTokens = true }));
            checkedPlans++;
        }

        Assert.True(checkedPlans > 60, $"only {checkedPlans} plans were found");
    }

    [Fact]
    public void Gpt2_as_llama_cpp_tests_it() => LlamaCppVectors.AssertGpt2(Gpt2());

    [Fact]
    public void Gpt2_as_torchtext_tests_it()
    {
        Tokenizer tokenizer = Gpt2();
        AssertIds("gpt2/torchtext_vectors.json", cases => cases, tokenizer, default);
    }

    [Theory]
    [InlineData("uncased")]
    [InlineData("cased")]
    public void Bert(string kind)
    {
        Tokenizer tokenizer = Tokenizer.Load(SharedFolder.PathOrSkip($"data/tokenizers/bert/bert_base_{kind}_vocab.txt"));
        Assert.Equal(kind == "uncased", tokenizer.Lowercase);
        AssertIds("bert/torchtext_vectors.json", cases => cases.GetProperty(kind), tokenizer, default);
    }

    [Fact]
    public void T5()
    {
        Tokenizer tokenizer = Tokenizer.Load(
            SharedFolder.PathOrSkip("data/tokenizers/t5/t5_tokenizer_base.model"), new TokenizerLoadOptions { Family = SentencePieceFamily.T5Legacy });
        Assert.Equal(32100, tokenizer.VocabSize);
        AssertIds("t5/torchtext_vectors.json", cases => cases, tokenizer, new EncodeOptions { AddSpecialTokens = true });
    }

    [Fact]
    public void Sentence_piece_example()
    {
        Tokenizer tokenizer = Tokenizer.Load(SharedFolder.PathOrSkip("data/tokenizers/sentencepiece/spm_example.model"));
        foreach (JsonElement row in Cases("sentencepiece/spm_example_vectors.json", cases => cases))
        {
            Assert.Equal(
                row.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()),
                tokenizer.Encode(row.GetProperty("text").GetString()!).Select(tokenizer.TokenText));
        }
    }

    [Fact]
    public void Llama2_c_reads_a_story_and_gives_it_back()
    {
        Tokenizer tokenizer = Tokenizer.Load(SharedFolder.PathOrSkip("data/stories260K/tok512.bin"));
        string story = File.ReadAllText(SharedFolder.PathOrSkip("data/stories260K/expected_greedy_n200_t0.txt"));
        int[] ids = tokenizer.Encode(story, new EncodeOptions { AddSpecialTokens = true });
        Assert.Equal((512, 1), (tokenizer.VocabSize, ids[0]));
        Assert.Equal(story, tokenizer.Decode(ids));
    }

    private static Tokenizer Gpt2() => Tokenizer.Load(SharedFolder.PathOrSkip("data/tokenizers/gpt2/encoder.json"));

    private static void AssertIds(string file, Func<JsonElement, JsonElement> choose, Tokenizer tokenizer, EncodeOptions options)
    {
        foreach (JsonElement row in Cases(file, choose))
        {
            string text = row.GetProperty("text").GetString()!;
            Assert.Equal(TokenVector.Numbers(row, "ids"), tokenizer.Encode(text, options));
        }
    }

    private static JsonElement[] Cases(string file, Func<JsonElement, JsonElement> choose)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(SharedFolder.PathOrSkip("data/tokenizers/" + file)));
        return [.. choose(document.RootElement.GetProperty("cases")).Clone().EnumerateArray()];
    }
}
