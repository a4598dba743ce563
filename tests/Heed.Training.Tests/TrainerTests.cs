using Heed.Nn;
using Heed.Nn.Schedules;
using Heed.Testing;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;
using Heed.Training.Data;

namespace Heed.Training.Tests;

public sealed class TrainerTests : IDisposable
{
    private static readonly TrainingSection Settings = new() { Seed = 3, BatchTokens = 100, LearningRate = 1e-3, WarmupSteps = 4, LogEvery = 2, ValidateEvery = 3, MaxSteps = 12, Patience = 0, KeepBest = 3, AverageBest = 1 };

    private readonly TemporaryFolder folder = new();
    private readonly EncodedCorpus corpus = SmallRun.Corpus(40, seed: 8);

    private CheckpointStore Store => new(folder.Path);

    public void Dispose() => folder.Dispose();

    private static ValidationResult Result(double loss) => new(loss, new Dictionary<string, double> { ["perplexity"] = Math.Exp(loss) }, []);

    private SmallRun Run(TrainingSection settings, params double[] validationLosses)
    {
        var losses = new Queue<double>(validationLosses);
        Func<ValidationResult>? validate = validationLosses.Length == 0 ? null : () => Result(losses.Dequeue());
        return new SmallRun(settings, corpus, Store, validate);
    }

    [Fact]
    public void A_run_takes_as_many_steps_as_it_may_and_learns()
    {
        SmallRun run = Run(Settings with { MaxSteps = 60, LearningRate = 1e-2 });
        Assert.Equal(StopReason.Finished, run.Trainer.Run());
        Assert.Equal(Enumerable.Range(1, 60), run.Steps.Select(step => step.Step));
        Assert.True(run.Log[^1].Loss < 0.9 * run.Log[0].Loss, $"the loss went from {run.Log[0].Loss} to {run.Log[^1].Loss}");
    }

    [Fact]
    public void The_rate_of_each_step_is_the_schedules()
    {
        var schedule = new CosineSchedule(0.01, 3, 12, 0.001);
        var run = new SmallRun(Settings, corpus, schedule: schedule);
        run.Trainer.Run();
        Assert.Equal(Enumerable.Range(1, 12).Select(step => (double)schedule.At(step)), run.Steps.Select(step => step.LearningRate));
    }

    [Fact]
    public void The_log_has_the_mean_of_every_window_and_of_what_is_left_at_the_end()
    {
        SmallRun run = Run(Settings with { MaxSteps = 11, LogEvery = 4 });
        run.Trainer.Run();
        double[] losses = [.. run.Steps.Select(step => step.Loss)];
        Assert.Equal([4, 8, 11], run.Log.Select(entry => entry.Step));
        Assert.Equal([losses[..4].Average(), losses[4..8].Average(), losses[8..].Average()], run.Log.Select(entry => entry.Loss!.Value));
        Assert.Equal(run.Steps[7].GradientNorm, run.Log[1].GradientNorm);
        Assert.Equal(run.Steps[7].LearningRate, run.Log[1].LearningRate);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_run_of_epochs_sees_every_pair_that_often(int accumulate)
    {
        SmallRun run = Run(Settings with { MaxSteps = 1000, MaxEpochs = 2, AccumulateBatches = accumulate });
        Assert.Equal(StopReason.Finished, run.Trainer.Run());
        Assert.Equal(2 * (corpus.TokenCount + (2 * corpus.Count)), run.Trainer.State.Tokens);
        Assert.Equal(new DataPosition(2, 0), run.Trainer.State.Position);
        Assert.Equal([0, 1], run.Steps.Select(step => step.Epoch).Distinct());
        Assert.Equal(run.Trainer.State.Step, run.Trainer.State.ValidatedStep);
    }

    [Fact]
    public void A_run_of_minutes_ends_at_a_step() => Assert.Equal(1, Steps(Settings with { MaxMinutes = 1e-12 }));

    [Fact]
    public void Accumulated_batches_give_the_step_of_one_large_batch()
    {
        // One step an epoch either way: over all its small batches, whose sizes differ, or over one batch of everything.
        // With the usual tiny epsilon Adam would make large steps of what rounding leaves of gradients that are zero.
        TrainingSection many = Settings with { MaxSteps = 3, BatchTokens = 90, AccumulateBatches = 1000, AdamEpsilon = 1e-2f };
        TrainingSection one = many with { BatchTokens = 100_000, AccumulateBatches = 1 };
        SmallRun[] runs = [.. new[] { many, one }.Select(settings => new SmallRun(settings, corpus, dropout: 0))];
        foreach (SmallRun run in runs)
        {
            run.Trainer.Run();
        }

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(runs[1].Steps[i].Loss, runs[0].Steps[i].Loss, 1e-5);
            Assert.Equal(runs[1].Steps[i].GradientNorm, runs[0].Steps[i].GradientNorm, 1e-4);
            Assert.Equal(runs[1].Steps[i].Tokens, runs[0].Steps[i].Tokens);
        }

        foreach ((NamedParameter expected, NamedParameter actual) in runs[1].Model.NamedParameters().Zip(runs[0].Model.NamedParameters()))
        {
            TensorAssert.Close(expected.Tensor, actual.Tensor, 1e-6, expected.Name, floor: 1);
        }
    }

    [Fact]
    public void The_best_checkpoints_are_kept_in_order_and_the_later_of_two_equals_comes_first()
    {
        SmallRun run = Run(Settings with { MaxSteps = 18 }, 3.0, 1.0, 2.0, 1.0, 5.0, 0.5);
        run.Trainer.Run();
        Assert.Equal([new RankedCheckpoint(18, 0.5), new(12, 1), new(6, 1)], run.Trainer.State.Best);
        Assert.Equal([6, 12, 18], Store.Steps());
        Assert.Equal([3, 6, 9, 12, 15, 18], run.Checkpoints);
    }

    [Fact]
    public void Without_validation_the_latest_checkpoints_are_the_best()
    {
        SmallRun run = Run(Settings with { Patience = 1 });
        Assert.Equal(StopReason.Finished, run.Trainer.Run());
        Assert.Equal([12, 9, 6], run.Trainer.State.Best.Select(best => best.Step));
    }

    [Fact]
    public void A_run_without_improvement_for_long_ends()
    {
        TrainingSection settings = Settings with { MaxSteps = 1000, Patience = 3 };
        SmallRun run = Run(settings, 3, 2, 2, 2.5, 1.9, 1.9, 2, 4, 1);
        Assert.Equal(StopReason.Converged, run.Trainer.Run());
        Assert.Equal(3 * 8, run.Trainer.State.Step);
        Assert.Equal([18, 15], run.Trainer.State.Best.Take(2).Select(best => best.Step));

        SmallRun resumed = Run(settings, 1).Resume(Store);
        Assert.Equal(StopReason.Converged, resumed.Trainer.Run());
        Assert.Empty(resumed.Steps);

        SmallRun patient = Run(settings with { Patience = 5, MaxSteps = 27 }, 1).Resume(Store);
        Assert.Equal(StopReason.Finished, patient.Trainer.Run());
        Assert.Equal(3, patient.Steps.Count);
    }

    [Fact]
    public void The_last_step_is_always_validated_and_saved()
    {
        SmallRun run = Run(Settings with { MaxSteps = 5 }, 2, 1);
        run.Trainer.Run();
        Assert.Equal([3, 5], run.Checkpoints);
        Assert.Equal([new RankedCheckpoint(5, 1), new(3, 2)], run.Trainer.State.Best);
    }

    [Fact]
    public void Running_a_finished_run_again_changes_nothing()
    {
        TrainingSection settings = Settings with { MaxSteps = 5 };
        SmallRun run = Run(settings, 2, 1);
        run.Trainer.Run();
        SmallRun again = Run(settings, 0).Resume(Store);
        Assert.Equal(StopReason.Finished, again.Trainer.Run());

        Assert.Equal(run.Bits(), again.Bits());
        Assert.Equal(run.Trainer.State.Best, again.Trainer.State.Best);
        Assert.Empty(again.Log);
        Assert.Empty(again.Steps);
    }

    [Fact]
    public void A_run_stopped_before_its_first_step_can_be_resumed()
    {
        SmallRun run = Run(Settings);
        string fresh = run.Bits();
        Assert.Equal(StopReason.Cancelled, run.Trainer.Run(new CancellationToken(canceled: true)));
        SmallRun resumed = Run(Settings with { MaxSteps = 1 }).Resume(Store);
        Assert.Equal(fresh, resumed.Bits());
        resumed.Trainer.Run();
        Assert.Equal(1, resumed.Trainer.State.Step);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_and_leaves_the_last_checkpoint_whole()
    {
        SmallRun run = Run(Settings with { MaxSteps = 100 });
        string saved = "";
        run.AfterStep = step =>
        {
            if (step == 7)
            {
                run.Model.NamedParameters()[0].Tensor.MutableValues()[0] = float.NaN; // as a diverging run would end
            }
            else if (step == 6)
            {
                saved = run.Bits();
            }
        };

        var error = Assert.Throws<TrainingException>(() => run.Trainer.Run());
        Assert.StartsWith("step 8: the loss is no longer a number (loss NaN, gradient norm NaN, learning rate 0.0007071)", error.Message);
        Assert.Equal((8, error.Message), (run.Log[^1].Step, run.Log[^1].Message));
        Assert.Equal([3, 6], Store.Steps());
        Assert.Equal(saved, Run(Settings).Resume(Store).Bits());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_validation_loss_that_is_no_number_ends_the_run_and_is_not_ranked(double loss)
    {
        SmallRun run = Run(Settings, 2, loss);
        var error = Assert.Throws<TrainingException>(() => run.Trainer.Run());
        Assert.StartsWith("step 6: the validation loss is no longer a number", error.Message);
        Assert.Equal([3], Store.Steps());
    }

    [Fact]
    public void A_perplexity_beyond_all_numbers_is_left_out_of_the_log()
    {
        SmallRun run = Run(Settings with { MaxSteps = 3 }, 800);
        run.Trainer.Run();
        var directory = new RunDirectory(folder.Path);
        directory.Log(run.Log[^1]);
        Assert.Equal(800.0, run.Log[^1].ValidationLoss);
        Assert.Empty(run.Log[^1].ValidationScores!);
    }

    [Fact]
    public void What_a_model_writes_is_shown_without_control_characters() =>
        Assert.Equal(["a\nb\tc\uFFFD[2J\n\uFFFD", "ok"], new ValidationResult(1, new Dictionary<string, double>(), ["a\r\nb\tc\u001b[2J\r\0", "ok"]).Samples);

    [Fact]
    public void A_checkpoint_that_cannot_be_saved_ends_the_run_and_the_run_can_be_resumed()
    {
        SmallRun whole = new(Settings, corpus);
        whole.Trainer.Run();
        string obstacle = folder.File("step-00000006.partial", "a file where the folder should go");
        Assert.Throws<IOException>(() => Run(Settings).Trainer.Run());

        File.Delete(obstacle);
        SmallRun resumed = Run(Settings).Resume(Store);
        Assert.Equal(3, resumed.Trainer.State.Step);
        resumed.Trainer.Run();
        Assert.Equal(whole.Bits(), resumed.Bits());
    }

    private int Steps(TrainingSection settings)
    {
        SmallRun run = Run(settings);
        Assert.Equal(StopReason.Finished, run.Trainer.Run());
        return run.Trainer.State.Step;
    }
}
