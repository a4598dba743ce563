using Heed.Tensors;
using Heed.Testing;

namespace Heed.Models.Tests.Laws;

/// <summary>What stands around a sequence in a batch, other sequences or padding, changes no bit of any model's output.</summary>
public sealed class NeighbourLawTests
{
    private const int Rounds = 4;

    private readonly int seed = RandomTensor.FreshSeed();

    [Theory]
    [MemberData(nameof(ModelVariants.Names), MemberType = typeof(ModelVariants))]
    public void A_batch_of_one_has_the_bits_of_a_batch_of_many(string name)
    {
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(seed + round);
            ModelVariant variant = ModelVariants.Create(name, random.Next());
            (int[][] sources, int[][] targets) = ModelInput.Random(random, random.Next(2, 6));
            var together = ModelInput.Of(sources, targets);
            Tensor all = variant.Forward(together, null);
            for (int i = 0; i < sources.Length; i++)
            {
                Tensor alone = variant.Forward(ModelInput.Of([sources[i]], [targets[i]]), null);
                TensorAssert.SameBits(alone.Values, variant.Rows(all, together, i).Values, $"{name}, seed {seed}, round {round}, sequence {i} of {sources.Length}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelVariants.Names), MemberType = typeof(ModelVariants))]
    public void Padding_changes_nothing(string name)
    {
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(seed + round);
            ModelVariant variant = ModelVariants.Create(name, random.Next());
            (int[][] sources, int[][] targets) = ModelInput.Random(random, random.Next(1, 5));
            ModelInput packed = ModelInput.Of(sources, targets), padded = ModelInput.Of(sources, targets, padding: random.Next(4));
            Tensor expected = variant.Forward(packed, null), actual = variant.Forward(padded, null);
            for (int i = 0; i < sources.Length; i++)
            {
                TensorAssert.SameBits(variant.Rows(expected, packed, i).Values, variant.Rows(actual, padded, i).Values, $"{name}, seed {seed}, round {round}, sequence {i} of {sources.Length}");
            }
        }
    }
}
