using Heed.Tensors.Autograd;
using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>The packed matrix product against the triple loop, and its promises about rounding.</summary>
public sealed class GemmTests
{
    private static readonly int[] Awkward = [1, 2, 3, 5, 7, 12, 13, 16, 17, 31, 32, 33, 64, 65, 97, 130, 257, 300];
    private readonly ReferenceDevice reference = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Agrees_with_the_reference_over_random_shapes_and_layouts(int threads)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new System.Random(seed);
        CpuDevice device = CpuDevice.Create(threads);
        for (int round = 0; round < 60; round++)
        {
            int m = Awkward[random.Next(Awkward.Length)];
            int k = Awkward[random.Next(Awkward.Length)];
            int n = Awkward[random.Next(Awkward.Length)];
            int batch = random.Next(4) == 0 ? random.Next(1, 4) : 0;
            bool transposeA = random.Next(2) == 0;
            bool transposeB = random.Next(2) == 0;
            bool accumulate = random.Next(2) == 0;
            Tensor a = RandomTensor.Normal(random.Next(), Matrix(batch, transposeA ? k : m, transposeA ? m : k));
            Tensor b = RandomTensor.Normal(random.Next(), Matrix(batch, transposeB ? n : k, transposeB ? k : n));
            Tensor? bias = random.Next(2) == 0 ? RandomTensor.Normal(random.Next(), new Shape(n)) : null;
            Tensor expected = RandomTensor.Normal(round, Matrix(batch, m, n));
            Tensor actual = Tensor.From(expected.Values, expected.Shape);
            reference.MatMul(a, transposeA, b, transposeB, bias, expected, accumulate);
            device.MatMul(a, transposeA, b, transposeB, bias, actual, accumulate);
            TensorAssert.Close(expected, actual, 2e-6 * Math.Sqrt(k + 1), $"seed {seed}, round {round}: {m}x{k}x{n}, batch {batch}, transposed {transposeA} {transposeB}");
        }
    }

    [Fact]
    public void A_row_alone_has_the_bits_it_has_among_many_for_any_number_of_threads()
    {
        Tensor x = RandomTensor.Normal(1, new Shape(131, 300));
        Tensor weight = RandomTensor.Normal(2, new Shape(77, 300));
        Tensor all = Product(CpuDevice.Create(1), x, weight);
        foreach (int threads in new[] { 1, 2, 3 })
        {
            CpuDevice device = CpuDevice.Create(threads);
            TensorAssert.SameBits(all.Values, Product(device, x, weight).Values, $"{threads} threads");
            for (int row = 0; row < 131; row += 13)
            {
                Tensor one = Tensor.From(x.Values.Slice(row * 300, 300), new Shape(1, 300));
                TensorAssert.SameBits(all.Values.Slice(row * 77, 77), Product(device, one, weight).Values, $"row {row}");
            }
        }
    }

    // Panels are packed where they are read, all before the product, in chunks of columns, or once for a parameter: it depends on the sizes.
    [Fact]
    public void However_the_operands_are_packed_a_row_has_the_same_bits()
    {
        const int rows = 390, some = 90, size = 2100;
        Tensor x = RandomTensor.Normal(5, new Shape(rows, size));
        Tensor weight = RandomTensor.Normal(6, new Shape(size, size));
        Tensor whole = Product(CpuDevice.Create(2), x, weight);
        Tensor part = Tensor.From(x.Values[..(some * size)], new Shape(some, size));
        Tensor packedWhereRead = Product(CpuDevice.Create(2), part, weight);
        TensorAssert.SameBits(whole.Values[..(some * size)], packedWhereRead.Values, "packed where read");
        TensorAssert.SameBits(packedWhereRead.Values, Tensors.Ops.Linear(part, weight.WithGradient()).Values, "packed once");
        Tensor row = Tensor.From(x.Values[..size], new Shape(1, size));
        TensorAssert.SameBits(whole.Values[..size], Tensors.Ops.Linear(row, weight).Values, "a row alone, packed once");
    }

    [Fact]
    public void A_parameter_is_packed_once_in_inference_and_again_after_it_was_written()
    {
        Tensor x = RandomTensor.Normal(3, new Shape(4, 9));
        Tensor weight = RandomTensor.Normal(4, new Shape(5, 9)).WithGradient();
        Tensor before = Tensors.Ops.Linear(x, weight);
        TensorAssert.SameBits(before.Values, Tensors.Ops.Linear(x, weight).Values, "packed copy");
        weight.MutableValues()[0] += 1f;
        Tensor after = Tensors.Ops.Linear(x, weight);
        Assert.NotEqual(before.Values[0], after.Values[0]);
        using Tape tape = Tape.Begin();
        TensorAssert.SameBits(after.Values, Tensors.Ops.Linear(x, weight).Values, "while recording");
    }

    private static Tensor Product(CpuDevice device, Tensor x, Tensor weight)
    {
        Tensor y = Tensor.Uninitialized(new Shape(x.Rows, weight.Shape[0]));
        device.MatMul(x, false, weight, true, null, y, accumulate: false);
        return y;
    }

    private static Shape Matrix(int batch, int rows, int columns) => batch == 0 ? new Shape(rows, columns) : new Shape(batch, rows, columns);
}
