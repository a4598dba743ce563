using Heed.Nn.Adapters;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Models.Adapters;

/// <summary>A layer and the adapters of its parts, which share A: to Hugging Face's library they are one.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Adapters">By the number of the part; those that were not chosen have none.</param>
internal sealed record AdaptedLayer(AdaptableLayer Layer, IReadOnlyDictionary<int, LoraAdapter> Adapters)
{
    /// <summary>A, [rank, inputs].</summary>
    public Tensor Down => Adapters.Values.First().Down;

    public static AdaptedLayer Create(AdaptableLayer layer, IReadOnlyList<int> parts, LoraOptions options, RandomSource? random)
    {
        var adapters = new SortedDictionary<int, LoraAdapter>();
        foreach (int part in parts)
        {
            Tensor? shared = adapters.Values.FirstOrDefault()?.Down;
            adapters.Add(part, new LoraAdapter(layer.Parts[part].Linear, options, random, shared));
        }

        return new AdaptedLayer(layer, adapters);
    }

    /// <summary>B of all parts, [outputs, rank]; zero for those without an adapter.</summary>
    public float[] Up()
    {
        int rank = Down.Shape[0];
        var whole = new float[Layer.Outputs * rank];
        ForParts(rank, (adapter, start) => adapter.Up.Values.CopyTo(whole.AsSpan(start)));
        return whole;
    }

    /// <summary>Sets B of all parts.</summary>
    /// <param name="whole">[outputs, rank].</param>
    public void SetUp(float[] whole) => ForParts(Down.Shape[0], (adapter, start) => whole.AsSpan(start, adapter.Up.Count).CopyTo(adapter.Up.MutableValues()));

    private void ForParts(int rank, Action<LoraAdapter, int> action)
    {
        int start = 0;
        for (int part = 0; part < Layer.Parts.Count; part++)
        {
            if (Adapters.TryGetValue(part, out LoraAdapter? adapter))
            {
                action(adapter, start);
            }

            start += Layer.Parts[part].Linear.Weight.Shape[0] * rank;
        }
    }
}
