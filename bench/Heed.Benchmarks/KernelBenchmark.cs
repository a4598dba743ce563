using System.Diagnostics;
using System.Text.Json.Nodes;
using Heed.Tensors;
using Heed.Tensors.Devices;

namespace Heed.Benchmarks;

/// <summary>The kernels beside the matrix product, at the sizes of a training step: 4096 rows of 512, and logits of 512 rows over 16,000 classes.</summary>
internal static class KernelBenchmark
{
    private const int Rows = 4096;
    private const int Columns = 512;
    private const int Classes = 16_000;
    private const int LogitRows = 512;

    public static void Run(int threads)
    {
        CpuDevice device = CpuDevice.Create(threads);
        Tensor Matrix(float value) => Tensor.Full(new Shape(Rows, Columns), value, device);
        Tensor Vector(int length) => Tensor.Full(new Shape(length), 0.5f, device);
        (Tensor a, Tensor b, Tensor y) = (Matrix(0.3f), Matrix(-0.7f), Matrix(0));
        (Tensor gain, Tensor dGain, Tensor dBias, Tensor mean, Tensor inverse) = (Vector(Columns), Vector(Columns), Vector(Columns), Vector(Rows), Vector(Rows));
        Tensor logits = Tensor.Full(new Shape(LogitRows, Classes), 0.1f, device);
        (Tensor losses, Tensor normalizers) = (Vector(LogitRows), Vector(LogitRows));
        Tensor table = Tensor.Zeros(new Shape(8000, Columns), device);
        int[] ids = [.. Enumerable.Range(0, Rows).Select(i => (int)(i * 2654435761L % 8000))];
        int[] positions = [.. Enumerable.Range(0, Rows).Select(i => i % 64)];
        int[] targets = new int[LogitRows];
        var adam = new AdamStep(1e-3f, 0.9f, 0.98f, 1e-9f, 0, 0.1f, 0.02f, 1f);
        (Tensor first, Tensor second) = (Matrix(0.1f), Matrix(0.1f));

        Report(threads, "add", 3 * a.Count, () => device.Add(a, b, y));
        Report(threads, "add row", 2 * a.Count, () => device.AddRow(a, gain, y));
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            Report(threads, $"{activation}", 2 * a.Count, () => device.Activate(activation, a, y));
            Report(threads, $"{activation} backward", 3 * a.Count, () => device.ActivateBackward(activation, a, b, y));
        }

        Report(threads, "dropout", 2 * a.Count, () => device.Dropout(a, 0.1f, 99, y));
        Report(threads, "add dropout", 3 * a.Count, () => device.AddDropout(a, b, 0.1f, 99, y));
        Report(threads, "softmax", 2 * a.Count, () => device.Softmax(a, y));
        Report(threads, "softmax backward", 3 * a.Count, () => device.SoftmaxBackward(a, b, y));
        Report(threads, "layer norm", 2 * a.Count, () => device.LayerNorm(a, gain, gain, 1e-5f, y, mean, inverse));
        Report(threads, "layer norm backward", 3 * a.Count, () => device.LayerNormBackward(a, gain, mean, inverse, b, y, dGain, dBias));
        Report(threads, "rms norm", 2 * a.Count, () => device.RmsNorm(a, gain, 1e-5f, y, inverse));
        Report(threads, "rms norm backward", 3 * a.Count, () => device.RmsNormBackward(a, gain, inverse, b, y, dGain));
        Report(threads, "sum rows", a.Count, () => device.SumRows(a, dGain, accumulate: true));
        Report(threads, "sum of squares", a.Count, () => device.SumOfSquares(a));
        Report(threads, "gather rows", 2 * a.Count, () => device.GatherRows(table, ids, 22.6f, y));
        Report(threads, "scatter add rows", 3 * a.Count, () => device.ScatterAddRows(a, ids, 22.6f, table));
        Report(threads, "rotate", 2 * a.Count, () => device.Rotate(a, positions, RotaryFrequencies.Geometric(64, 10000f), inverse: false, y));
        Report(threads, "cross-entropy", logits.Count, () => device.CrossEntropy(logits, targets, 0.1f, -1, losses, normalizers));
        Report(threads, "cross-entropy backward", 2 * logits.Count, () => device.CrossEntropyBackward(logits, targets, 0.1f, -1, normalizers, losses, logits));
        Report(threads, "Adam", 7 * a.Count, () => device.AdamStep(y, b, first, second, adam));
        Report(threads, "permute heads", 2 * a.Count, () => Ops.Permute(Ops.Reshape(a, new Shape(64, 64, 8, 64)), 0, 2, 1, 3).Release());
        Report(threads, "transpose", 2 * a.Count, () => Ops.Permute(a, 1, 0).Release());
    }

    private static void Report(int threads, string kernel, int floatsMoved, Action run)
    {
        double best = double.PositiveInfinity;
        long end = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 5);
        while (Stopwatch.GetTimestamp() < end)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        Console.WriteLine(new JsonObject
        {
            ["kernel"] = kernel,
            ["threads"] = threads,
            ["microseconds"] = Math.Round(best * 1e6),
            ["gigabytesPerSecond"] = Math.Round(floatsMoved * sizeof(float) / best / 1e9, 1),
        }.ToJsonString());
    }
}
