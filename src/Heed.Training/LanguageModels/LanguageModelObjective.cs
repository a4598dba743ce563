using Heed.Models;
using Heed.Models.Causal;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Training.LanguageModels;

/// <summary>The mean cross-entropy of the tokens that a language model is to foretell.</summary>
/// <param name="model">The model.</param>
/// <param name="labelSmoothing">The share of probability spread over the whole vocabulary, in [0, 1).</param>
/// <param name="trained">What of the model is trained, such as its adapter; null is all of it.</param>
public sealed class LanguageModelObjective(CausalLanguageModel model, float labelSmoothing = 0, Module? trained = null) : TextObjective
{
    /// <inheritdoc/>
    public override Module Module => trained ?? model;

    /// <inheritdoc/>
    public override double UnlearnedLoss => Math.Log(model.VocabSize);

    /// <inheritdoc/>
    public override Tensor Loss(TextBatch batch, DropoutSource? dropout) => model.Loss(batch, dropout, labelSmoothing);
}
