using Heed.Models;
using Heed.Models.Encoders;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Training.MaskedLanguageModels;

/// <summary>The mean cross-entropy of the tokens that are hidden from an encoder.</summary>
/// <param name="model">The model, with a head for tokens.</param>
/// <param name="labelSmoothing">The share of probability spread over the whole vocabulary, in [0, 1).</param>
public sealed class MaskedTokenObjective(EncoderModel model, float labelSmoothing = 0) : TextObjective
{
    /// <inheritdoc/>
    public override Module Module => model;

    /// <inheritdoc/>
    public override double UnlearnedLoss => Math.Log(model.Config.VocabSize);

    /// <inheritdoc/>
    public override Tensor Loss(TextBatch batch, DropoutSource? dropout) => model.TokenLoss(batch, dropout, labelSmoothing);
}
