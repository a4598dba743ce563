using Heed.Nn;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Cli.Tests.Docs.Examples;

public sealed class GatedFeedForward : Module
{
    public GatedFeedForward(int dModel, int dInner, RandomSource? random)
    {
        Widening = Child("fc1", new Linear(dModel, 2 * dInner, random));
        Narrowing = Child("fc2", new Linear(dInner, dModel, random));
    }

    public Linear Widening { get; }

    public Linear Narrowing { get; }

    // [rows, dModel] -> [rows, dModel]
    public Tensor Forward(Tensor x) => Narrowing.Forward(Ops.GatedLinearUnit(Widening.Forward(x)));
}
