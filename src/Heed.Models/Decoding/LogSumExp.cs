using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Heed.Models.Decoding;

/// <summary>The logarithm of the sum of the exponentials of a row of logits: what turns a logit into a log-probability.</summary>
internal static class LogSumExp
{
    /// <summary><c>log(sum(exp(x)))</c>. Every row is added up in the same order, so equal rows give equal bits wherever they stand.</summary>
    /// <param name="values">The row.</param>
    /// <param name="largest">Its largest value, which keeps the exponentials from overflowing.</param>
    public static double Compute(ReadOnlySpan<float> values, float largest)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        var shift = Vector512.Create(largest);
        var low = Vector512<double>.Zero;
        var high = Vector512<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var exponential = Vector512.Exp(Vector512.LoadUnsafe(ref first, (nuint)i) - shift);
            low += Vector512.WidenLower(exponential);
            high += Vector512.WidenUpper(exponential);
        }

        double sum = Vector512.Sum(low + high);
        for (; i < values.Length; i++)
        {
            sum += MathF.Exp(values[i] - largest);
        }

        return largest + Math.Log(sum);
    }
}
