using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Runs one kernel on the reference device and on the CPU with one, two and three threads, over awkward shapes.</summary>
internal static class KernelCheck
{
    private static readonly int[] AwkwardColumns = [0, 1, 3, 15, 16, 17, 31, 33, 63, 65, 100, 1000];
    private static readonly float[] Normals = RandomTensor.Normal(20250101, new Shape(150_001)).ToArray();
    private static readonly CpuDevice[] Devices = [CpuDevice.Create(1), CpuDevice.Create(2), CpuDevice.Create(3)];

    public static Device Reference { get; } = new ReferenceDevice();

    /// <summary>The CPU with three threads.</summary>
    public static Device Cpu => Devices[2];

    /// <summary>Compares a kernel's results over random shapes.</summary>
    /// <param name="tolerance">The largest difference from the reference, relative to the result's largest element.</param>
    /// <param name="kernel">Makes its inputs from the case, runs one method of the device, and returns all that it wrote.</param>
    /// <param name="floor">What the tolerance is relative to where all elements are smaller: 1, the size of the inputs, for sums that may cancel.</param>
    public static void Run(double tolerance, Func<Device, Case, Tensor[]> kernel, double floor = 1e-30)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new System.Random(seed);
        foreach (int columns in AwkwardColumns)
        {
            for (int round = 0; round < 2; round++)
            {
                int most = columns == 1000 ? 40 : 70; // enough for several threads and several blocks of rows
                int rows = round == 0 ? most : random.Next(1, most);
                Compare(tolerance, floor, kernel, new Case(rows, columns, random.Next()), $"seed {seed}: [{rows}, {columns}]");
            }
        }
    }

    /// <summary>Compares a kernel's results for one shape.</summary>
    public static void Run(double tolerance, int rows, int columns, Func<Device, Case, Tensor[]> kernel, double floor = 1e-30, string? what = null)
    {
        int seed = RandomTensor.FreshSeed();
        Compare(tolerance, floor, kernel, new Case(rows, columns, seed), what ?? $"seed {seed}: [{rows}, {columns}]");
    }

    /// <summary>Checks that a row's result has the same bits alone, within a batch, and wherever the memory begins.</summary>
    /// <param name="kernel">From some rows of x to as many rows of results.</param>
    public static void RowsAreIndependent(Func<Device, Tensor, Tensor> kernel)
    {
        int seed = RandomTensor.FreshSeed();
        foreach (int columns in AwkwardColumns)
        {
            const int rows = 37;
            Tensor x = RandomTensor.Normal(seed, new Shape(rows, columns));
            Tensor batch = kernel(Cpu, x);
            for (int row = 0; row < rows; row += 4)
            {
                Tensor alone = Misaligned(x.Values.Slice(row * columns, columns), new Shape(1, columns), row % 16);
                int width = batch.Columns;
                TensorAssert.SameBits(batch.Values.Slice(row * width, width), kernel(Cpu, alone).Values, $"seed {seed}, {columns} columns, row {row}");
            }
        }
    }

    /// <summary>A copy of some values whose memory begins at a number of elements after a block's alignment.</summary>
    public static Tensor Misaligned(ReadOnlySpan<float> values, Shape shape, int offset)
    {
        Tensor view = Tensor.Full(new Shape(shape.Count + offset), float.NaN).View(shape, offset);
        values.CopyTo(view.MutableValues());
        return view;
    }

    /// <summary>Normal numbers, taken from a fixed table at a random place because drawing them anew would take longer than the kernels.</summary>
    public static Tensor Random(int seed, Shape shape)
    {
        Tensor x = Tensor.Uninitialized(shape);
        int start = new System.Random(seed).Next(Normals.Length);
        Span<float> rest = x.MutableValues();
        while (!rest.IsEmpty)
        {
            int length = Math.Min(rest.Length, Normals.Length - start);
            Normals.AsSpan(start, length).CopyTo(rest);
            rest = rest[length..];
            start = 0;
        }

        GC.KeepAlive(x);
        return x;
    }

    private static void Compare(double tolerance, double floor, Func<Device, Case, Tensor[]> kernel, Case shape, string what)
    {
        Tensor[] expected = kernel(Reference, shape);
        Tensor[] actual = kernel(Devices[0], shape);
        for (int i = 0; i < expected.Length; i++)
        {
            TensorAssert.Close(expected[i], actual[i], tolerance, $"{what}, result {i}", floor);
        }

        foreach (CpuDevice device in Devices.Skip(1))
        {
            Tensor[] again = kernel(device, shape);
            for (int i = 0; i < actual.Length; i++)
            {
                TensorAssert.SameBits(actual[i].Values, again[i].Values, $"{what}, result {i}, {device.Team.Threads} threads");
            }
        }
    }

    /// <summary>One shape and the random inputs for it.</summary>
    internal sealed record Case(int Rows, int Columns, int Seed)
    {
        public Shape Shape => new(Rows, Columns);

        /// <summary>The n-th random input, [rows, columns].</summary>
        public Tensor Matrix(int n) => Random(Seed + n, Shape);

        /// <summary>The n-th random vector, [columns].</summary>
        public Tensor Vector(int n) => Random(Seed + n, new Shape(Columns));

        /// <summary>Where a kernel writes a matrix: not a number anywhere, so that a forgotten element shows.</summary>
        public Tensor Result() => Tensor.Full(Shape, float.NaN);

        /// <summary>The one matrix that a kernel writes.</summary>
        public Tensor[] Write(Action<Tensor> kernel)
        {
            Tensor y = Result();
            kernel(y);
            return [y];
        }

        /// <summary>Where a kernel writes one number for each row.</summary>
        public Tensor RowResult() => Tensor.Full(new Shape(Rows), float.NaN);
    }
}
