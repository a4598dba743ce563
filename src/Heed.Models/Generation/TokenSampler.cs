using Heed.Models.Decoding;
using Heed.Tensors.Random;

namespace Heed.Models.Generation;

/// <summary>Chooses one token of a row of logits: the likeliest, or one drawn.</summary>
internal static class TokenSampler
{
    /// <summary>The largest logit's token, the lower id among equals; null where nothing is allowed.</summary>
    public static int? Likeliest(ReadOnlySpan<float> logits)
    {
        Span<int> position = stackalloc int[1];
        return TopK.Select(logits, position) == 0 || float.IsNegativeInfinity(logits[position[0]]) ? null : position[0];
    }

    /// <summary>A token with its probability: the first whose cumulated probability exceeds one uniform number; null where nothing is allowed.</summary>
    /// <remarks>Exactly one number is drawn, so the n-th token of an output takes the n-th number of its stream.</remarks>
    public static int? Draw(ReadOnlySpan<float> logits, SeededRandom random)
    {
        double uniform = random.NextDouble();
        if (Likeliest(logits) is not { } likeliest)
        {
            return null;
        }

        float largest = logits[likeliest];
        double left = uniform * Softmax.Sum(logits, largest);
        for (int token = 0; token < logits.Length; token++)
        {
            left -= Softmax.Weight(logits[token], largest);
            if (left < 0)
            {
                return token;
            }
        }

        return likeliest; // rounding carried the sum past the end
    }
}
