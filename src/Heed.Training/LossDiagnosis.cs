using System.Globalization;

namespace Heed.Training;

/// <summary>Watches the training loss and says in plain words what is probably wrong when it explodes or stalls.</summary>
/// <param name="vocabSize">The number of tokens: a model that has learned nothing has a loss of ln(vocabSize).</param>
public sealed class LossDiagnosis(int vocabSize)
{
    private const int StallWindow = 2000;

    private double best = double.PositiveInfinity;
    private int bestStep;
    private bool stallReported;

    /// <summary>Explains a loss or gradient that is not a number.</summary>
    /// <param name="step">The step.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="gradientNorm">The gradient's norm.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <returns>A sentence with the mend, or null when both are finite.</returns>
    public static string? Explosion(int step, double loss, double gradientNorm, double learningRate)
    {
        if (double.IsFinite(loss) && double.IsFinite(gradientNorm))
        {
            return null;
        }

        string what = double.IsFinite(loss) ? "the gradient" : "the loss";
        return string.Create(CultureInfo.InvariantCulture, $"step {step}: {what} is no longer a number (loss {loss:G4}, gradient norm {gradientNorm:G4}, learning rate {learningRate:G4}); lower training.learningRate, lengthen training.warmupSteps, or set training.clipNorm; the last checkpoint is untouched");
    }

    /// <summary>Notes a mean loss and says once when it has not fallen for long while still far from learned.</summary>
    /// <param name="step">The step.</param>
    /// <param name="loss">The mean loss since the last call.</param>
    /// <returns>A sentence, or null.</returns>
    public string? Stall(int step, double loss)
    {
        if (loss < best - 0.01)
        {
            (best, bestStep) = (loss, step);
            return null;
        }

        double unlearned = Math.Log(vocabSize);
        if (stallReported || step - bestStep < StallWindow || best < 0.6 * unlearned)
        {
            return null;
        }

        stallReported = true;
        return string.Create(CultureInfo.InvariantCulture, $"the loss has not fallen below {best:F2} for {step - bestStep} steps (a model that knows nothing has {unlearned:F2}); check that source and target lines belong together, and try a lower training.learningRate, a longer warm-up, or model.normPlacement: preNorm");
    }
}
