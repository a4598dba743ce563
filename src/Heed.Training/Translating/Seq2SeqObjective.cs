using Heed.Models.Seq2Seq;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Training.Translating;

/// <summary>The mean cross-entropy of the target tokens of sequence pairs.</summary>
/// <param name="model">The model.</param>
/// <param name="labelSmoothing">The share of probability spread over the whole vocabulary, in [0, 1).</param>
public sealed class Seq2SeqObjective(Seq2SeqModel model, float labelSmoothing) : Objective<TokenBatch>
{
    /// <inheritdoc/>
    public override Module Module => model;

    /// <inheritdoc/>
    public override double UnlearnedLoss => Math.Log(model.VocabSize);

    /// <inheritdoc/>
    public override string StallAdvice => "check that source and target lines belong together, and try a lower training.learningRate, a longer warm-up, or model.normPlacement: preNorm";

    /// <inheritdoc/>
    public override Tensor Loss(TokenBatch batch, DropoutSource? dropout) => model.Loss(batch, labelSmoothing, dropout);

    /// <inheritdoc/>
    public override int LabelCount(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.LabelIds.Length;
    }

    /// <inheritdoc/>
    public override int TokenCount(TokenBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.TokenCount;
    }
}
