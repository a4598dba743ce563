using System.Text.Json;
using System.Text.Json.Nodes;
using Heed.Models.Causal;
using Heed.Models.Chat;
using Heed.Models.Configuration;
using Heed.Models.Pretrained;
using Heed.Models.Prompts;
using Heed.Testing;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;

namespace Heed.Training.Tests.FineTuning;

public sealed class PreferenceRunTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("adapter: { rank: 16, alpha: 32 }")]
    public void The_preferred_answers_rise_above_the_others_from_a_loss_of_ln_2(string adapter)
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string start = SmallChat.WriteModel(folder, (ulong)seed, dropout: 0.1f);
        string train = SmallChat.WritePreferences(folder, random);
        TrainingRun run = SmallChat.Train(folder, "preferring", $"""
            task: preference
            data: {"{"} train: {train}, validation: {train}, template: plain {"}"}
            model: {"{"} from: {start} {"}"}
            preference: {"{"} beta: 0.1 {"}"}
            {adapter}
            training: {"{"} seed: {seed}, maxSteps: 300, learningRate: 5.0e-3, warmupSteps: 5, logEvery: 1, validateEvery: 100, patience: 0 {"}"}
            """);
        LogEntry[] log = [.. File.ReadLines(run.Directory.LogPath).Select(line => JsonSerializer.Deserialize(line, TrainingJson.Default.LogEntry)!)];
        Assert.Equal(Math.Log(2), log[0].Loss!.Value, 1e-7);
        LogEntry last = log.Last(entry => entry.ValidationLoss is not null);
        Assert.Equal(1, last.ValidationScores!["accuracy"]);
        Assert.True(last.ValidationScores["margin"] > 0.1, $"seed {seed}: margin {last.ValidationScores["margin"]}");

        var encoder = new PromptEncoder(Tokenizer.Load(start), PromptTemplate.Named("plain"), endId: 0);
        float[] before = Preferences(start, encoder, train), after = Preferences(run.Directory.ModelPath, encoder, train);
        Assert.All(before.Zip(after), pair => Assert.True(pair.Second > pair.First && (adapter.Length > 0 || pair.Second > 0), $"seed {seed}: log p(chosen) - log p(rejected) went from {pair.First} to {pair.Second}"));
    }

    [Theory]
    [InlineData("model: { sizes: 1 }", "unknown key")]
    [InlineData("model: { family: gpt2 }", "model.from must name the model")]
    [InlineData("model: { from: x }\npreference: { beta: 0 }", "preference.beta is 0")]
    [InlineData("model: { from: x }\npreference: { labelSmoothing: 0.5 }", "preference.labelSmoothing is 0.5")]
    [InlineData("model: { from: x }\nadapter: { dropout: 0.1 }", "adapter.dropout is 0.1, but this task drops nothing out")]
    [InlineData("model: { from: x }\ntraining: { labelSmoothing: 0.1 }", "training.labelSmoothing means nothing for this task")]
    public void What_a_configuration_may_not_say_is_named(string text, string expected)
    {
        string path = folder.File("config.yaml", "task: preference\ndata: { train: y }\n" + text + "\n");
        Assert.Contains(expected, Assert.Throws<ConfigException>(() => RunConfig.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_line_is_named()
    {
        string train = folder.File("train.jsonl", "{\"prompt\": \"a\", \"chosen\": \"b\"}\n");
        string config = folder.File("config.yaml", $"task: preference\ndata: {"{"} train: {train} {"}"}\nmodel: {"{"} from: {SmallChat.WriteModel(folder)} {"}"}\n");
        Assert.Contains("line 1 of", Assert.Throws<InvalidDataException>(() => TrainingRun.Start(RunConfig.Load(config), new RunDirectory(folder.File("run")))).Message, StringComparison.Ordinal);
    }

    private static float[] Preferences(string path, PromptEncoder encoder, string train)
    {
        var model = (CausalLanguageModel)PretrainedModel.Load(path).Model;
        return [.. File.ReadLines(train).Select(line => JsonNode.Parse(line)!).Select(line => Score(line, "chosen") - Score(line, "rejected"))];

        float Score(JsonNode line, string field) => model.SequenceLogProbabilities(LabelledSequence.Pack(
            [encoder.Encode([new(ChatTurn.User, (string)line["prompt"]!), new(ChatTurn.Assistant, (string)line[field]!)])])).Item();
    }
}
