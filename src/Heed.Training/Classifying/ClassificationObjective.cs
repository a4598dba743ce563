using Heed.Models.Classification;
using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Training.Data.Labelled;

namespace Heed.Training.Classifying;

/// <summary>The mean cross-entropy of texts' classes.</summary>
/// <param name="model">The classifier; a <see cref="Module"/>.</param>
/// <param name="labelSmoothing">The share of probability spread over all classes, in [0, 1).</param>
/// <param name="classWeights">How much a text of each class counts; null counts all the same.</param>
/// <remarks>With weights the loss is <c>sum(weight * loss) / texts</c>, not divided by the sum of the weights, so that a text counts the same in every batch.</remarks>
public sealed class ClassificationObjective(ISequenceClassifier model, float labelSmoothing = 0, IReadOnlyList<float>? classWeights = null) : Objective<ClassificationBatch>
{
    /// <inheritdoc/>
    public override Module Module => (Module)model;

    /// <inheritdoc/>
    public override double UnlearnedLoss => Math.Log(model.NumClasses);

    /// <inheritdoc/>
    public override string StallAdvice => "check some labels by eye, and try a lower training.learningRate or a longer warm-up";

    /// <summary>Weights with which every class counts the same: texts / (classes * texts of the class).</summary>
    /// <param name="counts">How many texts to learn from each class has; none is 0.</param>
    public static float[] Balanced(ReadOnlySpan<int> counts)
    {
        long total = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        var weights = new float[counts.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)((double)total / ((double)counts.Length * counts[i]));
        }

        return weights;
    }

    /// <inheritdoc/>
    public override Tensor Loss(ClassificationBatch batch, DropoutSource? dropout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor logits = model.ClassLogits(batch.Ids, batch.Sequences, dropout); // [texts, classes]
        Tensor losses = Ops.CrossEntropy(logits, batch.Labels, labelSmoothing); // [texts]
        if (classWeights is not null)
        {
            losses = Ops.Multiply(losses, Tensor.From([.. batch.Labels.Select(label => classWeights[label])], losses.Shape));
        }

        return Ops.Mean(losses);
    }

    /// <inheritdoc/>
    public override int LabelCount(ClassificationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Labels.Length;
    }

    /// <inheritdoc/>
    public override int TokenCount(ClassificationBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Ids.Length;
    }
}
