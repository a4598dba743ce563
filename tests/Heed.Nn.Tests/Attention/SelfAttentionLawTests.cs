using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Nn.Tests.Attention;

/// <summary>What every kind of self-attention promises, over random lengths and numbers.</summary>
public sealed class SelfAttentionLawTests
{
    private const int Rounds = 3;

    private readonly int seed = RandomTensor.FreshSeed();

    public static TheoryData<string> Variants() => [.. SelfAttentionVariant.Names];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Gradients_pass_finite_differences(string name)
    {
        SelfAttentionVariant variant = SelfAttentionVariant.Create(name, 5, dropout: 0.2f);
        Tensor[] inputs = [RandomTensor.Normal(6, new Shape(6, SelfAttentionVariant.Width), 0.7f), .. variant.Parameters];
        var plain = AttentionPattern.CausalWithin(Segments.FromLengths(4, 2));
        GradientCheck.Run(x => variant.Forward(x[0], variant.Pattern(plain), new DropoutSource(7, 0)), inputs);
        GradientCheck.Run(x => variant.Forward(x[0], variant.Pattern(plain with { Causal = false }), null), inputs[..1]);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_batch_of_one_has_the_bits_of_a_batch_of_many(string name)
    {
        foreach ((System.Random random, string what, SelfAttentionVariant variant) in RandomRounds(name))
        {
            bool causal = random.Next(2) == 0;
            int[] lengths = Lengths(random);
            Tensor x = RandomTensor.Normal(random.Next(), new Shape(lengths.Sum(), SelfAttentionVariant.Width));
            Tensor together = variant.Forward(x, variant.Pattern(Plain(Segments.FromLengths(lengths), causal)), null);
            for (int i = 0, row = 0; i < lengths.Length; row += lengths[i++])
            {
                Tensor alone = variant.Forward(x.RowRange(row, lengths[i]), variant.Pattern(Plain(Segments.FromLengths(lengths[i]), causal)), null);
                TensorAssert.SameBits(alone.Values, together.RowRange(row, lengths[i]).Values, $"{what}, sequence {i} of [{string.Join(',', lengths)}]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Padding_changes_nothing(string name)
    {
        foreach ((System.Random random, string what, SelfAttentionVariant variant) in RandomRounds(name))
        {
            bool causal = random.Next(2) == 0;
            int[] lengths = Lengths(random);
            int longest = lengths.Max() + random.Next(1, 4);
            Tensor x = RandomTensor.Normal(random.Next(), new Shape(lengths.Sum(), SelfAttentionVariant.Width));
            Tensor padded = Tensor.Full(new Shape(lengths.Length * longest, SelfAttentionVariant.Width), float.NaN);
            for (int i = 0, row = 0; i < lengths.Length; row += lengths[i++])
            {
                x.RowRange(row, lengths[i]).Values.CopyTo(padded.RowRange(i * longest, lengths[i]).MutableValues());
            }

            Tensor expected = variant.Forward(x, variant.Pattern(Plain(Segments.FromLengths(lengths), causal)), null);
            Tensor actual = variant.Forward(padded, variant.Pattern(Plain(Segments.Padded(longest, lengths), causal)), null);
            for (int i = 0, row = 0; i < lengths.Length; row += lengths[i++])
            {
                TensorAssert.SameBits(expected.RowRange(row, lengths[i]).Values, actual.RowRange(i * longest, lengths[i]).Values, $"{what}, sequence {i} of [{string.Join(',', lengths)}]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_future_token_changes_nothing_before_it(string name)
    {
        foreach ((System.Random random, string what, SelfAttentionVariant variant) in RandomRounds(name))
        {
            int length = random.Next(2, 120), changed = random.Next(1, length);
            Tensor x = RandomTensor.Normal(random.Next(), new Shape(length, SelfAttentionVariant.Width));
            AttentionPattern pattern = variant.Pattern(Plain(Segments.FromLengths(length), causal: true));
            Tensor before = variant.Forward(x, pattern, null);
            x.RowRange(changed, length - changed).MutableValues().Fill(9f);
            Tensor after = variant.Forward(x, pattern, null);
            TensorAssert.SameBits(before.RowRange(0, changed).Values, after.RowRange(0, changed).Values, $"{what}, token {changed} of {length} changed");
            Assert.NotEqual(before.RowRange(changed, 1).ToArray(), after.RowRange(changed, 1).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Cached_has_the_bits_of_uncached(string name)
    {
        foreach ((System.Random random, string what, SelfAttentionVariant variant) in RandomRounds(name))
        {
            int length = random.Next(2, 110);
            Tensor x = RandomTensor.Normal(random.Next(), new Shape(length, SelfAttentionVariant.Width));
            Tensor expected = variant.Forward(x, variant.Pattern(Plain(Segments.FromLengths(length), causal: true)), null);
            SelfAttentionVariant.CachedStep cached = variant.BeginCached();
            for (int start = 0, count; start < length; start += count)
            {
                count = Math.Min(length - start, random.Next(3) == 0 ? random.Next(1, 9) : 1); // a token, or a piece of a prompt
                Tensor rows = x.RowRange(start, count);
                AttentionPattern pattern = variant.Pattern(new AttentionPattern(Segments.FromLengths(count), Segments.FromLengths(start + count), Causal: true));
                TensorAssert.SameBits(expected.RowRange(start, count).Values, cached(rows, [.. Enumerable.Range(start, count)], pattern).Values, $"{what}, rows from {start} of {length}");
            }
        }
    }

    private static AttentionPattern Plain(Segments segments, bool causal) => new(segments, segments, causal);

    private static int[] Lengths(System.Random random) => [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(1, random.Next(5) == 0 ? 120 : 12))];

    private IEnumerable<(System.Random Random, string What, SelfAttentionVariant Variant)> RandomRounds(string name)
    {
        for (int round = 0; round < Rounds; round++)
        {
            var random = new System.Random(seed + round);
            yield return (random, $"{name}, seed {seed}, round {round}", SelfAttentionVariant.Create(name, random.Next()));
        }
    }
}
