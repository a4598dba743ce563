using System.Text.Json.Nodes;
using Heed.Models.Adapters;
using Heed.Models.Chat;
using Heed.Models.Configuration;
using Heed.Models.Generation;
using Heed.Models.Pretrained;
using Heed.Testing;
using Heed.Training.Configuration;

namespace Heed.Training.Tests.FineTuning;

public sealed class InstructionRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_small_model_is_tuned_until_it_answers_exactly_and_serves()
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string train = SmallChat.WriteInstructions(folder, random);
        TrainingRun run = SmallChat.Tune(folder, train, seed);
        AssertAnswers(TextGenerator.Load(run.Directory.ModelPath), train, seed);

        string samples = File.ReadAllText(run.Directory.SamplesPath);
        Assert.Contains("question  What colour is the sky?", samples, StringComparison.Ordinal);
        LogEntry last = Log(run).Last(entry => entry.ValidationLoss is not null);
        Assert.Equal(1, last.ValidationScores!["exact"]);
        Assert.True(last.ValidationLoss < 0.1, $"seed {seed}: {last.ValidationLoss}");
    }

    [Fact]
    public void An_adapter_teaches_a_frozen_model_other_answers_and_is_saved_apart_and_merged()
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string start = SmallChat.Tune(folder, SmallChat.WriteInstructions(folder, random, "first.jsonl"), seed).Directory.ModelPath;
        string train = SmallChat.WriteInstructions(folder, random);
        TrainingRun run = SmallChat.Train(folder, "adapted", $"""
            task: instruction
            data: {"{"} train: {train}, template: plain {"}"}
            model: {"{"} from: {start} {"}"}
            adapter: {"{"} rank: 16, alpha: 32 {"}"}
            training: {"{"} seed: {seed}, maxSteps: 600, learningRate: 3.0e-3, warmupSteps: 5, validateEvery: 200 {"}"}
            """);
        Assert.IsType<ModelAdapter>(run.Module);
        AssertAnswers(TextGenerator.Load(start, adapter: run.Directory.AdapterPath), train, seed);

        PretrainedModel beside = PretrainedModel.Load(start, run.Directory.AdapterPath), merged = PretrainedModel.Load(run.Directory.ModelPath);
        foreach ((var one, var other) in beside.Model.NamedParameters().Zip(merged.Model.NamedParameters()))
        {
            TensorAssert.SameBits(one.Tensor.Values, other.Tensor.Values, one.Name);
        }

        Assert.Equal(start, (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(run.Directory.AdapterPath, "adapter_config.json")))!["base_model_name_or_path"]);
    }

    [Fact]
    public void A_model_is_tuned_with_its_own_chat_template_and_keeps_it()
    {
        string start = SmallChat.WriteModel(folder), train = SmallChat.WriteInstructions(folder, new Random(1));
        string config = $"task: instruction\ndata: {"{"} train: {train}, template: model {"}"}\nmodel: {"{"} from: {start} {"}"}\ntraining: {"{"} maxSteps: 2, warmupSteps: 1 {"}"}\n";
        Assert.Contains("brings no chat template; choose plain, alpaca, chatml", Assert.Throws<ConfigException>(() => SmallChat.Train(folder, "without", config)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(start, ChatTemplate.FileName), ChatTemplate.Named("chatml").Text);
        TrainingRun run = SmallChat.Train(folder, "with", config);
        Assert.Equal(ChatTemplate.Named("chatml").Text, ChatTemplate.Find(run.Directory.ModelPath)!.Text);
        Assert.True(run.Tokenizer.TryGetTokenId("<|im_end|>", out int end));
        Assert.Contains(end, PretrainedModel.Load(run.Directory.ModelPath).GenerationOptions().StopTokens);
    }

    [Fact]
    public void A_new_model_with_its_own_tokenizer_learns_too()
    {
        string train = SmallChat.WriteInstructions(folder, new Random(1));
        TrainingRun run = SmallChat.Train(folder, "new", $"""
            task: instruction
            data: {"{"} train: {train} {"}"}
            tokenizer: {"{"} vocabSize: 280 {"}"}
            model: {"{"} dModel: 16, numLayers: 1, numHeads: 2, maxLength: 4096 {"}"}
            training: {"{"} maxSteps: 3, warmupSteps: 1 {"}"}
            """);
        Assert.True(run.Tokenizer.TryGetTokenId("<|im_start|>", out int id));
        Assert.True(run.Tokenizer.IsSpecial(id));
        Assert.StartsWith("12 examples, ", run.DataDescription, StringComparison.Ordinal);
        Assert.True(run.Tokenizer.TryGetTokenId("<|im_end|>", out int end));
        Assert.Equal([end, 0], TextGenerator.Load(run.Directory.ModelPath).Options.StopTokens); // answers end with the template's own token
    }

    [Fact]
    public void Examples_that_are_too_long_are_counted()
    {
        string train = folder.File("train.jsonl", """
            {"prompt": "a", "completion": "b"}
            {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "a very long answer, longer than anybody reads"}]}
            {"prompt": "a very long question, longer than anybody reads", "completion": "b"}
            """);
        string model = SmallChat.WriteModel(folder);
        Assert.StartsWith("1 examples (2 longer than 20 tokens were left out), ", Open(train, model, "drop").DataDescription, StringComparison.Ordinal);
        Assert.StartsWith("2 examples (1 longer than 20 tokens were left out, 1 were cut to 20 tokens), ", Open(train, model, "truncate").DataDescription, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"question\": 1}", "line 2 of", "has none of the fields \"messages\", \"instruction\"")]
    [InlineData("{\"instruction\": \"a\"}", "line 2 of", "has no field \"output\"")]
    [InlineData("{\"messages\": []}", "line 2 of", "has no answer to learn")]
    [InlineData("{\"messages\": 5}", "line 2 of", "has no list of objects in field \"messages\"")]
    [InlineData("{\"messages\": [{\"role\": \"robot\", \"content\": \"a\"}]}", "line 2 of", "the role \"robot\"; the roles are system, user, assistant")]
    [InlineData("{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}", "line 2 of", "has no answer to learn")]
    [InlineData("nonsense", "line 2 of", "is not valid JSON")]
    public void A_malformed_line_is_named(string line, params string[] expected)
    {
        string train = folder.File("train.jsonl", "{\"prompt\": \"a\", \"completion\": \"b\"}\n" + line + "\n");
        string message = Assert.Throws<InvalidDataException>(() => Open(train, SmallChat.WriteModel(folder), "drop")).Message;
        Assert.All(expected, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("data: { train: x, template: llama2 }", "the prompt template \"llama2\" does not exist; there are plain, alpaca, chatml")]
    [InlineData("data: { train: x, template: model }", "takes the chat template of model.from, and a new model has none")]
    [InlineData("data: { train: x }\nadapter: { rank: 0 }", "adapter.rank is 0; it must be from 1 to 65536")]
    [InlineData("data: { train: x }\nadapter: { ranks: 3 }", "unknown key \"adapter.ranks\"; did you mean \"rank\"?")]
    [InlineData("data: { train: x }\nmodel: { from: y, dModel: 3 }", "model.from brings the model's sizes")]
    [InlineData("data: { train: x }\nanswers: { count: -1 }", "answers.count is -1")]
    public void What_a_configuration_may_not_say_is_named(string text, string expected)
    {
        string path = folder.File("config.yaml", "task: instruction\n" + text + "\n");
        Assert.Contains(expected, Assert.Throws<ConfigException>(() => RunConfig.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_the_model_is_named()
    {
        string train = SmallChat.WriteInstructions(folder, new Random(1)), model = SmallChat.WriteModel(folder);
        string config = folder.File("config.yaml", $"task: instruction\ndata: {"{"} train: {train} {"}"}\nmodel: {"{"} from: {model} {"}"}\nadapter: {"{"} targets: c_attn {"}"}\n");
        Assert.Contains("adapter.targets: no layer of the Transformer's stacks is called \"c_attn\"", Assert.Throws<ConfigException>(() => TrainingRun.Start(RunConfig.Load(config), new RunDirectory(folder.File("run")))).Message, StringComparison.Ordinal);
        string other = SharedFolder.PathOrSkip("golden/hf/bert-mlm");
        Assert.Contains("of the family bert, which does not continue text", Assert.Throws<ConfigException>(() => Open(train, other, "drop")).Message, StringComparison.Ordinal);
    }

    private TrainingRun Open(string train, string model, string tooLong)
    {
        string config = folder.File("config.yaml", $"task: instruction\ndata: {"{"} train: {train}, template: plain, maxTokens: 20, tooLong: {tooLong} {"}"}\nmodel: {"{"} from: {model} {"}"}\n");
        return TrainingRun.Start(RunConfig.Load(config), new RunDirectory(folder.File($"run-{tooLong}")));
    }

    private static void AssertAnswers(TextGenerator generator, string train, int seed)
    {
        foreach ((string question, string answer) in SmallChat.Questions.Zip(Expected(train)))
        {
            GenerationResult result = generator.Generate(question, generator.Options with { MaxNewTokens = 12 });
            Assert.True(result is { FinishReason: FinishReason.StopToken } && result.Text == answer, $"seed {seed}: {question} {result.Text} ({result.FinishReason}), not {answer}");
        }
    }

    private static IEnumerable<string> Expected(string train) => File.ReadLines(train).Select(line => (string)JsonNode.Parse(line)!["output"]!);

    private static IEnumerable<LogEntry> Log(TrainingRun run) =>
        File.ReadLines(run.Directory.LogPath).Select(line => System.Text.Json.JsonSerializer.Deserialize(line, TrainingJson.Default.LogEntry)!);
}
