using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;

namespace Heed.Tensors.Kernels;

/// <summary>
/// How a step of a loop touches memory: a whole vector, or the partial one at the end. A kernel is written once over this
/// interface, so that the elements at the end go through the very same arithmetic as all others.
/// </summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal unsafe interface ILanes<TVector>
{
    /// <summary>Loads; lanes beyond the end take <paramref name="padding"/>.</summary>
    TVector Load(float* source, TVector padding);

    void Store(float* destination, TVector value);
}

/// <summary>A whole vector.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct WholeVector<TVector> : ILanes<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load(float* source, TVector padding) => TVector.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination, TVector value) => value.Store(destination);
}

/// <summary>The first lanes of a vector.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal readonly unsafe struct PartialVector<TVector>(int count) : ILanes<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load(float* source, TVector padding) => TVector.LoadPartial(source, count, padding);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination, TVector value) => value.StorePartial(destination, count);
}

/// <summary>What a loop does with the vector that begins at an index.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal interface IVectorStep<TVector>
{
    void At<TLanes>(int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>;
}

/// <summary>What a loop adds to a running sum for the vector that begins at an index; padding must add 0.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal interface IVectorTerm<TVector>
{
    TVector AddTo<TLanes>(TVector sum, int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>;
}

/// <summary>As <see cref="IVectorTerm{TVector}"/>, for two sums over the same data.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal interface IVectorTermPair<TVector>
{
    void AddTo<TLanes>(ref TVector first, ref TVector second, int index, TLanes lanes)
        where TLanes : struct, ILanes<TVector>;
}

/// <summary>
/// The loops of all kernels that go through memory in order. The order in which a sum adds depends on its length alone: running
/// sums that take turns, so that one addition need not wait for the last, and in the end one lane after another by a fixed tree.
/// </summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal static unsafe class VectorLoop<TVector>
    where TVector : unmanaged, ISimd<TVector>
{
    private static WholeVector<TVector> Whole => default;

    /// <summary>Does a step for every vector from start to end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Each<TStep>(int start, int end, TStep step)
        where TStep : struct, IVectorStep<TVector>
    {
        int i = start;
        for (; i <= end - TVector.Width; i += TVector.Width)
        {
            step.At(i, Whole);
        }

        if (i < end)
        {
            step.At(i, new PartialVector<TVector>(end - i));
        }
    }

    /// <summary>The sum of a term over 0 .. count-1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum<TTerm>(int count, TTerm term)
        where TTerm : struct, IVectorTerm<TVector>
    {
        TVector sum0 = TVector.Broadcast(0f), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        int i = 0;
        for (; i <= count - TVector.Width; i += TVector.Width)
        {
            TVector next = term.AddTo(sum0, i, Whole);
            (sum0, sum1, sum2, sum3) = (sum1, sum2, sum3, next);
        }

        if (i < count)
        {
            sum0 = term.AddTo(sum0, i, new PartialVector<TVector>(count - i));
        }

        return TVector.Sum(sum0 + sum1 + (sum2 + sum3));
    }

    /// <summary>Two sums over 0 .. count-1 in one loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float First, float Second) SumPair<TTerm>(int count, TTerm term)
        where TTerm : struct, IVectorTermPair<TVector>
    {
        TVector first0 = TVector.Broadcast(0f), first1 = first0, second0 = first0, second1 = first0;
        int i = 0;
        for (; i <= count - TVector.Width; i += TVector.Width)
        {
            term.AddTo(ref first0, ref second0, i, Whole);
            (first0, first1) = (first1, first0);
            (second0, second1) = (second1, second0);
        }

        if (i < count)
        {
            term.AddTo(ref first0, ref second0, i, new PartialVector<TVector>(count - i));
        }

        return (TVector.Sum(first0 + first1), TVector.Sum(second0 + second1));
    }

    /// <summary>The largest of some numbers; minus infinity for none. NaN may or may not show: what is computed from the maximum must keep it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float* x, int count)
    {
        var lowest = TVector.Broadcast(float.NegativeInfinity);
        TVector max0 = lowest, max1 = lowest, max2 = lowest, max3 = lowest;
        int i = 0;
        for (; i <= count - TVector.Width; i += TVector.Width)
        {
            TVector next = TVector.Max(max0, TVector.Load(x + i));
            (max0, max1, max2, max3) = (max1, max2, max3, next);
        }

        if (i < count)
        {
            max0 = TVector.Max(max0, TVector.LoadPartial(x + i, count - i, lowest));
        }

        return TVector.MaxLane(TVector.Max(TVector.Max(max0, max1), TVector.Max(max2, max3)));
    }
}
