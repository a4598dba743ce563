using Heed.Models.Causal;
using Heed.Nn;
using Heed.Nn.Losses;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Training.FineTuning;

/// <summary>Direct preference optimisation: the preferred answer of each pair becomes likelier than the other, measured against where the model began.</summary>
/// <remarks>
/// Nothing is dropped out, because the log-probabilities that the model is compared with were computed without: with dropout, a model that
/// has not moved would not have the loss ln 2.
/// </remarks>
/// <param name="model">The model.</param>
/// <param name="trained">What of it is trained: the model itself, or its adapter.</param>
/// <param name="loss">The loss of two answers.</param>
public sealed class PreferenceObjective(CausalLanguageModel model, Module trained, PreferenceLoss loss) : Objective<PreferenceBatch>
{
    /// <inheritdoc/>
    public override Module Module => trained;

    /// <inheritdoc/>
    public override double UnlearnedLoss => Math.Log(2);

    /// <inheritdoc/>
    public override string StallAdvice => "check that chosen and rejected answers differ, and try a higher training.learningRate or a lower preference.beta";

    /// <inheritdoc/>
    public override Tensor Loss(PreferenceBatch batch, DropoutSource? dropout) => Loss(Margins(batch));

    /// <summary>The mean loss of a batch whose margins are known.</summary>
    /// <param name="margins">What <see cref="Margins"/> gives.</param>
    public Tensor Loss(Tensor margins) => loss.OfMargins(margins);

    /// <summary>The implicit rewards' differences of a batch: see <see cref="PreferenceLoss.Margins"/>.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>[pairs, 1].</returns>
    public Tensor Margins(PreferenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return loss.Margins(model.SequenceLogProbabilities(batch.Texts), Tensor.From(batch.Reference, new Shape(batch.Reference.Length, 1)));
    }

    /// <inheritdoc/>
    public override int LabelCount(PreferenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Pairs;
    }

    /// <inheritdoc/>
    public override int TokenCount(PreferenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Texts.TokenCount;
    }
}
