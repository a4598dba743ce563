using Heed.Models.Configuration;
using Heed.Models.Summarizing;
using Heed.Tensors.Devices;
using Heed.Testing;
using Heed.Text.Metrics;
using Heed.Text.Tokenizers;
using Heed.Training.Classifying;
using Heed.Training.Configuration;
using Heed.Training.Data.Documents;
using Heed.Training.Data.Labelled;
using Heed.Training.Summarizing;

namespace Heed.Training.Tests.Summarizing;

/// <summary>The task summarization, and sentences that a classifier chooses.</summary>
[Collection(nameof(DefaultDevice))]
public sealed class SummarizationRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_leaves_a_folder_that_summarises_and_scores_beside_the_first_sentence()
    {
        SummarizationRunConfig config = Config();
        var run = (SummarizationRun)TrainingRun.Start(config, new RunDirectory(folder.File("run")));
        Assert.Equal("24 documents, 48 summaries", run.DataDescription[..run.DataDescription.LastIndexOf(',')]);
        Assert.Contains(run.Preflight(), finding => finding.ToString().StartsWith("24 of 24 documents (100%) are longer than data.maxTokens 12 and lose their end.", StringComparison.Ordinal));
        run.Trainer.Run();
        IReadOnlyList<MetricScore> scores = run.Finish();
        Assert.Equal(
            [.. from name in new[] { "written", "chosen", "lead", "best sentence" } from kind in new[] { "1", "2", "L" } select $"{name} ROUGE-{kind}"],
            scores.Select(score => score.Name));
        Assert.Equal(100, scores[11].Value); // every summary is a sentence of its document
        Assert.True(scores[8].Value < 100);

        Summarizer loaded = Summarizer.Load(folder.File("run/model"));
        Assert.Equal(3, loaded.Options.NoRepeatNgramSize);
        string[][] document = [["A dog sleeps.", "We show a cat."]];
        Assert.Equal(run.Summarizer.Summarize(document), loaded.Summarize(document));
    }

    [Fact]
    public void Any_number_of_threads_and_a_stop_anywhere_give_the_same_bytes()
    {
        int seed = RandomTensor.FreshSeed();
        byte[] whole = DefaultDevice.With(CpuDevice.Create(1), () => RunHalts.Finished(Config(), new RunDirectory(folder.File("whole")), stopAfter: null));
        byte[] resumed = DefaultDevice.With(CpuDevice.Create(2), () => RunHalts.Finished(Config(), new RunDirectory(folder.File("resumed")), 1 + (seed % 6)));
        Assert.True(whole.SequenceEqual(resumed), $"seed {seed}");
    }

    [Fact]
    public void A_finished_model_is_trained_on()
    {
        _ = RunHalts.Finished(Config(), new RunDirectory(folder.File("first")), stopAfter: null);
        SummarizationRunConfig next = Config() with { From = folder.File("first/model") };
        next.Validate();
        TrainingRun run = TrainingRun.Start(next, new RunDirectory(folder.File("second")));
        using var saved = Models.Formats.SafetensorsFile.Open(folder.File("first/model/model.safetensors"));
        Assert.All(run.Module.NamedParameters(), parameter => Assert.Equal(saved.ReadFloat32(parameter.Name), parameter.Tensor.ToArray()));
    }

    [Fact]
    public void A_classifier_of_sentences_chooses_the_one_that_says_what_is_shown()
    {
        string path = Documents();
        var classify = new ClassificationRunConfig
        {
            Data = new LabelledDataSection { Train = new() { Documents = path }, Validation = new() { Documents = path }, MaxTokens = 32 },
            Tokenizer = new() { VocabSize = 290 },
            Model = new() { Family = Models.Pretrained.NewModelFamily.Bert, DModel = 16, NumLayers = 1, NumHeads = 2 },
            Classifier = new() { Pooling = Models.Encoders.Pooling.Mean },
        };
        classify = classify with { Training = classify.Training with { MaxSteps = 60, BatchTokens = 300, LearningRate = 1e-2, ValidateEvery = 30 } };
        TrainingRun run = TrainingRun.Start(classify, new RunDirectory(folder.File("run")));
        run.Trainer.Run();
        run.Finish();
        Assert.True(DocumentSummarizer.IsChooser(folder.File("run/model")));
        DocumentSummarizer chooser = DocumentSummarizer.LoadChooser(folder.File("run/model"));
        IReadOnlyList<DocumentText> documents = DocumentText.Read(path, "document", "summary");
        Assert.Equal(documents.Select(document => document.Summaries[0]), chooser.Summarize(documents.Select(document => document.Sentences)).Select(summary => summary.Text));
        Assert.Empty(chooser.Summarize([[]]).Single().Text);
        Assert.Throws<ConfigException>(() => new SentenceChooser(((ClassificationRun)TrainingRun.Start(classify with { Data = new() { Train = new() { Tsv = folder.File("l.tsv", "a\tx\nb\ty\n") }, MaxTokens = 32 } }, new RunDirectory(folder.File("other")))).Classifier));
    }

    [Theory]
    [InlineData("{\"document\": [\"A.\", \"B.\"], \"summary\": \"s\"}\n{\"document\": \" \", \"summary\": \"s\"}", "line 2 of * has an empty document in field \"document\"")]
    [InlineData("{\"document\": \"A.\", \"summary\": []}", "line 1 of * has no summary in field \"summary\"")]
    [InlineData("{\"document\": [1], \"summary\": \"s\"}", "line 1 of * has number in field \"document\"; expected a list of texts")]
    [InlineData("{\"document\": 1, \"summary\": \"s\"}", "line 1 of * has number in field \"document\"; expected a text or a list of texts")]
    [InlineData("", "* holds no documents; expected one JSON object a line")]
    public void Bad_lines_are_named(string content, string expected)
    {
        string path = folder.File("bad.jsonl", content);
        Assert.StartsWith(expected.Replace("*", path, StringComparison.Ordinal), Assert.Throws<InvalidDataException>(() => DocumentText.Read(path, "document", "summary")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_summaries_the_likest_counts()
    {
        var scores = new SummaryScores([new DocumentText(["One two.", "Three four."], ["Three five.", "Six."]), new DocumentText(["Seven."], ["Seven."])]);
        Assert.Equal(["Three four.", "Seven."], scores.Best);
        Assert.Equal(75, scores.Of(["three four", "seven"], "x")[0].Value, 1e-6);
        Assert.Equal("x ROUGE-1", scores.Of(["three four", "seven"], "x")[0].Name);
        Assert.Contains("nrefs:var", scores.Of(["a", "b"], "x")[0].Signature, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_come_from_the_sentence_that_is_most_like_the_summary()
    {
        string path = folder.File("d.jsonl", "{\"document\": \"Rain! We show a cat. Stop.\", \"summary\": \"A cat is shown.\"}\n");
        Assert.Equal(
            [new LabelledText("1/3 Rain!", "other", 1), new("2/3 We show a cat.", "summary", 1), new("3/3 Stop.", "other", 1)],
            LabelledTexts.FromDocuments(path, "document", "summary").Read());
    }

    // Of each document one sentence says what is shown.
    private string Documents()
    {
        var random = new Random(4);
        string[] things = ["cat", "dog", "tree", "bird"];
        return folder.File("documents.jsonl", string.Concat(Enumerable.Range(0, 24).Select(_ =>
        {
            string summary = $"We show a {things[random.Next(4)]}.";
            string[] sentences = [.. Enumerable.Range(0, 2 + random.Next(3)).Select(_ => $"The {things[random.Next(4)]} sleeps all day.")];
            sentences[1 + random.Next(sentences.Length - 1)] = summary;
            return $"{{\"document\": [{string.Join(", ", sentences.Select(sentence => $"\"{sentence}\""))}], \"summary\": \"{summary}\"}}\n";
        })));
    }

    private SummarizationRunConfig Config()
    {
        string path = Documents();
        return new SummarizationRunConfig
        {
            Data = new SummarizationDataSection { Train = new() { Jsonl = path }, Validation = new() { Jsonl = path }, Test = new() { Jsonl = path }, MaxTokens = 12, MaxSummaryTokens = 30, LearnBestSentence = true },
            Tokenizer = new TokenizerOptions { Kind = TokenizerKind.Characters, VocabSize = 290 },
            Model = new TransformerSection { Preset = "tiny", DModel = 16, NumHeads = 2, DFeedForward = 32, NumEncoderLayers = 1, NumDecoderLayers = 1, Dropout = 0.1f },
            Training = new TrainingSection { MaxSteps = 6, ValidateEvery = 2, LogEvery = 1, BatchTokens = 200, ValidationTranslations = 2 },
            Decoding = new() { BeamSize = 2, MaxLengthFactor = 0, MaxLengthOffset = 12, NoRepeatNgramSize = 3 },
        };
    }
}
