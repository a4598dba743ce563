using Heed.Training.Configuration;

namespace Heed.Training.Data.Preflight;

/// <summary>How many steps one pass over the data takes, and how many passes a training is.</summary>
/// <param name="tokens">The tokens of one pass.</param>
/// <param name="training">The training.</param>
internal sealed class EpochLength(long tokens, TrainingSection training)
{
    /// <summary>Steps of one pass, about.</summary>
    public double Steps => Math.Max(1, Math.Ceiling((double)tokens / training.BatchTokens / training.AccumulateBatches));

    /// <summary>Passes of the training.</summary>
    public double Epochs => training.MaxSteps / Steps;

    /// <summary>A sentence for people.</summary>
    public override string ToString() =>
        $"An epoch is about {PlainWords.Count(Steps)} steps; {PlainWords.Count(training.MaxSteps)} steps are {PlainWords.Number(Epochs)} epochs.";
}
