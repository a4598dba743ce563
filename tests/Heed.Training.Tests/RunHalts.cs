using Heed.Training.Configuration;

namespace Heed.Training.Tests;

/// <summary>Runs that are stopped on their way and resumed, whatever the task.</summary>
internal static class RunHalts
{
    /// <summary>Trains to the end, with a halt behind a step or without one.</summary>
    /// <returns>The bytes of the finished model's weights.</returns>
    public static byte[] Finished(RunConfig config, RunDirectory directory, int? stopAfter)
    {
        TrainingRun run = TrainingRun.Start(config, directory);
        using var cancellation = new CancellationTokenSource();
        run.Trainer.Observe(new Stopper(stopAfter, cancellation));
        if (run.Trainer.Run(cancellation.Token) == StopReason.Cancelled)
        {
            run = TrainingRun.Resume(directory);
            run.Trainer.Run();
        }

        run.Finish();
        return File.ReadAllBytes(Path.Combine(directory.ModelPath, "model.safetensors"));
    }

    private sealed class Stopper(int? after, CancellationTokenSource source) : TrainingObserver
    {
        public override void OnStep(StepResult step)
        {
            if (step.Step == after)
            {
                source.Cancel();
            }
        }
    }
}
