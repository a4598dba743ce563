using Heed.Models.Decoding;
using Heed.Models.Summarizing;
using Heed.Testing;

namespace Heed.Models.Tests.Summarizing;

/// <summary>Summaries that are written, and sentences that are chosen.</summary>
public sealed class SummarizerTests
{
    private static readonly LoadedModel Loaded = new("tiny", TinyTranslator.CreateModel(3), TinyTranslator.Tokenizer, TinyTranslator.Options);

    private static readonly string[][] Documents = [["The cat sees the dog.", "A dog sleeps.", "Rain!"], [], ["Stop."]];

    [Fact]
    public void A_written_summary_is_the_translation_of_the_whole_document()
    {
        var translator = new Translator(Loaded);
        Summary[] summaries = [.. new Summarizer(translator).Summarize(Documents)];
        Assert.Equal(translator.Translate("The cat sees the dog. A dog sleeps. Rain!").Text, summaries[0].Text);
        Assert.Equal([1L, 2L, 3L], summaries.Select(summary => summary.LineNumber));
        Assert.Empty(summaries[1].Text);
    }

    [Fact]
    public void The_chosen_sentence_is_the_likeliest_one_for_its_length()
    {
        var translator = new Translator(Loaded);
        Summary[] summaries = [.. new Summarizer(translator).With(TinyTranslator.Options, extract: true).Summarize(Documents)];
        string whole = string.Join(' ', Documents[0]);
        string expected = Documents[0].MaxBy(sentence => translator.Score(whole, sentence) is var score ? score.LogProbability / score.Tokens.Length : 0)!;
        Assert.Equal([expected, string.Empty, "Stop."], summaries.Select(summary => summary.Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void No_run_of_tokens_occurs_twice_where_that_is_forbidden(int beamSize)
    {
        int seed = RandomTensor.FreshSeed();
        var translator = new Translator(Loaded with { Model = TinyTranslator.CreateModel((ulong)seed) });
        var options = new DecodingOptions { BeamSize = beamSize, MaxLengthFactor = 0, MaxLengthOffset = 40, MinLength = 39 };
        Assert.True(Repeats(translator, options with { NoRepeatNgramSize = 2 }) == 0, $"seed {seed}");
    }

    [Theory]
    [InlineData("t5-v1.1")]
    [InlineData("bart")]
    public void A_published_model_writes_summaries_with_the_tokens_that_its_tokenizer_has(string name)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in Directory.EnumerateFiles(SharedFolder.PathOrSkip($"golden/hf/{name}")))
        {
            File.Copy(file, folder.File(Path.GetFileName(file)));
        }

        string[] words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "dog", "cat", "sleeps", "."];
        folder.File("vocab.txt", string.Concat(words.Select(word => word + "\n"))); // fewer than the model has rows
        Summarizer summarizer = Summarizer.Load(folder.Path);
        Assert.Equal(words.Length, summarizer.Translator.Tokenizer.VocabSize);
        Assert.True(summarizer.Translator.Model.VocabSize > words.Length);
        Summary together = summarizer.Summarize([["a dog sleeps."], ["a cat."]]).First();
        Assert.Equal(summarizer.Summarize([["a dog sleeps."]]).Single(), together);
        Assert.All(together.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries), word => Assert.Contains(word.TrimEnd('.'), words.Append(string.Empty)));
    }

    private static int Repeats(Translator translator, DecodingOptions options) => TinyTranslator.Sentences.Take(4).Sum(sentence =>
    {
        var tokens = translator.Translate(sentence, options).Candidates[0].Hypothesis.Tokens;
        return tokens.Zip(tokens.Skip(1)).GroupBy(pair => pair).Sum(group => group.Count() - 1);
    });
}
