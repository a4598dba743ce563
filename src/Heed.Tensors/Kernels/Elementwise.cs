using System.Runtime.CompilerServices;
using Heed.Tensors.Simd;
using Heed.Tensors.Threading;

namespace Heed.Tensors.Kernels;

/// <summary>A function of one number, on whole vectors.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal interface IUnaryFunction<TVector>
{
    TVector Apply(TVector x);
}

/// <summary>A function of two numbers, on whole vectors.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
internal interface IBinaryFunction<TVector>
{
    TVector Apply(TVector a, TVector b);
}

/// <summary>y = f(x), element by element. The last, partial vector goes through the same code as the others, so that an element's result does not depend on where it lies.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
/// <typeparam name="TFunction">The function; a value type, so that each gets a loop of its own with no call in it.</typeparam>
internal readonly unsafe struct MapOne<TVector, TFunction>(float* x, float* y, TFunction function) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
    where TFunction : struct, IUnaryFunction<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        TFunction f = function;
        float* from = x;
        float* to = y;
        int i = start;
        for (; i <= end - TVector.Width; i += TVector.Width)
        {
            f.Apply(TVector.Load(from + i)).Store(to + i);
        }

        if (i < end)
        {
            f.Apply(TVector.LoadPartial(from + i, end - i, TVector.Broadcast(0f))).StorePartial(to + i, end - i);
        }
    }
}

/// <summary>y = f(a, b), element by element; otherwise as <see cref="MapOne{TVector, TFunction}"/>.</summary>
/// <typeparam name="TVector">The vector width.</typeparam>
/// <typeparam name="TFunction">The function.</typeparam>
internal readonly unsafe struct MapTwo<TVector, TFunction>(float* a, float* b, float* y, TFunction function) : IParallelBody
    where TVector : unmanaged, ISimd<TVector>
    where TFunction : struct, IBinaryFunction<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        TFunction f = function;
        float* left = a;
        float* right = b;
        float* to = y;
        int i = start;
        for (; i <= end - TVector.Width; i += TVector.Width)
        {
            f.Apply(TVector.Load(left + i), TVector.Load(right + i)).Store(to + i);
        }

        if (i < end)
        {
            var zero = TVector.Broadcast(0f);
            f.Apply(TVector.LoadPartial(left + i, end - i, zero), TVector.LoadPartial(right + i, end - i, zero)).StorePartial(to + i, end - i);
        }
    }
}
