using Heed.Models.Causal;
using Heed.Models.Configuration;
using Heed.Models.Encoders;
using Heed.Models.Generation;
using Heed.Models.Pretrained;
using Heed.Models.T5;
using Heed.Tensors.Devices;
using Heed.Testing;
using Heed.Text.Metrics;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.LanguageModels;
using Heed.Training.Tests.FineTuning;

namespace Heed.Training.Tests.LanguageModels;

/// <summary>Runs of the tasks on running text, from a configuration to a folder.</summary>
[Collection(nameof(DefaultDevice))]
public sealed class TextRunTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private RunConfig Config(string task, string more = "", params string[] overrides)
    {
        string yaml = $$"""
            task: {{task}}
            data: { train: { files: ["{{folder.File("text.txt")}}"] }, validationShare: 0.2, context: 16 }
            tokenizer: { vocabSize: 420 }
            model: { numLayers: 1, numHeads: 2, dModel: 32, dropout: 0.1 }
            training: { maxSteps: 12, batchSequences: 4, learningRate: 3e-3, warmupSteps: 3, validateEvery: 5, logEvery: 2, keepBest: 2, averageBest: 2 }
            {{more}}
            """;
        return RunConfig.Load(folder.File("config.yaml", yaml), overrides);
    }

    // The next word is known from the one before it, so there is something to learn.
    private void WriteText(int seed, int words = 2000)
    {
        string[] vocabulary = ["red", "green", "blue", "one", "two", "three", "cat", "dog", "bird", "runs", "sleeps", "eats"];
        var random = new Random(seed);
        int word = 0;
        folder.File("text.txt", string.Concat(Enumerable.Range(0, words).Select(i =>
        {
            word = (word * 5 + 1 + (random.Next(8) == 0 ? 1 : 0)) % vocabulary.Length;
            return vocabulary[word] + (i % 9 == 8 ? ".\n" : " ");
        })));
    }

    [Theory]
    [InlineData("language-model", "")]
    [InlineData("masked-language-model", "")]
    [InlineData("masked-language-model", "masking: { wholeWords: true }")]
    [InlineData("span-corruption", "")]
    public void A_tiny_model_visibly_learns(string task, string more)
    {
        int seed = RandomTensor.FreshSeed();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        WriteText(seed);
        RunConfig config = Config(task, more, $"training.seed={seed}", "training.maxSteps=150", "training.validateEvery=150", "model.dropout=0", "training.keepBest=1", "training.averageBest=1", "training.learningRate=1e-2", "training.batchSequences=16");
        var directory = new RunDirectory(folder.File("run"));
        TrainingRun run = TrainingRun.Start(config, directory);
        double unlearned = Math.Log(run.Tokenizer.VocabSize);
        var steps = new Losses();
        run.Trainer.Observe(steps);
        Assert.Equal(StopReason.Finished, run.Trainer.Run());
        PerplexityScore score = Assert.IsType<PerplexityScore>(Assert.Single(run.Finish()));
        TestContext.Current.TestOutputHelper!.WriteLine($"{score.Format()}; first loss {steps.First:F2}");
        Assert.InRange(steps.First, unlearned - 1.5, unlearned + 1.5);
        Assert.True(score.Loss < 0.6 * unlearned, $"seed {seed}: the loss on held-out text is {score.Loss:F3}; one that knows nothing has {unlearned:F3}");
        Assert.StartsWith("step 150\n  ", File.ReadAllText(directory.SamplesPath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("language-model", typeof(DecoderOnlyModel))]
    [InlineData("masked-language-model", typeof(EncoderModel))]
    [InlineData("span-corruption", typeof(T5Model))]
    public void The_finished_folder_is_a_model_to_load_and_to_go_on_with(string task, Type type)
    {
        WriteText(seed: 1);
        var first = new RunDirectory(folder.File("first"));
        TrainingRun run = TrainingRun.Start(Config(task), first);
        run.Trainer.Run();
        run.Finish();
        var loaded = PretrainedModel.Load(first.ModelPath);
        Assert.IsType(type, loaded.Model);
        Assert.Equal(run.Module.NamedParameters().Select(parameter => parameter.Tensor.ToArray()), loaded.Model.NamedParameters().Select(parameter => parameter.Tensor.ToArray()));
        Assert.Equal(run.Tokenizer.Encode("red green\n<mask>"), Tokenizer.Load(first.ModelPath).Encode("red green\n<mask>"));
        Assert.Contains("tokens", File.ReadAllText(Path.Combine(first.ModelPath, "README.md")), StringComparison.Ordinal);
        if (task == "language-model")
        {
            Assert.NotEmpty(TextGenerator.Load(first.ModelPath).Generate("red").Text);
        }

        string yaml = $$"""
            task: {{task}}
            data: { train: { files: ["{{folder.File("text.txt")}}"] }, validationShare: 0.2, context: 16 }
            model: { from: "{{first.ModelPath}}" }
            training: { maxSteps: 1, batchSequences: 4, learningRate: 1e-9 }
            """;
        TrainingRun second = TrainingRun.Start(RunConfig.Load(folder.File("second.yaml", yaml)), new RunDirectory(folder.File("second")));
        second.Trainer.Run();
        Assert.Equal(run.Tokenizer.VocabSize, second.Tokenizer.VocabSize);
        Assert.True(second.Module.NamedParameters().Zip(loaded.Model.NamedParameters()).All(pair => pair.First.Tensor.ToArray().Zip(pair.Second.Tensor.ToArray()).All(values => Math.Abs(values.First - values.Second) < 1e-6)));
    }

    [Fact]
    public void A_model_in_a_GGUF_file_is_gone_on_with_by_the_tokenizer_in_it()
    {
        WriteText(seed: 1);
        string start = SmallChat.WriteModel(folder), file = folder.File("model.gguf");
        PretrainedModel.Load(start).SaveGguf(file, tokenizer: GgufVocabulary.Of(Tokenizer.Load(start)));
        string yaml = $$"""
            task: language-model
            data: { train: { files: ["{{folder.File("text.txt")}}"] }, context: 16 }
            model: { from: "{{file}}" }
            training: { maxSteps: 1, batchSequences: 4, warmupSteps: 0 }
            """;
        TrainingRun run = TrainingRun.Start(RunConfig.Load(folder.File("config.yaml", yaml)), new RunDirectory(folder.File("run")));
        run.Trainer.Run(TestContext.Current.CancellationToken);
        run.Finish();
        Assert.Equal(Tokenizer.Load(start).Encode("red one\n"), run.Tokenizer.Encode("red one\n"));
        Assert.NotEmpty(TextGenerator.Load(run.Directory.ModelPath).Generate("red").Text);
    }

    [Theory]
    [InlineData("language-model")]
    [InlineData("masked-language-model")]
    [InlineData("span-corruption")]
    public void Any_number_of_threads_and_any_stop_give_the_same_bits(string task)
    {
        WriteText(seed: 2);
        byte[][] models = [.. new[] { 1, 2, 3 }.Select(threads => DefaultDevice.With(CpuDevice.Create(threads), () =>
        {
            var directory = new RunDirectory(folder.File($"run{threads}"));
            TrainingRun run = TrainingRun.Start(Config(task), directory);
            if (threads == 2)
            {
                using var cancellation = new CancellationTokenSource();
                run.Trainer.Observe(new CancelAfter(7, cancellation));
                Assert.Equal(StopReason.Cancelled, run.Trainer.Run(cancellation.Token));
                run = TrainingRun.Resume(directory);
            }

            Assert.Equal(StopReason.Finished, run.Trainer.Run());
            run.Finish();
            return File.ReadAllBytes(Path.Combine(directory.ModelPath, "model.safetensors"));
        }))];
        Assert.Equal(models[0], models[1]);
        Assert.Equal(models[0], models[2]);
        Assert.Equal(File.ReadAllText(folder.File("run1/samples.txt")), File.ReadAllText(folder.File("run2/samples.txt")));
    }

    [Fact]
    public void Streamed_text_and_text_in_memory_train_the_same_model_while_it_fits_into_one_stretch()
    {
        WriteText(seed: 3);
        string[] shared = ["data.validationShare=0"];
        byte[] memory = ModelOf("memory", shared), streamed = ModelOf("streamed", [.. shared, "data.streaming=true"]);
        Assert.Equal(memory, streamed);

        byte[] ModelOf(string name, string[] overrides)
        {
            var directory = new RunDirectory(folder.File(name));
            TrainingRun run = TrainingRun.Start(Config("language-model", "", overrides), directory);
            run.Trainer.Run();
            Assert.Empty(run.Finish());
            return File.ReadAllBytes(Path.Combine(directory.ModelPath, "model.safetensors"));
        }
    }

    [Fact]
    public void The_loss_per_byte_and_per_character_does_not_depend_on_the_vocabulary()
    {
        folder.File("text.txt", string.Concat(Enumerable.Repeat("äöü abc\n", 100)));
        TrainingRun run = TrainingRun.Start(Config("language-model", "", "tokenizer.kind=characters", "training.maxSteps=1", "training.averageBest=1"), new RunDirectory(folder.File("run")));
        run.Trainer.Run();
        var score = (PerplexityScore)Assert.Single(run.Finish());
        Assert.Equal(score.Loss / Math.Log(2), score.BitsPerCharacter!.Value, 1e-9); // a token is a character
        Assert.Equal(8.0 / 11, score.BitsPerByte!.Value / score.BitsPerCharacter.Value, 0.01);
        Assert.Equal(Math.Exp(score.Loss), score.Value, 1e-9);
    }

    [Theory]
    [InlineData("", "data.train has 0 tokens, and 2 are needed at least; name more text")]
    [InlineData("a", "data.train has 1 token, and 2 are needed at least; name more text")]
    public void A_text_with_nothing_to_learn_from_is_refused(string text, string message)
    {
        folder.File("text.txt", text);
        var directory = new RunDirectory(folder.File("run"));
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => TrainingRun.Start(Config("language-model"), directory)).Message);
        Assert.False(directory.Exists);
    }

    [Theory]
    [InlineData("language-model", "model.dModel=33", "dModel 33 is not divisible by numHeads 2")]
    [InlineData("language-model", "model.family=bert", "model.family: bert is not trained by this task; choose gpt2 or llama")]
    [InlineData("language-model", "model.numKeyHeads=1", "model.numKeyHeads means nothing for gpt2; leave it out, or choose model.family: llama")]
    [InlineData("language-model", "model.maxLength=8", "model.maxLength is 8, but the model is trained on sequences of 16 tokens")]
    [InlineData("language-model", "model.preset=huge", "model.preset: unknown preset \"huge\"; the presets are tiny, small and base")]
    [InlineData("language-model", "model.from=gpt2", "model.from brings the model's sizes")]
    [InlineData("language-model", "tokenizer.from=gpt2", "tokenizer.from takes a tokenizer as it is")]
    [InlineData("language-model", "tokenizer.vocabSize=100", "vocabSize 100 is out of range")]
    [InlineData("language-model", "data.validationShare=1", "data.validationShare is 1; it must be in [0, 1)")]
    [InlineData("language-model", "data.streaming=true", "data.validationShare needs the whole text in memory")]
    [InlineData("language-model", "data.train.files=[]", "data.train.files must name one file, folder or pattern at least")]
    [InlineData("language-model", "training.batchTokens=15", "training.batchSequences 4 times data.context 16 is 64 tokens, more than training.batchTokens 15")]
    [InlineData("language-model", "training.validationTranslations=7", "training.validationTranslations means nothing for a task that translates nothing")]
    [InlineData("language-model", "training.minLearningRate=1", "training.minLearningRate is 1; it must be from 0 to learningRate")]
    [InlineData("language-model", "generation.topP=2", "generation: topP")]
    [InlineData("language-model", "masking.share=0.2", "unknown key \"masking\"")]
    [InlineData("masked-language-model", "masking.share=1", "masking.share is 1; it must be above 0 and below 1")]
    [InlineData("masked-language-model", "masking.randomShare=0.3", "masking.maskedShare 0.8 and masking.randomShare 0.3 must not be negative, nor more than 1 together")]
    [InlineData("masked-language-model", "tokenizer.kind=characters", "tokenizer.kind must be byteLevel for this task")]
    [InlineData("span-corruption", "corruption.meanSpan=0.5", "corruption.meanSpan is 0.5; it must be at least 1")]
    [InlineData("span-corruption", "corruption.share=0", "corruption.share is 0; it must be above 0 and below 1")]
    public void A_configuration_that_makes_no_sense_is_explained(string task, string setting, string message) =>
        Assert.Contains(message, Assert.Throws<ConfigException>(() => Config(task, "", setting)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("data.context=8")]
    [InlineData("data.windows=random")]
    [InlineData("tokenizer.vocabSize=300")]
    [InlineData("model.numLayers=2")]
    [InlineData("training.batchSequences=3")]
    public void A_setting_that_would_change_the_past_is_refused_at_a_resume(string setting)
    {
        WriteText(seed: 4);
        var directory = new RunDirectory(folder.File("run"));
        TrainingRun.Start(Config("masked-language-model"), directory);
        Assert.Contains("cannot change in the middle of a run", Assert.Throws<ConfigException>(() => TrainingRun.Resume(directory, [setting])).Message, StringComparison.Ordinal);
    }

    private sealed class Losses : TrainingObserver
    {
        public double First { get; private set; }

        public override void OnStep(StepResult step) => First = step.Step == 1 ? step.Loss : First;
    }

    private sealed class CancelAfter(int step, CancellationTokenSource cancellation) : TrainingObserver
    {
        public override void OnStep(StepResult result)
        {
            if (result.Step == step)
            {
                cancellation.Cancel();
            }
        }
    }
}
