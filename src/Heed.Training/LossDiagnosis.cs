using System.Globalization;

namespace Heed.Training;

/// <summary>Watches the training loss and says in plain words what is probably wrong when it explodes or stalls.</summary>
/// <param name="unlearned">The loss of a model that has learned nothing, such as ln(vocabSize).</param>
/// <param name="advice">What to try when the loss does not fall.</param>
public sealed class LossDiagnosis(double unlearned, string advice)
{
    private const int StallWindow = 2000; // steps
    private const double Noise = 0.01; // nats; a smaller fall is no progress

    /// <summary>What was seen so far; a resumed run sets it.</summary>
    public LossTrend Trend { get; set; } = new();

    /// <summary>Explains a loss or gradient that is not a number.</summary>
    /// <param name="step">The step.</param>
    /// <returns>A sentence with the mend, or null when both are finite.</returns>
    public static string? Explosion(StepResult step)
    {
        if (double.IsFinite(step.Loss) && double.IsFinite(step.GradientNorm))
        {
            return null;
        }

        string what = double.IsFinite(step.Loss) ? "the gradient" : "the loss";
        return string.Create(CultureInfo.InvariantCulture, $"step {step.Step}: {what} is no longer a number (loss {step.Loss:G4}, gradient norm {step.GradientNorm:G4}, learning rate {step.LearningRate:G4}); lower training.learningRate, lengthen training.warmupSteps, or set training.clipNorm; the last checkpoint is untouched: resume from it with --resume and --set");
    }

    /// <summary>Notes a mean loss and says once when it has not fallen for long while still far from learned.</summary>
    /// <param name="step">The step.</param>
    /// <param name="loss">The mean loss since the last call.</param>
    /// <returns>A sentence, or null.</returns>
    public string? Stall(int step, double loss)
    {
        if (Trend.Best is not { } best || loss < best - Noise)
        {
            Trend = new LossTrend(loss, step, Trend.StallReported);
            return null;
        }

        if (Trend.StallReported || step - Trend.BestStep < StallWindow || best < 0.6 * unlearned)
        {
            return null;
        }

        Trend = Trend with { StallReported = true };
        return string.Create(CultureInfo.InvariantCulture, $"the loss has not fallen below {best:F2} for {step - Trend.BestStep} steps (a model that knows nothing has {unlearned:F2}); {advice}");
    }
}

/// <summary>The lowest mean loss of a run so far.</summary>
/// <param name="Best">That loss, or null before the first.</param>
/// <param name="BestStep">The step it was seen at.</param>
/// <param name="StallReported">Whether the run was told that its loss no longer falls.</param>
public sealed record LossTrend(double? Best = null, int BestStep = 0, bool StallReported = false);
