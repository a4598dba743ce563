using Heed.Nn.Optimizers;
using Heed.Nn.Schedules;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Training.Checkpoints;
using Heed.Training.Configuration;
using Heed.Training.Data;

namespace Heed.Training;

/// <summary>The training loop over batches of one kind: each goes through the model and back.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
/// <param name="objective">The model and its loss.</param>
/// <param name="optimizer">Holds the parameters that are trained.</param>
/// <param name="schedule">The learning rate of each step.</param>
/// <param name="settings">Everything else.</param>
/// <param name="batches">The training data.</param>
/// <param name="checkpoints">Where checkpoints go, or null to keep none.</param>
/// <param name="validate">Scores the model, or null to validate never.</param>
public sealed class Trainer<TBatch>(
    Objective<TBatch> objective,
    Optimizer optimizer,
    LearningRateSchedule schedule,
    TrainingSection settings,
    BatchSource<TBatch> batches,
    CheckpointStore? checkpoints = null,
    Func<ValidationResult>? validate = null)
    : Trainer(objective.Module, optimizer, schedule, settings, new LossDiagnosis(objective.UnlearnedLoss, objective.StallAdvice), checkpoints, validate)
{
    private protected override IEnumerable<StepGradients> Gradients()
    {
        using IEnumerator<PositionedBatch<TBatch>> data = batches.Read(State.Position).GetEnumerator();
        while (true)
        {
            List<PositionedBatch<TBatch>> group = NextGroup(data);
            long labels = group.Sum(each => (long)objective.LabelCount(each.Batch));
            var dropout = new DropoutSource(Settings.Seed, (ulong)State.Step);
            double loss = 0;
            foreach (TBatch batch in group.Select(each => each.Batch))
            {
                loss += AddGradients(batch, (double)objective.LabelCount(batch) / labels, dropout);
            }

            yield return new StepGradients(loss, group.Sum(each => objective.TokenCount(each.Batch)), group[^1].Next);
        }
    }

    // A step never crosses the end of an epoch, so the last step of an epoch may have fewer batches.
    private List<PositionedBatch<TBatch>> NextGroup(IEnumerator<PositionedBatch<TBatch>> data)
    {
        var group = new List<PositionedBatch<TBatch>>(Settings.AccumulateBatches);
        do
        {
            data.MoveNext();
            group.Add(data.Current);
        }
        while (group.Count < Settings.AccumulateBatches && !group[^1].EndsEpoch);

        return group;
    }

    // Every label of the step counts the same, whichever batch it is in.
    private double AddGradients(TBatch batch, double share, DropoutSource dropout)
    {
        using Tape tape = Tape.Begin();
        Tensor loss = objective.Loss(batch, dropout);
        tape.Backward(loss, Tensor.Full(loss.Shape, (float)share, loss.Device));
        return share * loss.Item();
    }
}
