using Heed.Models.Decoding;
using Heed.Tensors;
using Heed.Testing;

namespace Heed.Models.Tests.Laws;

/// <summary>Writing token by token with a cache or a state has the bits of a pass over the whole sequence.</summary>
public sealed class CacheLawTests
{
    private const int Rounds = 4;

    private readonly int seed = RandomTensor.FreshSeed();

    [Theory]
    [MemberData(nameof(ModelVariants.Writers), MemberType = typeof(ModelVariants))]
    public void Cached_has_the_bits_of_uncached(string name)
    {
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(seed + round);
            ModelVariant variant = ModelVariants.Create(name, random.Next());
            (int[][] sources, int[][] targets) = ModelInput.Random(random, random.Next(1, 5));
            var whole = ModelInput.Of(sources, targets);
            Tensor expected = variant.Forward(whole, null);
            int[] next = [.. targets.Select(target => variant.ReadsPrompts ? random.Next(target.Length) : 0)]; // the token to be read next
            using DecodingSession session = variant.Begin!(ModelInput.Of(sources, [.. targets.Select((target, i) => target[..(next[i] + 1)])]));
            int[] parents = [.. Enumerable.Range(0, targets.Length)], live = parents;
            while (live.Length > 0)
            {
                Tensor logits = session.Step(parents, [.. live.Select(i => targets[i][next[i]])]);
                for (int row = 0; row < live.Length; row++)
                {
                    Tensor uncached = variant.Rows(expected, whole, live[row]).RowRange(next[live[row]]++, 1);
                    TensorAssert.SameBits(uncached.Values, logits.RowRange(row, 1).Values, $"{name}, seed {seed}, round {round}, sequence {live[row]}, token {next[live[row]] - 1}");
                }

                parents = [.. Enumerable.Range(0, live.Length).Where(row => next[live[row]] < targets[live[row]].Length)];
                live = [.. parents.Select(row => live[row])];
            }
        }
    }
}
