using Heed.Tensors.Kernels;

namespace Heed.Tensors.Devices;

/// <content>The optimisers' steps.</content>
internal sealed unsafe partial class CpuDevice<TVector>
{
    public override void AdamStep(Tensor parameter, Tensor gradient, Tensor firstMoment, Tensor secondMoment, in AdamStep step)
    {
        ForElements(parameter.Count, new AdamKernel<TVector>(parameter.MutablePointer(), gradient.Pointer, firstMoment.MutablePointer(), secondMoment.MutablePointer(), step));
        KeepAlive(parameter, gradient, firstMoment, secondMoment);
    }

    public override void SgdStep(Tensor parameter, Tensor gradient, Tensor? velocity, in SgdStep step)
    {
        if (velocity is null)
        {
            ForElements(parameter.Count, new SgdKernel<TVector>(parameter.MutablePointer(), gradient.Pointer, step));
        }
        else
        {
            ForElements(parameter.Count, new MomentumKernel<TVector>(parameter.MutablePointer(), gradient.Pointer, velocity.MutablePointer(), step));
        }

        KeepAlive(parameter, gradient, velocity);
    }

    public override void AdagradStep(Tensor parameter, Tensor gradient, Tensor sumOfSquares, in AdagradStep step)
    {
        ForElements(parameter.Count, new AdagradKernel<TVector>(parameter.MutablePointer(), gradient.Pointer, sumOfSquares.MutablePointer(), step));
        KeepAlive(parameter, gradient, sumOfSquares);
    }
}
