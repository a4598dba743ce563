using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;
using Heed.Tensors.Devices;
using Heed.Tensors.Simd;

namespace Heed.Benchmarks;

/// <summary>What the machine can do at most, measured by this program: multiply-adds that stay in registers, and reading memory.</summary>
/// <param name="Threads">The threads that worked on it.</param>
/// <param name="GigaflopsPerSecond">Fused multiply-adds, two operations each.</param>
/// <param name="MemoryGigabytesPerSecond">Reading 256 MB: more than any cache holds.</param>
/// <param name="CacheGigabytesPerSecond">Reading 512 KB a thread again and again, from the second-level cache.</param>
internal sealed record MachinePeaks(int Threads, double GigaflopsPerSecond, double MemoryGigabytesPerSecond, double CacheGigabytesPerSecond)
{
    private const int Chains = 12; // two units, four cycles each: eight would do
    private const int Steps = 1 << 20;
    private const int MemoryFloats = 1 << 26;
    private const int CacheFloats = 1 << 17;
    private const int CachePasses = 64;

    public static MachinePeaks Measure(int threads)
    {
        CpuDevice device = CpuDevice.Create(threads);
        Func<float> multiplyAdds = device.VectorWidth switch { 16 => MultiplyAdds<Simd512>, 8 => MultiplyAdds<Simd256>, 4 => MultiplyAdds<Simd128>, _ => MultiplyAdds<SimdScalar> };
        var sums = new float[threads * 32];
        double multiply = Timing.Best(() => device.ForEach(threads, i => sums[i * 32] = multiplyAdds()), seconds: 0.5);
        float[] memory = new float[MemoryFloats];
        Array.Fill(memory, 1f);
        int share = MemoryFloats / threads / 64 * 64;
        double read = Timing.Best(() => device.ForEach(threads, i => sums[i * 32] = Sum(memory.AsSpan(i * share, share))), seconds: 0.5);
        double readCache = Timing.Best(() => device.ForEach(threads, i => sums[i * 32] = SumRepeatedly(memory.AsSpan(i * share, CacheFloats))), seconds: 0.3);
        return new MachinePeaks(
            threads,
            2.0 * threads * Steps * Chains * device.VectorWidth / multiply / 1e9,
            (double)share * threads * sizeof(float) / read / 1e9,
            (double)CacheFloats * CachePasses * threads * sizeof(float) / readCache / 1e9);
    }

    public JsonObject ToJson() => new()
    {
        ["machine"] = "peaks",
        ["threads"] = Threads,
        ["gflops"] = Math.Round(GigaflopsPerSecond, 1),
        ["memory_gb_per_s"] = Math.Round(MemoryGigabytesPerSecond, 1),
        ["cache_gb_per_s"] = Math.Round(CacheGigabytesPerSecond, 1),
    };

    private static float SumRepeatedly(ReadOnlySpan<float> values)
    {
        float sum = 0;
        for (int pass = 0; pass < CachePasses; pass++)
        {
            sum += Sum(values);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(ReadOnlySpan<float> values)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (nuint i = 0; i < (nuint)values.Length; i += 64)
        {
            sum0 += Vector512.LoadUnsafe(ref first, i);
            sum1 += Vector512.LoadUnsafe(ref first, i + 16);
            sum2 += Vector512.LoadUnsafe(ref first, i + 32);
            sum3 += Vector512.LoadUnsafe(ref first, i + 48);
        }

        return Vector512.Sum(sum0 + sum1 + sum2 + sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MultiplyAdds<TVector>()
        where TVector : unmanaged, ISimd<TVector>
    {
        var a = TVector.Broadcast(0.999f);
        var b = TVector.Broadcast(0.001f);
        TVector c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
        for (int i = 0; i < Steps; i++)
        {
            c0 = TVector.MultiplyAdd(c0, a, b); c1 = TVector.MultiplyAdd(c1, a, b); c2 = TVector.MultiplyAdd(c2, a, b);
            c3 = TVector.MultiplyAdd(c3, a, b); c4 = TVector.MultiplyAdd(c4, a, b); c5 = TVector.MultiplyAdd(c5, a, b);
            c6 = TVector.MultiplyAdd(c6, a, b); c7 = TVector.MultiplyAdd(c7, a, b); c8 = TVector.MultiplyAdd(c8, a, b);
            c9 = TVector.MultiplyAdd(c9, a, b); c10 = TVector.MultiplyAdd(c10, a, b); c11 = TVector.MultiplyAdd(c11, a, b);
        }

        return TVector.Sum(c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11);
    }
}
