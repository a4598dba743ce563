using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Positions;

/// <summary>A learned bias for each head and range of distances, as in T5: near distances have one each, far ones share.</summary>
/// <remarks>
/// score_ij = query_i . key_j + b[head, bucket(j - i)]; T5 does not scale its scores. Raffel et al. 2020, section 2.1, after Shaw et al. 2018. Half of
/// the buckets count single tokens, the others widen as powers up to <c>maxDistance</c>, beyond which all is alike.
/// </remarks>
public sealed class RelativePositionBias : DistanceBias
{
    private readonly bool bothSides;
    private readonly int maxDistance;

    /// <summary>Creates the table.</summary>
    /// <param name="numHeads">The number of query heads.</param>
    /// <param name="random">Draws the values; null leaves them zero, to be loaded.</param>
    /// <param name="bothSides">Whether keys after the query have buckets of their own: true in an encoder, false in a decoder.</param>
    /// <param name="numBuckets">The number of ranges; even.</param>
    /// <param name="maxDistance">The distance from which on all is one range.</param>
    public RelativePositionBias(int numHeads, RandomSource? random, bool bothSides, int numBuckets = 32, int maxDistance = 128)
    {
        int near = numBuckets / (bothSides ? 4 : 2);
        if (near < 1 || maxDistance <= near)
        {
            throw new ArgumentException($"{numBuckets} buckets hold {near} single distances and cannot reach maxDistance {maxDistance}; at least {(bothSides ? 4 : 2)} buckets and a larger distance are needed");
        }

        this.bothSides = bothSides;
        this.maxDistance = maxDistance;
        Weight = Parameter("weight", Initialization.EmbeddingTable(numBuckets, numHeads, random));
    }

    /// <summary>b, [numBuckets, numHeads].</summary>
    public Tensor Weight { get; }

    /// <inheritdoc/>
    public override Tensor Forward(int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        int[] buckets = [.. Enumerable.Range(1 - maxLength, (2 * maxLength) - 1).Select(Bucket)];
        return Ops.Permute(Ops.Embedding(Weight, buckets), 1, 0); // [distances, numHeads] -> [numHeads, distances]
    }

    /// <summary>The row of <see cref="Weight"/> for a distance.</summary>
    /// <param name="distance">Key position minus query position.</param>
    public int Bucket(int distance)
    {
        int count = bothSides ? Weight.Shape[0] / 2 : Weight.Shape[0];
        int side = bothSides && distance > 0 ? count : 0;
        int steps = bothSides ? Math.Abs(distance) : Math.Max(-distance, 0);
        int near = count / 2;
        if (steps < near)
        {
            return side + steps;
        }

        // In single precision, like the models that were trained with it.
        float share = MathF.Log((float)steps / near) / (float)Math.Log((double)maxDistance / near);
        return side + Math.Min(near + (int)(share * (count - near)), count - 1);
    }
}
