namespace Heed.Tensors.Tests.Kernels;

/// <summary>Table look-up and its gradient.</summary>
public sealed class EmbeddingTests
{
    private const int Vocabulary = 7;

    [Theory]
    [InlineData(1f)]
    [InlineData(22.5f)]
    public void Gather(float factor) => KernelCheck.Run(0, (device, shape) =>
        shape.Write(y => device.GatherRows(Table(shape), Ids(shape), factor, y)));

    [Fact]
    public void Scatter_adds_every_row_of_a_repeated_id() => KernelCheck.Run(1e-6, (device, shape) =>
    {
        Tensor table = Table(shape);
        device.ScatterAddRows(shape.Matrix(2), Ids(shape), 1.7f, table);
        return [table];
    });

    [Fact]
    public void Scatter_of_many_rows() => KernelCheck.Run(5e-6, 2000, 70, (device, shape) =>
    {
        Tensor table = Table(shape);
        device.ScatterAddRows(shape.Matrix(2), Ids(shape), 0.5f, table);
        return [table];
    });

    [Fact]
    public void Scatter_adds_in_the_order_of_the_ids()
    {
        // In single precision 1e8 + 1 - 1e8 is 0 and 1e8 - 1e8 + 1 is 1: the order shows.
        Tensor x = Tensor.From([1e8f, 1f, -1e8f, 1e8f, -1e8f, 1f], new Shape(6, 1));
        Tensor table = Tensor.Zeros(new Shape(2, 1));
        KernelCheck.Cpu.ScatterAddRows(x, new[] { 0, 0, 0, 1, 1, 1 }, 1f, table);
        Assert.Equal([0f, 1f], table.ToArray());
    }

    private static Tensor Table(KernelCheck.Case shape) => new KernelCheck.Case(Vocabulary, shape.Columns, shape.Seed).Matrix(9);

    private static int[] Ids(KernelCheck.Case shape)
    {
        var random = new System.Random(shape.Seed);
        return [.. Enumerable.Range(0, shape.Columns == 0 ? 0 : shape.Rows).Select(_ => random.Next(Vocabulary))];
    }
}
