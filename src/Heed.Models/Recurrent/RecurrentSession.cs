using Heed.Models.Seq2Seq;
using Heed.Nn.Attention;
using Heed.Nn.Recurrent;
using Heed.Tensors;

namespace Heed.Models.Recurrent;

/// <summary>Decodes with a recurrent model: the state of each hypothesis is that of its cells.</summary>
internal sealed class RecurrentSession : StateSession
{
    private readonly RecurrentModel model;

    public RecurrentSession(RecurrentModel model, ReadOnlyMemory<int> sourceIds, Segments sources)
        : base(model, sources)
    {
        this.model = model;
        Read(() =>
        {
            (KeyValues memory, IReadOnlyList<RecurrentState> states) = model.Encode(sourceIds, sources);
            return (memory, Flatten(states));
        });
    }

    protected override (Tensor Logits, Tensor[] After) Extend(int[] tokens, Tensor[] before, KeyValues memory, Segments sources)
    {
        (Tensor output, IReadOnlyList<RecurrentState> after) = model.Decoder.Step(model.Embedding.Forward(tokens), Restore(before), memory, sources, Recorder);
        return (model.Score(output), Flatten(after));
    }

    private static Tensor[] Flatten(IReadOnlyList<RecurrentState> states) =>
        [.. states.SelectMany(state => state.Cell is null ? [state.Hidden] : new[] { state.Hidden, state.Cell })];

    private RecurrentState[] Restore(Tensor[] parts)
    {
        int size = parts.Length / model.Decoder.Stack.Layers.Count; // 2 where cells have a memory of their own
        return [.. parts.Chunk(size).Select(state => new RecurrentState(state[0], size == 1 ? null : state[1]))];
    }
}
