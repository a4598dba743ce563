using Heed.Tensors;

namespace Heed.Nn.Optimizers;

/// <summary>What an optimiser remembers about one parameter; memory is taken when the first gradient comes.</summary>
internal sealed class ParameterState(NamedParameter parameter)
{
    private Tensor[]? buffers;

    public string Name => parameter.Name;

    public Tensor Tensor => parameter.Tensor;

    public long Steps { get; set; }

    public Tensor[] Buffers(int count)
    {
        if (buffers is null)
        {
            buffers = new Tensor[count];
            for (int i = 0; i < count; i++)
            {
                buffers[i] = Tensor.Zeros(Tensor.Shape, Tensor.Device).Keep();
            }
        }

        return buffers;
    }

    public void Forget() => (buffers, Steps) = (null, 0);
}
