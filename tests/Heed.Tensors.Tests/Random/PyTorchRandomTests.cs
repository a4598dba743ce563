using Heed.Tensors.Random;
using Heed.Testing.Book;

namespace Heed.Tensors.Tests.Random;

/// <summary>What PyTorch draws from seed 123, and what the rules by which it draws imply for every length.</summary>
public sealed class PyTorchRandomTests
{
    private static PyTorchRandom Seeded(ulong seed = 123) => new(seed);

    [Fact]
    public void Bits_are_those_of_the_Mersenne_Twister()
    {
        PyTorchRandom random = Seeded();
        Assert.Equal(BookEntry.Generator.Numbers("u32_first5"), Enumerable.Range(0, 5).Select(_ => (double)random.NextUInt32()));
        PyTorchRandom classic = Seeded(5489); // the default seed of std::mt19937, whose 10000th number its standard names
        uint last = 0;
        for (int i = 0; i < 10000; i++)
        {
            last = classic.NextUInt32();
        }

        Assert.Equal(4123659995U, last);
    }

    [Fact]
    public void Only_the_lower_half_of_a_seed_counts() => Assert.Equal(Seeded(7).NextUInt64(), Seeded(7 + (5UL << 32)).NextUInt64());

    [Fact]
    public void Uniform_floats() =>
        Assert.Equal(BookEntry.Generator.Numbers("rand_float32_first6"), Seeded().Uniform(new Shape(2, 3)).ToArray().Select(value => (double)value));

    [Fact]
    public void Uniform_doubles()
    {
        PyTorchRandom random = Seeded();
        Assert.Equal(BookEntry.Generator.Numbers("double_first3"), Enumerable.Range(0, 3).Select(_ => random.NextDouble()));
    }

    [Fact]
    public void A_range_is_one_multiplication_and_one_addition_in_single_precision()
    {
        float[] plain = Seeded().Uniform(new Shape(50)).ToArray();
        Assert.Equal(plain.Select(u => (u * (0.3f - -0.7f)) + -0.7f), Seeded().Uniform(new Shape(50), -0.7, 0.3).ToArray());
    }

    [Theory]
    [InlineData(8, "randn8")]
    [InlineData(16, "randn16_first4")]
    [InlineData(17, "randn17_first4")]
    public void Normal_numbers(int count, string name)
    {
        double[] expected = BookEntry.Generator.Numbers(name);
        Assert.Equal(expected, Seeded().Normal(new Shape(count)).ToArray().Take(expected.Length).Select(value => (double)value), (a, b) => Math.Abs(a - b) < 3e-7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    public void Few_normal_numbers_are_drawn_in_pairs_of_doubles_and_the_odd_one_is_kept(int count)
    {
        PyTorchRandom doubles = Seeded(9);
        var expected = new List<double>();
        while (expected.Count < 2 * count)
        {
            double angle = 2 * Math.PI * doubles.NextDouble(), radius = Math.Sqrt(-2 * Math.Log(1 - doubles.NextDouble()));
            expected.AddRange([radius * Math.Cos(angle), radius * Math.Sin(angle)]);
        }

        PyTorchRandom random = Seeded(9);
        float[] actual = [.. random.Normal(new Shape(count)).ToArray(), .. random.Normal(new Shape(count)).ToArray()];
        Assert.Equal(expected.Take(2 * count), actual.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(100)]
    public void Many_normal_numbers_come_in_blocks_of_16_and_the_last_block_is_drawn_afresh(int count)
    {
        PyTorchRandom uniform = Seeded(4);
        float[] drawn = uniform.Uniform(new Shape(count)).ToArray();
        double[] expected = new double[count];
        for (int block = 0; block + 16 <= count; block += 16)
        {
            Transform(drawn.AsSpan(block, 16), expected.AsSpan(block, 16));
        }

        if (count % 16 != 0)
        {
            Transform(uniform.Uniform(new Shape(16)).ToArray(), expected.AsSpan(count - 16));
        }

        PyTorchRandom random = Seeded(4);
        Assert.Equal(expected, random.Normal(new Shape(count), 2, 3).ToArray().Select(value => (value - 2.0) / 3), (a, b) => Math.Abs(a - b) < 5e-6); // angles are rounded to single precision
        Assert.Equal(uniform.NextUInt32(), random.NextUInt32());
    }

    [Fact]
    public void Many_normal_numbers_leave_the_kept_one_alone()
    {
        PyTorchRandom random = Seeded(), other = Seeded();
        random.NextNormal();
        random.Normal(new Shape(16));
        other.NextNormal();
        Assert.Equal(other.NextNormal(), random.NextNormal());
    }

    [Fact]
    public void Permutations()
    {
        Assert.Equal(BookEntry.Generator.Numbers("randperm10"), Seeded().Permutation(10).Select(i => (double)i));
        Assert.Equal(BookEntry.Generator.Numbers("randperm10_seed42"), Seeded(42).Permutation(10).Select(i => (double)i));
        Assert.Equal(Enumerable.Range(0, 1001), Seeded().Permutation(1001).Order());
        Assert.Empty(Seeded().Permutation(0));
    }

    [Fact]
    public void A_loader_draws_a_seed_for_its_workers_even_when_it_does_not_shuffle()
    {
        PyTorchRandom random = Seeded(), other = Seeded();
        Assert.Equal([0, 1, 2], random.LoaderOrder(3, shuffle: false));
        other.NextUInt64();
        Assert.Equal(other.NextUInt64(), random.NextUInt64());
    }

    [Fact]
    public void Every_entry_of_the_book_that_belongs_here_is_tested() => BookCoverage.Check(typeof(PyTorchRandomTests).Assembly);

    [Fact]
    [Book("appA.shuffle")]
    public void A_shuffled_loader()
    {
        BookEntry entry = BookEntry.Load("appA.shuffle");
        Assert.Equal(entry.Numbers("expected/order"), Seeded().LoaderOrder((int)entry.Number("input/n"), shuffle: true).Select(i => (double)i));
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    public void A_dropout_mask_keeps_where_a_double_is_below_the_kept_share(float probability)
    {
        PyTorchRandom doubles = Seeded(3);
        double kept = Math.Round(1 - (double)probability, 6);
        float[] expected = [.. Enumerable.Range(0, 1000).Select(_ => doubles.NextDouble() < kept ? 1 / (float)kept : 0f)];
        Assert.Equal(expected, Seeded(3).DropoutMask(new Shape(10, 100), probability).ToArray());
    }

    [Fact]
    public void Multinomial_choices_win_by_quotients_with_exponential_numbers()
    {
        float[] probabilities = [0.1f, 0f, 0.4f, 0.2f, 0.3f];
        PyTorchRandom doubles = Seeded(2);
        float[] quotients = [.. probabilities.Select(p => p / (float)-Math.Log(1 - doubles.NextDouble()))];
        int[] best = [.. Enumerable.Range(0, 5).OrderByDescending(i => quotients[i])];
        Assert.Equal(best[..1], Seeded(2).Multinomial(probabilities));
        Assert.Equal(best[..3], Seeded(2).Multinomial(probabilities, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Seeded().Multinomial(probabilities, 6));

        var counts = new int[5];
        PyTorchRandom random = Seeded(11);
        for (int i = 0; i < 10000; i++)
        {
            counts[random.Multinomial(probabilities)[0]]++;
        }

        Assert.Equal(probabilities.Select(p => (double)p), counts.Select(n => n / 10000.0), (a, b) => Math.Abs(a - b) < 0.02);
    }

    private static void Transform(ReadOnlySpan<float> uniform, Span<double> normal)
    {
        for (int j = 0; j < 8; j++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - (double)uniform[j])), angle = 2 * Math.PI * uniform[j + 8];
            normal[j] = radius * Math.Cos(angle);
            normal[j + 8] = radius * Math.Sin(angle);
        }
    }
}
