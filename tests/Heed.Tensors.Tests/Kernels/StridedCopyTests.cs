using Heed.Tensors.Devices;
using Heed.Testing;

namespace Heed.Tensors.Tests.Kernels;

/// <summary>Copies between strided layouts: every permutation, slices, broadcasts and their sums.</summary>
public sealed class StridedCopyTests
{
    private static readonly int[] Lengths = [1, 2, 3, 5, 17, 33, 35];

    [Fact]
    public void Permutations()
    {
        Check((random, source) =>
        {
            int[] axes = [.. Enumerable.Range(0, source.Rank)];
            random.Shuffle(axes);
            int[] strides = StridedCopy.RowMajor(source);
            var shape = new Shape([.. axes.Select(axis => source[axis])]);
            return new StridedCopy { Extents = shape, SourceStrides = [.. axes.Select(axis => strides[axis])], DestinationStrides = StridedCopy.RowMajor(shape) };
        });
    }

    [Fact]
    public void Slices() => Check((random, source) =>
    {
        int[] lengths = source.ToArray();
        int offset = 0;
        int[] strides = StridedCopy.RowMajor(source);
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            int start = random.Next(lengths[axis]);
            lengths[axis] = random.Next(0, lengths[axis] - start + 1);
            offset += start * strides[axis];
        }

        var shape = new Shape(lengths);
        return new StridedCopy { Extents = shape, SourceStrides = strides, SourceOffset = offset, DestinationStrides = StridedCopy.RowMajor(shape) };
    });

    [Fact]
    public void Broadcasts() => Check((random, source) =>
    {
        int[] strides = StridedCopy.RowMajor(source);
        int[] lengths = source.ToArray();
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            if (random.Next(2) == 0)
            {
                strides[axis] = 0; // as if the source's axis had length 1
            }
        }

        return new StridedCopy { Extents = source, SourceStrides = strides, DestinationStrides = StridedCopy.RowMajor(source) };
    });

    [Fact]
    public void Large_copies_are_shared_out()
    {
        foreach ((int[] strides, int rows, int columns) in new[] { (new[] { 1, 300 }, 300, 401), (new[] { 401, 1 }, 300, 401), (new[] { 0, 1 }, 3000, 40), (new[] { 1, 0 }, 3000, 40) })
        {
            var shape = new Shape(rows, columns);
            Compare(new StridedCopy { Extents = shape, SourceStrides = strides, DestinationStrides = [columns, 1] }, rows * columns, 11, "large");
        }
    }

    // The copy itself, and its reverse with accumulation: the backward pass.
    private static void Check(Func<System.Random, Shape, StridedCopy> layout)
    {
        int seed = RandomTensor.FreshSeed();
        var random = new System.Random(seed);
        for (int round = 0; round < 60; round++)
        {
            int rank = random.Next(0, 5);
            int limit = rank == 4 ? 5 : Lengths.Length;
            var source = new Shape([.. Enumerable.Range(0, rank).Select(_ => Lengths[random.Next(limit)])]);
            Compare(layout(random, source), source.Count, random.Next(), $"seed {seed}, round {round}: {source}");
        }
    }

    private static void Compare(StridedCopy layout, int sourceCount, int seed, string what)
    {
        foreach (bool accumulate in new[] { false, true })
        {
            KernelCheck.Run(1e-6, 1, Math.Max(1, sourceCount), (device, shape) =>
            {
                Tensor destination = KernelCheck.Random(seed, layout.Extents);
                device.CopyStrided(KernelCheck.Random(seed + 1, new Shape(sourceCount)), layout, destination, accumulate);
                return [destination];
            }, what: $"{what}, extents {layout.Extents}, accumulate {accumulate}");
        }

        int terms = 1;
        for (int axis = 0; axis < layout.Extents.Rank; axis++)
        {
            terms *= layout.SourceStrides[axis] == 0 ? layout.Extents[axis] : 1;
        }

        KernelCheck.Run(2e-6, 1, Math.Max(1, sourceCount), (device, shape) =>
        {
            Tensor gradient = KernelCheck.Random(seed + 2, new Shape(sourceCount));
            device.CopyStrided(KernelCheck.Random(seed, layout.Extents), layout.Reversed(), gradient, accumulate: true);
            return [gradient];
        }, floor: 10 + terms, what: $"{what}, extents {layout.Extents}, reversed");
    }
}
