using Heed.Models.Seq2Seq;
using Heed.Nn.Attention;
using Heed.Tensors;

namespace Heed.Models.Convolutional;

/// <summary>Decodes with a convolutional model: the state of each hypothesis is what its convolutions still see of the past.</summary>
internal sealed class ConvolutionalSession : StateSession
{
    private readonly ConvolutionalModel model;

    public ConvolutionalSession(ConvolutionalModel model, ReadOnlyMemory<int> sourceIds, Segments sources)
        : base(model, sources)
    {
        this.model = model;
        Read(() => (model.Encode(sourceIds, sources), [.. model.Layers.Select(layer => layer.Convolution.InitialPast(sources.Count))]));
    }

    protected override (Tensor Logits, Tensor[] After) Extend(int[] tokens, Tensor[] before, KeyValues memory, Segments sources) =>
        model.Step(tokens, Hypotheses.Length - 1, before, memory, sources);
}
