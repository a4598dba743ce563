using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Memory;

namespace Heed.Models.Seq2Seq;

/// <summary>Decodes with a cache: each step runs one new token of every hypothesis through the decoder.</summary>
/// <remarks>
/// The encoder runs once, and so do the projections of its states for every layer's cross-attention; hypotheses of one
/// sentence share them. Keys and values of the tokens written stand in one growing matrix per layer, in the order they were
/// made: a <see cref="HypothesisTable"/> says whose they are.
/// </remarks>
internal sealed class TransformerSession : Seq2SeqSession
{
    private readonly EncoderDecoderModel model;
    private readonly IReadOnlyList<KeyValues> memory;
    private readonly KeyValueCache[] caches;

    public TransformerSession(EncoderDecoderModel model, ReadOnlyMemory<int> sourceIds, Segments sources)
        : base(model, sources)
    {
        this.model = model;
        caches = [.. model.Decoder.Layers.Select(_ => new KeyValueCache())];
        using TensorScope scope = TensorScope.Begin();
        memory = model.Decoder.ProjectMemory(model.Encode(sourceIds, sources));
        foreach (KeyValues layer in memory)
        {
            layer.Keys.Keep();
            layer.Values.Keep();
        }
    }

    protected override Tensor Extend(int[] parents, int[] tokens)
    {
        var positions = new int[tokens.Length];
        Array.Fill(positions, Hypotheses.Length - 1);
        Tensor x = model.EmbedTarget(tokens, positions); // [hypotheses, dModel]
        Tensor states = model.Decoder.Forward(x, memory, model.ArrangeTarget(Hypotheses.Pattern()), caches);
        return model.Score(states);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (KeyValueCache cache in caches)
        {
            cache.Dispose();
        }

        foreach (KeyValues layer in memory)
        {
            layer.Keys.Release();
            layer.Values.Release();
        }

        base.Dispose(disposing);
    }
}
