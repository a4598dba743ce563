using Heed.Models.Decoding;
using Heed.Testing;

namespace Heed.Models.Tests.Decoding;

public sealed class TopKTests
{
    [Fact]
    public void Finds_what_a_sort_finds_for_any_length_and_count()
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        for (int round = 0; round < 2000; round++)
        {
            float[] values = new float[random.Next(0, 200)];
            int distinct = random.Next(1, 50);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = random.Next(20) == 0 ? float.NegativeInfinity : random.Next(distinct) - (distinct / 2);
                if (random.Next(40) == 0)
                {
                    values[i] = float.NaN;
                }
            }

            int[] positions = new int[random.Next(0, 40)];
            int count = TopK.Select(values, positions);

            var expected = Enumerable.Range(0, values.Length).Where(i => !float.IsNaN(values[i])).OrderByDescending(i => values[i]).ThenBy(i => i).Take(positions.Length);
            Assert.True(expected.SequenceEqual(positions.Take(count)), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void The_log_of_the_sum_is_exact_to_the_last_digits_of_a_float()
    {
        int seed = RandomTensor.FreshSeed();
        var random = new Random(seed);
        foreach (int length in (int[])[1, 2, 15, 16, 17, 31, 32, 33, 1000, 8191])
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 40) - 300))];
            double expected = values.Max() + Math.Log(values.Sum(v => Math.Exp(v - (double)values.Max())));
            double actual = LogSumExp.Compute(values, values.Max());
            Assert.True(Math.Abs(expected - actual) < 1e-6, $"seed {seed}, length {length}: {actual:R}, expected {expected:R}");
        }
    }

    [Fact]
    public void A_row_has_the_same_bits_wherever_it_lies()
    {
        int seed = RandomTensor.FreshSeed();
        float[] row = RandomTensor.Normal(seed, new Heed.Tensors.Shape(1003)).ToArray();
        double expected = LogSumExp.Compute(row, row.Max());
        for (int offset = 1; offset < 20; offset++)
        {
            float[] moved = new float[row.Length + offset];
            row.CopyTo(moved, offset);
            Assert.True(expected.Equals(LogSumExp.Compute(moved.AsSpan(offset), row.Max())), $"seed {seed}, offset {offset}");
        }
    }
}
