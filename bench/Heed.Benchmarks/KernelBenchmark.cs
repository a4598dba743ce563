using System.Text.Json.Nodes;
using Heed.Tensors;
using Heed.Tensors.Devices;

namespace Heed.Benchmarks;

/// <summary>The kernels beside the matrix product, at the sizes of a training step: 4096 rows of 512, and logits of 512 rows over 16,000 classes.</summary>
internal sealed class KernelBenchmark
{
    private const int Rows = 4096;
    private const int Columns = 512;
    private const int Classes = 16_000;
    private const int LogitRows = 512;

    private readonly int threads;
    private readonly CpuDevice device;
    private readonly Tensor a, b, y, first, second, gain, dGain, dBias, mean, inverse, logits, losses, normalizers, table;
    private readonly int[] ids = [.. Enumerable.Range(0, Rows).Select(i => (int)(i * 2654435761L % 8000))];
    private readonly int[] positions = [.. Enumerable.Range(0, Rows).Select(i => i % 64)];
    private readonly int[] targets = new int[LogitRows];

    private KernelBenchmark(int threads)
    {
        this.threads = threads;
        device = CpuDevice.Create(threads);
        (a, b, y, first, second) = (Matrix(0.3f), Matrix(-0.7f), Matrix(0), Matrix(0.1f), Matrix(0.1f));
        (gain, dGain, dBias, mean, inverse) = (Vector(Columns), Vector(Columns), Vector(Columns), Vector(Rows), Vector(Rows));
        logits = Tensor.Full(new Shape(LogitRows, Classes), 0.1f, device);
        (losses, normalizers) = (Vector(LogitRows), Vector(LogitRows));
        table = Tensor.Zeros(new Shape(8000, Columns), device);
    }

    public static IEnumerable<JsonObject> Measure(int threads)
    {
        var benchmark = new KernelBenchmark(threads);
        return benchmark.Kernels().Select(benchmark.Measure);
    }

    /// <summary>Every kernel with its elements, the floats it moves and the operations it does for each; an exponential or a random number counts as 10.</summary>
    private IEnumerable<Kernel> Kernels()
    {
        int n = a.Count;
        yield return new("add", n, 3, 1, () => device.Add(a, b, y));
        yield return new("add row", n, 2, 1, () => device.AddRow(a, gain, y));
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            int operations = activation == Activation.Relu ? 1 : 14;
            yield return new($"{activation}", n, 2, operations, () => device.Activate(activation, a, y));
            yield return new($"{activation} backward", n, 3, operations + 2, () => device.ActivateBackward(activation, a, b, y));
        }

        var adam = new AdamStep(1e-3f, 0.9f, 0.98f, 1e-9f, 0, 0.1f, 0.02f, 1f);
        yield return new("dropout", n, 2, 11, () => device.Dropout(a, 0.1f, 99, y));
        yield return new("add dropout", n, 3, 12, () => device.AddDropout(a, b, 0.1f, 99, y));
        yield return new("softmax", n, 2, 14, () => device.Softmax(a, y));
        yield return new("softmax backward", n, 3, 4, () => device.SoftmaxBackward(a, b, y));
        yield return new("layer norm", n, 2, 8, () => device.LayerNorm(a, gain, gain, 1e-5f, y, mean, inverse));
        yield return new("layer norm backward", n, 3, 14, () => device.LayerNormBackward(a, gain, mean, inverse, b, y, dGain, dBias));
        yield return new("rms norm", n, 2, 4, () => device.RmsNorm(a, gain, 1e-5f, y, inverse));
        yield return new("rms norm backward", n, 3, 10, () => device.RmsNormBackward(a, gain, inverse, b, y, dGain));
        yield return new("sum rows", n, 1, 1, () => device.SumRows(a, dGain, accumulate: true));
        yield return new("sum of squares", n, 1, 2, () => device.SumOfSquares(a));
        yield return new("gather rows", n, 2, 1, () => device.GatherRows(table, ids, 22.6f, y));
        yield return new("scatter add rows", n, 3, 2, () => device.ScatterAddRows(a, ids, 22.6f, table));
        yield return new("rotate", n, 2, 3, () => device.Rotate(a, positions, RotaryFrequencies.Geometric(64, 10000f), inverse: false, y));
        yield return new("cross-entropy", logits.Count, 1, 13, () => device.CrossEntropy(logits, targets, 0.1f, -1, losses, normalizers));
        yield return new("cross-entropy backward", logits.Count, 2, 13, () => device.CrossEntropyBackward(logits, targets, 0.1f, -1, normalizers, losses, logits));
        yield return new("Adam", n, 7, 12, () => device.AdamStep(y, b, first, second, adam));
        yield return new("permute heads", n, 2, 0, () => Ops.Permute(Ops.Reshape(a, new Shape(64, 64, 8, 64)), 0, 2, 1, 3).Release());
        yield return new("transpose", n, 2, 0, () => Ops.Permute(a, 1, 0).Release());
    }

    private JsonObject Measure(Kernel kernel)
    {
        double best = Timing.Best(kernel.Run, seconds: 0.2);
        double bytes = (double)kernel.Elements * kernel.Floats * sizeof(float);
        return new JsonObject
        {
            ["kernel"] = kernel.Name,
            ["threads"] = threads,
            ["microseconds"] = Math.Round(best * 1e6),
            ["gigabytesPerSecond"] = Math.Round(bytes / best / 1e9, 1),
            ["gflops"] = Math.Round((double)kernel.Elements * kernel.Operations / best / 1e9, 2),
            ["flops_per_byte"] = Math.Round((double)kernel.Operations / (kernel.Floats * sizeof(float)), 3),
        };
    }

    private Tensor Matrix(float value) => Tensor.Full(new Shape(Rows, Columns), value, device);

    private Tensor Vector(int length) => Tensor.Full(new Shape(length), 0.5f, device);

    private readonly record struct Kernel(string Name, int Elements, int Floats, int Operations, Action Run);
}
