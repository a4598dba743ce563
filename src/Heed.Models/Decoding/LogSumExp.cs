using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Heed.Models.Decoding;

/// <summary>The logarithm of the sum of the exponentials of a row of logits: what turns a logit into a log-probability.</summary>
internal static class LogSumExp
{
    /// <summary>
    /// <c>log(sum(exp(x)))</c>, with the exponentials in single and the sum in double precision. Every row is added up in the
    /// same order, so equal rows give equal bits wherever they stand.
    /// </summary>
    /// <param name="logits">The row, [vocabSize].</param>
    /// <exception cref="NotFiniteNumberException">The row is no distribution: it holds NaN, infinity, or nothing but minus infinity.</exception>
    public static double Compute(ReadOnlySpan<float> logits)
    {
        Span<int> position = stackalloc int[1];
        return Compute(logits, TopK.Select(logits, position) == 0 ? float.NaN : logits[position[0]]);
    }

    /// <inheritdoc cref="Compute(ReadOnlySpan{float})"/>
    /// <param name="logits">The row, [vocabSize].</param>
    /// <param name="largest">Its largest number, which keeps the exponentials from overflowing.</param>
    public static double Compute(ReadOnlySpan<float> logits, float largest)
    {
        double result = largest + Math.Log(SumOfExponentials(logits, largest));
        return double.IsFinite(result)
            ? result
            : throw new NotFiniteNumberException($"the model's scores of the next token are no distribution (log of the sum of exponentials: {result}): its weights are damaged, or its training diverged", result);
    }

    private static double SumOfExponentials(ReadOnlySpan<float> logits, float largest)
    {
        ref float first = ref MemoryMarshal.GetReference(logits);
        var shift = Vector512.Create(largest);
        var low = Vector512<double>.Zero;
        var high = Vector512<double>.Zero;
        int i = 0;
        for (; i <= logits.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var exponentials = Vector512.Exp(Vector512.LoadUnsafe(ref first, (nuint)i) - shift);
            low += Vector512.WidenLower(exponentials);
            high += Vector512.WidenUpper(exponentials);
        }

        double sum = Vector512.Sum(low + high);
        for (; i < logits.Length; i++)
        {
            sum += MathF.Exp(logits[i] - largest);
        }

        return sum;
    }
}
