using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Models.Seq2Seq;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Models.Tests;

public sealed class TranslatorTests
{
    private static readonly Translator Tiny = TinyTranslator.Create(seed: 6);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static List<Translation> TranslateAll(Translator translator, IEnumerable<string> lines, DecodingOptions? options = null, IProgress<TranslationProgress>? progress = null) =>
        [.. translator.Translate(lines, options, progress, Cancellation)];

    [Theory]
    [InlineData(1, NormPlacement.PreNorm)]
    [InlineData(4, NormPlacement.PreNorm)]
    [InlineData(4, NormPlacement.PostNorm)]
    public void A_line_has_the_same_bits_alone_and_in_any_batch(int beamSize, NormPlacement norms)
    {
        Translator translator = TinyTranslator.Create(seed: 6, norms);
        DecodingOptions options = translator.Options with { BeamSize = beamSize, NBest = beamSize };
        var alone = TinyTranslator.Sentences.ToDictionary(s => s, s => TinyTranslator.Describe(translator.Translate(s, options, Cancellation)));
        Assert.True(alone.Values.Distinct().Count() > 9, "the model should tell the sentences apart");

        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        foreach (int batchTokens in (int[])[1, 150, 100_000])
        {
            string[] shuffled = [.. TinyTranslator.Sentences];
            random.Shuffle(shuffled);
            DecodingOptions batched = options with { BatchTokens = batchTokens, WindowLines = random.Next(1, 30) };
            List<Translation> translations = TranslateAll(translator, shuffled, batched);
            Assert.Equal(shuffled, translations.Select(t => t.Source));
            Assert.All(translations, t => Assert.True(alone[t.Source] == TinyTranslator.Describe(t), $"seed {seed}: {t.Source}"));
        }
    }

    [Fact]
    public void Outputs_end_at_different_lengths_so_that_these_tests_mean_something()
    {
        List<Translation> translations = TranslateAll(Tiny, TinyTranslator.Sentences);
        Assert.Contains(translations, t => t.Candidates[0].Hypothesis.IsFinished);
        Assert.Contains(translations, t => !t.Candidates[0].Hypothesis.IsFinished);
    }

    [Fact]
    public void Lines_come_back_in_order_and_empty_ones_stay_empty()
    {
        string[] lines = ["", "Stop.", "   ", "A dog sleeps.", "\t", "Rain!", ""];
        List<Translation> translations = TranslateAll(Tiny, lines, Tiny.Options with { WindowLines = 3 });

        Assert.Equal(lines, translations.Select(t => t.Source));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], translations.Select(t => t.LineNumber));
        Assert.Equal([0, 2, 4, 6], Enumerable.Range(0, 7).Where(i => translations[i].Text.Length == 0));
        Assert.Empty(translations[0].Candidates[0].Hypothesis.Tokens);
        Assert.Empty(TranslateAll(Tiny, []));
    }

    [Fact]
    public void A_stream_is_read_only_a_window_ahead()
    {
        int read = 0;
        IEnumerable<string> Endless()
        {
            while (true)
            {
                read++;
                yield return "Rain!";
            }
        }

        var lines = Tiny.Translate(Endless(), Tiny.Options with { WindowLines = 1 }, progress: null, Cancellation);
        Assert.Equal(0, read);
        Assert.Equal(3, lines.Take(3).Count());
        Assert.Equal(3, read);
    }

    [Fact]
    public void A_line_of_ten_thousand_words_is_cut_with_a_warning()
    {
        string[] lines = ["Stop.", string.Join(' ', Enumerable.Repeat("cat dog", 5000)), "Rain!"];
        List<Translation> translations = TranslateAll(Tiny, lines);

        int tokens = Tiny.Tokenizer.Encode(lines[1]).Length;
        Assert.Equal($"line 2 has {tokens} tokens, but the model takes at most 63: the last {tokens - 63} were not translated", translations[1].Warning);
        Assert.Null(translations[0].Warning);
        Assert.Null(translations[2].Warning);
        Assert.InRange(translations[1].Candidates[0].Hypothesis.Tokens.Length, 1, 64);
        Assert.Equal(TinyTranslator.Describe(Tiny.Translate("Rain!", null, Cancellation)), TinyTranslator.Describe(translations[2]));
    }

    [Fact]
    public void Text_that_is_no_sentence_is_translated_too()
    {
        foreach (string text in (string[])["a\nb", "\ud800", "</s><pad>", "\0", new string('x', 5000), "日本語", "👩‍👩‍👧"])
        {
            Assert.NotNull(Tiny.Translate(text, null, Cancellation).Text);
        }
    }

    [Fact]
    public void A_line_break_that_the_model_writes_does_not_break_the_line()
    {
        int lineBreak = Tiny.Tokenizer.Encode("\n")[^1];
        TransformerModel model = TinyTranslator.CreateModel(seed: 6);
        foreach (ref float value in model.TargetEmbedding.Weight.MutableValues().Slice(lineBreak * TinyTranslator.Config.DModel, TinyTranslator.Config.DModel))
        {
            value *= 5;
        }

        var translator = new Translator(new LoadedModel("tiny", model, TinyTranslator.Tokenizer, TinyTranslator.Options));
        List<Translation> translations = TranslateAll(translator, TinyTranslator.Sentences);
        Assert.Contains(translations, t => t.Candidates[0].Hypothesis.Tokens.Contains(lineBreak));
        Assert.DoesNotContain(translations, t => t.Text.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void The_best_come_first_and_are_as_many_as_asked()
    {
        Translation translation = Tiny.Translate("A dog sleeps.", Tiny.Options with { BeamSize = 6, NBest = 4 }, Cancellation);
        double[] scores = [.. translation.Candidates.Select(c => c.Hypothesis.Score)];
        Assert.Equal(4, scores.Length);
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal(4, translation.Candidates.Select(c => string.Join(' ', c.Hypothesis.Tokens)).Distinct().Count());
        Assert.Equal(translation.Candidates[0].Text, translation.Text);
        Assert.Equal(translation.Text, $"{translation}");
    }

    [Fact]
    public void Several_threads_may_share_a_translator()
    {
        string[] expected = [.. TinyTranslator.Sentences.Select(s => TinyTranslator.Describe(Tiny.Translate(s, null, Cancellation)))];
        Translator fresh = TinyTranslator.Create(seed: 6); // nothing cached yet
        string[][] actual = [.. Enumerable.Range(0, 6).AsParallel().WithDegreeOfParallelism(6).Select(_ =>
            TranslateAll(fresh, TinyTranslator.Sentences).Select(t => TinyTranslator.Describe(t with { LineNumber = 1 })).ToArray())];
        Assert.All(actual, a => Assert.Equal(expected, a));
    }

    [Fact]
    public void Progress_counts_every_line_and_token_once()
    {
        var reports = new List<TranslationProgress>();
        List<Translation> translations = TranslateAll(Tiny, [.. TinyTranslator.Sentences, "", " "], Tiny.Options with { BatchTokens = 100, WindowLines = 5 }, new Recorder(reports));

        Assert.True(reports.Count > 4);
        Assert.Equal(reports.OrderBy(r => r.Lines).ThenBy(r => r.SourceTokens), reports);
        Assert.Equal(new TranslationProgress(
            TinyTranslator.Sentences.Count + 2,
            TinyTranslator.Sentences.Sum(s => Tiny.Tokenizer.Encode(s).Length + 1),
            translations.Sum(t => t.Candidates[0].Hypothesis.Tokens.Length)), reports[^1]);
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        using var cancellation = new CancellationTokenSource();
        using var lines = Tiny.Translate(Enumerable.Repeat("Rain!", 100), Tiny.Options with { WindowLines = 1 }, progress: null, cancellation.Token).GetEnumerator();
        Assert.True(lines.MoveNext());
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => lines.MoveNext());
    }

    [Fact]
    public void Options_are_checked_before_anything_is_read() =>
        Assert.Throws<ConfigException>(() => Tiny.Translate(["x"], new DecodingOptions { BeamSize = 0 }, progress: null, Cancellation));

    [Fact]
    public void The_score_of_a_translation_has_the_bits_that_a_search_which_wrote_it_reports()
    {
        foreach (var (source, target) in TinyTranslator.Sentences.Zip(TinyTranslator.Sentences.Reverse()))
        {
            ScoredTranslation score = Tiny.Score(source, target);
            int[] sourceIds = [.. Tiny.Tokenizer.Encode(source), Tiny.Model.EosId];
            Assert.Equal([.. Tiny.Tokenizer.Encode(target), Tiny.Model.EosId], score.Tokens);

            using DecodingSession session = Tiny.Model.Begin(sourceIds, Segments.FromLengths(sourceIds.Length));
            int previous = Tiny.Model.BosId;
            double sum = 0;
            for (int t = 0; t < score.Tokens.Length; t++)
            {
                ReadOnlySpan<float> logits = session.Step([0], [previous]).Values;
                previous = score.Tokens[t];
                double expected = logits[previous] - LogSumExp.Compute(logits);
                Assert.Equal(expected, score.TokenLogProbabilities[t]); // exactly
                sum += expected;
            }

            Assert.Equal(sum, score.LogProbability);
        }
    }

    [Fact]
    public void A_pair_has_the_same_score_alone_and_in_any_batch()
    {
        var random = new Random(4);
        (string Source, string Target)[] pairs = [.. TinyTranslator.Sentences.Select((s, i) => (s, TinyTranslator.Sentences[(i * 5 + 1) % 12])), ("", ""), ("Stop.", "")];
        var alone = pairs.ToDictionary(p => p, p => Tiny.Score(p.Source, p.Target).TokenLogProbabilities);
        random.Shuffle(pairs);

        ScoredTranslation[] scores = [.. Tiny.Score(pairs, Cancellation)];
        Assert.Equal(pairs, scores.Select(s => (s.Source, s.Target)));
        Assert.Equal(Enumerable.Range(1, pairs.Length).Select(i => (long)i), scores.Select(s => s.LineNumber));
        Assert.All(scores, s => Assert.Equal(alone[(s.Source, s.Target)], s.TokenLogProbabilities));
        Assert.All(scores, s => Assert.Equal(Tiny.Tokenizer.Encode(s.Target).Length + 1, s.Tokens.Length));
        Assert.All(scores, s => Assert.Equal(Math.Exp(-s.TokenLogProbabilities.Average()), s.Perplexity, 9));
    }

    [Fact]
    public void A_pair_too_long_to_score_is_cut_with_a_warning()
    {
        string longText = string.Join(' ', Enumerable.Repeat("cat", 1000));
        ScoredTranslation[] scores = [.. Tiny.Score([("Stop.", "Rain!"), (longText, longText)], Cancellation)];
        Assert.Null(scores[0].Warning);
        Assert.Contains("line 2 has", scores[1].Warning, StringComparison.Ordinal);
        Assert.Contains("of its source were not read; line 2 has", scores[1].Warning, StringComparison.Ordinal);
        Assert.EndsWith("of its target were not scored", scores[1].Warning, StringComparison.Ordinal);
        Assert.Equal(63, scores[1].Tokens.Length);
        Assert.DoesNotContain(Tiny.Model.EosId, scores[1].Tokens);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Der Hund schläft.")]
    public void An_explanation_fits_together_and_covers_every_layer_and_head(string? target)
    {
        TranslationExplanation explanation = Tiny.Explain("A dog sleeps.", target, options: null, Cancellation);
        explanation.Validate();

        Assert.Equal(target is not null, explanation.TargetWasForced);
        Assert.Equal(target ?? Tiny.Translate("A dog sleeps.", null, Cancellation).Text, explanation.TargetText);
        Assert.Equal("</s>", explanation.SourceTokens[^1]);
        Assert.Equal("<s>", explanation.DecoderInputTokens[0]);
        Assert.Equal(explanation.TargetTokens.SkipLast(1), explanation.DecoderInputTokens.Skip(1));
        Assert.Equal(3 * 2 * 4, explanation.Maps.Count); // kinds, layers, heads
        Assert.Equal(new ExplainedModel("tiny", 2, 4, Tiny.Model.ParameterCount), explanation.Model);
        Assert.Contains("<!DOCTYPE html>", AttentionPage.Render([explanation]), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_explanation_says_what_it_does_not_show()
    {
        string text = string.Join(' ', TinyTranslator.Sentences);
        Assert.EndsWith("were not translated", Tiny.Explain(text, target: null, options: null, Cancellation).Warning, StringComparison.Ordinal);
        Assert.EndsWith("of its target were not scored", Tiny.Explain("A dog sleeps.", text, options: null, Cancellation).Warning, StringComparison.Ordinal);
        Assert.Null(Tiny.Explain("A dog sleeps.", target: null, options: null, Cancellation).Warning);
    }

    [Fact]
    public void There_is_nothing_to_explain_about_an_empty_text() =>
        Assert.Throws<ArgumentException>(() => Tiny.Explain(" ", target: null, options: null, Cancellation));

    [Fact]
    public void A_tokenizer_of_another_model_is_refused()
    {
        var model = new TransformerModel(TinyTranslator.Config with { VocabSize = 300 }, random: null);
        var error = Assert.Throws<ArgumentException>(() => new Translator(new LoadedModel("x", model, TinyTranslator.Tokenizer, new DecodingOptions())));
        Assert.StartsWith($"the tokenizer has {TinyTranslator.Tokenizer.VocabSize} tokens and the model 300", error.Message, StringComparison.Ordinal);
    }

    private sealed class Recorder(List<TranslationProgress> reports) : IProgress<TranslationProgress>
    {
        public void Report(TranslationProgress value) => reports.Add(value);
    }
}
