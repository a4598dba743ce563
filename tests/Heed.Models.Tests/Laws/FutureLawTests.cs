using Heed.Tensors;
using Heed.Testing;

namespace Heed.Models.Tests.Laws;

/// <summary>A model that writes sees no token that is still to come: encoders see both sides and are no part of this.</summary>
public sealed class FutureLawTests
{
    private const int Rounds = 4;

    private readonly int seed = RandomTensor.FreshSeed();

    [Theory]
    [MemberData(nameof(ModelVariants.Writers), MemberType = typeof(ModelVariants))]
    public void A_future_token_changes_nothing_before_it(string name)
    {
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(seed + round);
            ModelVariant variant = ModelVariants.Create(name, random.Next());
            int length = random.Next(2, ModelVariant.MaxLength + 1), changed = random.Next(1, length);
            int[] source = [1, 2, 4], before = [.. Enumerable.Range(0, length).Select(_ => random.Next(ModelVariant.VocabSize))];
            int[] after = [.. before.Select((token, i) => i < changed ? token : (token + 1) % ModelVariant.VocabSize)];
            Tensor first = variant.Forward(ModelInput.Of([source], [before]), null), second = variant.Forward(ModelInput.Of([source], [after]), null);
            TensorAssert.SameBits(first.RowRange(0, changed).Values, second.RowRange(0, changed).Values, $"{name}, seed {seed}, round {round}, token {changed} of {length} changed");
            Assert.NotEqual(first.RowRange(changed, 1).ToArray(), second.RowRange(changed, 1).ToArray());
        }
    }
}
