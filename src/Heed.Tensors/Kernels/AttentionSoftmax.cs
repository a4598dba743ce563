using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>The running softmax of attention: over a panel with a query in each lane, and over the row of one query.</summary>
/// <remarks>
/// Both do the same sums in the same order, so that a query has the same bits in either. The weights of a tile are added up in
/// four chains, of every fourth key; a hidden key adds zero.
/// </remarks>
/// <typeparam name="TVector">The vector width.</typeparam>
internal static unsafe class AttentionSoftmax<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    /// <summary>The chains that a tile's weights are added up in: a tile has room for rows up to a multiple of this.</summary>
    public const int Chains = 4;

    private static int Stride => GemmTile<TVector>.Columns;

    /// <summary>Turns a tile's scores into weights, and the running maxima, denominators and contexts to the new maxima.</summary>
    /// <param name="scores">[keys, queries of a panel]; hidden ones are minus infinity.</param>
    /// <param name="keys">The keys of the tile.</param>
    /// <param name="scale">The factor on the scores.</param>
    /// <param name="maxima">The largest score so far, one for each query.</param>
    /// <param name="denominators">The sums of the weights so far.</param>
    /// <param name="sums">The contexts so far, not yet divided, [headDim, queries].</param>
    /// <param name="headDim">The rows of the sums.</param>
    public static void UpdatePanel(float* scores, int keys, float scale, float* maxima, float* denominators, float* sums, int headDim)
    {
        int last = (keys + Chains - 1) / Chains * Chains;
        new Span<float>(scores + (keys * Stride), (last - keys) * Stride).Fill(float.NegativeInfinity);
        for (int lane = 0; lane < Stride; lane += TVector.Width)
        {
            TVector correction = UpdateLanes(scores + lane, last, scale, maxima + lane, denominators + lane);
            if (TVector.MaxLane(TVector.Broadcast(1f) - correction) > 0)
            {
                MultiplyLanes(sums + lane, headDim, correction);
            }
        }
    }

    /// <summary>The same for the row of one query.</summary>
    /// <param name="row">Its scores of the tile; has room for whole vectors.</param>
    /// <param name="from">The first key that it sees.</param>
    /// <param name="to">The first key after those that it sees.</param>
    /// <param name="scale">The factor on the scores.</param>
    /// <param name="maximum">The largest score so far.</param>
    /// <param name="denominator">The sum of the weights so far.</param>
    /// <param name="sum">The context so far, not yet divided.</param>
    /// <param name="length">Its length, in whole vectors.</param>
    public static void UpdateRow(float* row, int from, int to, float scale, ref float maximum, ref float denominator, float* sum, int length)
    {
        float largest = Math.Max(maximum, Maximum(row, from, to) * scale);
        float offset = Finite(largest);
        Exponentials(row, from, to, scale, offset);
        float correction = TVector.MaxLane(VectorMath<TVector>.Exp(TVector.Broadcast(maximum - offset)));
        if (correction < 1)
        {
            var factor = TVector.Broadcast(correction);
            for (int d = 0; d < length; d += TVector.Width)
            {
                (TVector.Load(sum + d) * factor).Store(sum + d);
            }
        }

        denominator = (denominator * correction) + Total(row, from, to);
        maximum = largest;
    }

    /// <summary>Divides the contexts of a panel by their denominators, and turns maxima into the logarithms of the softmax's denominators. A query that saw nothing gets zeros.</summary>
    /// <param name="sums">[headDim, queries].</param>
    /// <param name="headDim">The rows of the sums.</param>
    /// <param name="maxima">The largest scores; receives the logarithms.</param>
    /// <param name="denominators">The sums of the weights; receives their inverses.</param>
    public static void FinishPanel(float* sums, int headDim, float* maxima, float* denominators)
    {
        for (int i = 0; i < Stride; i++)
        {
            (maxima[i], denominators[i]) = (LogSumExp(maxima[i], denominators[i]), Inverse(denominators[i]));
        }

        for (int lane = 0; lane < Stride; lane += TVector.Width)
        {
            MultiplyLanes(sums + lane, headDim, TVector.Load(denominators + lane));
        }
    }

    /// <summary>The same for one query; returns the logarithm.</summary>
    public static float FinishRow(float* sum, float* result, int headDim, float maximum, float denominator)
    {
        float inverse = Inverse(denominator);
        for (int d = 0; d < headDim; d++)
        {
            result[d] = sum[d] * inverse;
        }

        return LogSumExp(maximum, denominator);
    }

    /// <summary>Turns a tile's scores into weights whose denominators are known.</summary>
    /// <param name="scores">[keys, queries of a panel]; hidden ones are minus infinity.</param>
    /// <param name="keys">The keys of the tile.</param>
    /// <param name="scale">The factor on the scores.</param>
    /// <param name="logSumExp">The logarithms of the denominators.</param>
    public static void Weights(float* scores, int keys, float scale, float* logSumExp)
    {
        var factor = TVector.Broadcast(scale);
        for (int lane = 0; lane < Stride; lane += TVector.Width)
        {
            TVector offset = TVector.Broadcast(0f) - TVector.Load(logSumExp + lane);
            for (int j = 0; j < keys; j++)
            {
                Weight(scores + (j * Stride) + lane, factor, offset);
            }
        }
    }

    private static float Inverse(float denominator) => denominator == 0 ? 0 : 1 / denominator;

    private static float LogSumExp(float maximum, float denominator) => denominator == 0 ? 0 : maximum + MathF.Log(denominator);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector UpdateLanes(float* scores, int keys, float scale, float* maximum, float* denominator)
    {
        var before = TVector.Load(maximum);
        var factor = TVector.Broadcast(scale);
        TVector largest = TVector.Max(before, Maximum(scores, keys) * factor);
        largest.Store(maximum);
        TVector seen = TVector.LessThan(TVector.Broadcast(float.MinValue), largest);
        TVector offset = TVector.Broadcast(0f) - (seen & largest);
        TVector sum0 = TVector.Broadcast(0f), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (int j = 0; j < keys; j += Chains)
        {
            float* row = scores + (j * Stride);
            TVector weight0 = Weight(row, factor, offset), weight1 = Weight(row + Stride, factor, offset);
            TVector weight2 = Weight(row + (2 * Stride), factor, offset), weight3 = Weight(row + (3 * Stride), factor, offset);
            (sum0, sum1, sum2, sum3) = (sum0 + weight0, sum1 + weight1, sum2 + weight2, sum3 + weight3);
        }

        TVector correction = VectorMath<TVector>.Exp(before + offset);
        ((TVector.Load(denominator) * correction) + ((sum0 + sum1) + (sum2 + sum3))).Store(denominator);
        return correction;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Weight(float* score, TVector factor, TVector offset)
    {
        TVector weight = VectorMath<TVector>.Exp(TVector.MultiplyAdd(TVector.Load(score), factor, offset));
        weight.Store(score);
        return weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Maximum(float* scores, int keys)
    {
        var even = TVector.Broadcast(float.NegativeInfinity);
        TVector odd = even;
        for (int j = 0; j < keys; j += 2)
        {
            even = TVector.Max(even, TVector.Load(scores + (j * Stride)));
            odd = TVector.Max(odd, TVector.Load(scores + ((j + 1) * Stride)));
        }

        return TVector.Max(even, odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyLanes(float* sums, int rows, TVector factor)
    {
        for (int d = 0; d < rows; d++)
        {
            (TVector.Load(sums + (d * Stride)) * factor).Store(sums + (d * Stride));
        }
    }

    private static float Finite(float largest) => largest > float.MinValue ? largest : 0;

    private static float Maximum(float* row, int from, int to)
    {
        var largest = TVector.Broadcast(float.NegativeInfinity);
        int j = from;
        for (; j + TVector.Width <= to; j += TVector.Width)
        {
            largest = TVector.Max(largest, TVector.Load(row + j));
        }

        float maximum = TVector.MaxLane(largest);
        for (; j < to; j++)
        {
            maximum = Math.Max(maximum, row[j]);
        }

        return maximum;
    }

    // Hidden keys beside visible ones become zero, up to whole groups of the chains.
    private static void Exponentials(float* row, int from, int to, float scale, float offset)
    {
        var factor = TVector.Broadcast(scale);
        var negative = TVector.Broadcast(0 - offset);
        for (int j = from; j < to; j += TVector.Width)
        {
            Weight(row + j, factor, negative);
        }

        int start = from / Chains * Chains;
        new Span<float>(row + start, from - start).Clear();
        new Span<float>(row + to, (Chains - (to % Chains)) % Chains).Clear();
    }

    private static float Total(float* row, int from, int to)
    {
        float sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        for (int j = from / Chains * Chains; j < to; j += Chains)
        {
            sum0 += row[j];
            sum1 += row[j + 1];
            sum2 += row[j + 2];
            sum3 += row[j + 3];
        }

        return (sum0 + sum1) + (sum2 + sum3);
    }
}
