using Heed.Models.Formats;
using Heed.Testing;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;

namespace Heed.Training.Tests.Checkpoints;

public sealed class CheckpointAveragingTests
{
    private static readonly TrainingSection Settings = new() { MaxSteps = 4, ValidateEvery = 1, KeepBest = 4, BatchTokens = 100 };

    [Fact]
    public void The_mean_of_checkpoints_is_the_mean_of_each_weight()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        var run = new SmallRun(Settings, SmallRun.Corpus(20, seed: 1), store);
        var weights = new List<float[]>();
        run.AfterStep = _ => weights.Add(Weights(run));
        run.Trainer.Run();

        CheckpointAveraging.Average(store, [4, 1, 2], run.Model);
        float[] expected = [.. Enumerable.Range(0, weights[0].Length).Select(i => (float)(((double)weights[3][i] + weights[0][i] + weights[1][i]) / 3))];
        TensorAssert.Close(expected, Weights(run), 1e-7, "the mean of three");

        CheckpointAveraging.Average(store, [3], run.Model);
        TensorAssert.SameBits(weights[2], Weights(run), "the mean of one");
        CheckpointAveraging.Average(store, [2, 2, 2, 2, 2], run.Model);
        TensorAssert.SameBits(weights[1], Weights(run), "the mean of five equal ones");
        Assert.Throws<ArgumentOutOfRangeException>(() => CheckpointAveraging.Average(store, [], run.Model));
    }

    [Fact]
    public void A_damaged_checkpoint_among_them_is_named()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        var run = new SmallRun(Settings, SmallRun.Corpus(20, seed: 1), store);
        run.Trainer.Run();
        string damaged = folder.File(Path.Combine("step-00000002", "model.safetensors"));
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..^1]);

        var error = Assert.Throws<ModelFileException>(() => CheckpointAveraging.Average(store, [4, 3, 2], run.Model));
        Assert.StartsWith(damaged, error.Message);
        Assert.EndsWith($"delete {Path.GetDirectoryName(damaged)} to resume from step 1", error.Message);
    }

    private static float[] Weights(SmallRun run) => [.. run.Model.NamedParameters().SelectMany(parameter => parameter.Tensor.ToArray())];
}
