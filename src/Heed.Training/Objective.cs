using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Training;

/// <summary>What a run minimises: a module, and the loss that a batch of one kind makes of it.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
public abstract class Objective<TBatch>
{
    /// <summary>The module that a checkpoint holds. Which of its parameters are trained, the optimiser decides.</summary>
    public abstract Module Module { get; }

    /// <summary>The loss of a model that has learned nothing, such as ln(vocabSize).</summary>
    public abstract double UnlearnedLoss { get; }

    /// <summary>What to try when the loss does not fall, as the end of a sentence.</summary>
    public virtual string StallAdvice => "try a lower training.learningRate or a longer warm-up";

    /// <summary>The mean loss of a batch's labels, a scalar in nats.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="dropout">The step's dropout, or null for none.</param>
    public abstract Tensor Loss(TBatch batch, DropoutSource? dropout);

    /// <summary>The number of labels that <see cref="Loss"/> is the mean of: a batch's share where several make one step.</summary>
    /// <param name="batch">The batch.</param>
    public abstract int LabelCount(TBatch batch);

    /// <summary>The number of tokens that the model reads, for the log.</summary>
    /// <param name="batch">The batch.</param>
    public abstract int TokenCount(TBatch batch);
}
