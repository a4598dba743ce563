using Heed.Models.Seq2Seq;
using Heed.Tensors;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;
using Heed.Training.Compare.Tasks;

namespace Heed.Training.Compare.Studies;

/// <summary>Trains one architecture on one task and measures its accuracy at every distance; on the recall task its gradients too.</summary>
internal sealed class TaskStudy(CompareSettings settings, SequenceTask task, Architecture architecture)
{
    private const int TokensPerPass = 8192;
    private const double Z95 = 1.96;

    public IReadOnlyList<Measurement> Run(IProgress<double> progress, CancellationToken cancellation)
    {
        TaskSettings sizes = settings.Tasks;
        int maxLength = Math.Max(task.LongestSequence(), sizes.GradientDistance + 16);
        Seq2SeqModel model = architecture.ForBudget(sizes.Parameters, task.VocabSize, maxLength).CreateModel(new SeededRandom(settings.Seed));
        var batches = new TaskBatches(task, sizes.SequencesPerStep, settings.Seed);
        var found = new List<Measurement> { new($"{task.Name}-parameters", architecture.Label, 0, model.ParameterCount) };
        bool gradients = task is RecallTask;
        if (gradients)
        {
            found.AddRange(GradientStudy.Measure(model, batches.Test(sizes.GradientDistance, 32), "gradient-before", architecture.Label));
        }

        IReadOnlyList<(int Step, double Loss)> curve = StudyTraining.Run(model, batches, sizes.Steps, sizes.LearningRate, settings.Seed, progress, cancellation);
        found.AddRange(curve.Select(point => new Measurement($"{task.Name}-loss", architecture.Label, point.Step, point.Loss)));
        if (gradients)
        {
            found.AddRange(GradientStudy.Measure(model, batches.Test(sizes.GradientDistance, 32), "gradient-after", architecture.Label));
        }

        foreach (int distance in task.Measured)
        {
            cancellation.ThrowIfCancellationRequested();
            found.Add(Accuracy(model, batches, distance, sizes.TestSequences));
        }

        return found;
    }

    private Measurement Accuracy(Seq2SeqModel model, TaskBatches batches, int distance, int sequences)
    {
        TokenBatch all = batches.Test(distance, sequences);
        int right = 0;
        int tokens = 0;
        foreach (TokenBatch part in Split(all, model.EosId))
        {
            using TensorScope scope = TensorScope.Begin();
            (int partRight, int partTokens) = Count(model.Logits(part), part);
            (right, tokens) = (right + partRight, tokens + partTokens);
        }

        double share = (double)right / tokens;
        double deviation = Z95 * Math.Sqrt(Math.Max(share * (1 - share), 0.25 / tokens) / sequences); // tokens of one sequence are not independent
        return new Measurement(task.Name, architecture.Label, distance, share, Math.Max(0, share - deviation), Math.Min(1, share + deviation));
    }

    // In pieces, so that memory does not grow with the number of test sequences.
    private static IEnumerable<TokenBatch> Split(TokenBatch batch, int eosId)
    {
        int size = Math.Max(1, TokensPerPass / Math.Max(1, batch.Sources.MaxLength + batch.Targets.MaxLength));
        foreach (int[] chunk in Enumerable.Range(0, batch.Count).Chunk(size))
        {
            yield return TokenBatch.Pack([.. chunk.Select(i => Inner(batch.SourceIds, batch.Sources, i))], [.. chunk.Select(i => Inner(batch.LabelIds, batch.Targets, i))], batch.DecoderInputIds[0], eosId);
        }
    }

    private static int[] Inner(int[] ids, Segments segments, int i) => ids.AsSpan(segments.Starts[i], segments.Lengths[i] - 1).ToArray(); // without the end mark

    // What repeats the question and the end mark is not counted.
    private (int Right, int Tokens) Count(Tensor logits, TokenBatch batch)
    {
        int right = 0;
        int tokens = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            int end = batch.Targets.Starts[i] + batch.Targets.Lengths[i] - 1;
            for (int row = batch.Targets.Starts[i] + task.Repeated; row < end; row++)
            {
                tokens++;
                right += LargestElement.IndexOf(logits.RowRange(row, 1).Values) == batch.LabelIds[row] ? 1 : 0;
            }
        }

        return (right, tokens);
    }
}
