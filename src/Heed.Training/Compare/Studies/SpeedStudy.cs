using System.Diagnostics;
using Heed.Models.Seq2Seq;
using Heed.Nn.Optimizers;
using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Memory;
using Heed.Tensors.Random;

namespace Heed.Training.Compare.Studies;

/// <summary>Times whole training steps, and weighs what they keep for the backward pass, at growing lengths.</summary>
internal sealed class SpeedStudy(CompareSettings settings, Architecture architecture)
{
    private const int VocabSize = 1000;
    private const int FirstToken = 4;

    public IReadOnlyList<Measurement> Run(IProgress<double> progress, CancellationToken cancellation)
    {
        SpeedSettings sizes = settings.Speed;
        Seq2SeqModel model = architecture.ForBudget(sizes.Parameters, VocabSize, sizes.Lengths.Max() + 1).CreateModel(new SeededRandom(settings.Seed));
        var optimizer = new Adam(model.NamedParameters(), 1e-4f) { MaxGradientNorm = 1 };
        var found = new List<Measurement> { new("speed-parameters", architecture.Label, 0, model.ParameterCount) };
        foreach ((int done, int length) in sizes.Lengths.Index())
        {
            (double seconds, double bytes) = Measure(model, optimizer, Batch(length, sizes.Sequences), sizes.Steps, cancellation);
            found.Add(new Measurement("step-time", architecture.Label, length, 1000 * seconds));
            found.Add(new Measurement("tokens-per-second", architecture.Label, length, 2 * length * sizes.Sequences / seconds));
            found.Add(new Measurement("memory", architecture.Label, length, bytes / (1 << 20)));
            progress.Report((done + 1.0) / sizes.Lengths.Count);
        }

        return found;
    }

    private static (double Seconds, double Bytes) Measure(Seq2SeqModel model, Adam optimizer, TokenBatch batch, int steps, CancellationToken cancellation)
    {
        var times = new List<double>();
        long bytes = 0;
        for (int step = 0; step <= steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            long started = Stopwatch.GetTimestamp();
            optimizer.ClearGradients();
            long before = BufferPool.BytesInUse;
            using (Tape tape = Tape.Begin())
            {
                Tensor loss = model.Loss(batch, 0, dropout: null);
                bytes = BufferPool.BytesInUse - before;
                tape.Backward(loss);
            }

            optimizer.Step();
            if (step > 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        }

        times.Sort();
        return (times[times.Count / 2], bytes);
    }

    private TokenBatch Batch(int length, int sequences)
    {
        var random = new SeededRandom(settings.Seed);
        int[][] Draw() => [.. Enumerable.Range(0, sequences).Select(_ => Enumerable.Range(0, length - 1).Select(_ => FirstToken + random.Next(VocabSize - FirstToken)).ToArray())];
        return TokenBatch.Pack(Draw(), Draw(), bosId: 1, eosId: 2);
    }
}
