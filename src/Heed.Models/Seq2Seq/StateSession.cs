using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Memory;

namespace Heed.Models.Seq2Seq;

/// <summary>Decodes a model that carries a state of fixed size from token to token: each step gathers the states of the parents.</summary>
/// <param name="model">The model.</param>
/// <param name="sources">Where each source lies.</param>
internal abstract class StateSession(Seq2SeqModel model, Segments sources) : Seq2SeqSession(model, sources)
{
    private Tensor[] state = [];
    private KeyValues memory;

    /// <summary>Receives the attention weights of the steps that follow, when not null.</summary>
    public AttentionRecorder? Recorder { get; set; }

    /// <summary>Reads the sources: called once, by the constructor of the derived class.</summary>
    /// <param name="read">Returns what attention looks at, and the state of each sentence before the first token.</param>
    protected void Read(Func<(KeyValues Memory, Tensor[] State)> read)
    {
        using TensorScope scope = TensorScope.Begin();
        (memory, Tensor[] first) = read();
        memory.Keys.Keep();
        memory.Values.Keep();
        Replace(first);
    }

    protected sealed override Tensor Extend(int[] parents, int[] tokens)
    {
        Tensor[] gathered = [.. state.Select(part => Ops.Embedding(part, parents))];
        (Tensor logits, Tensor[] after) = Extend(tokens, gathered, memory, Hypotheses.Sources());
        Replace(after);
        return logits;
    }

    /// <summary>Reads one token of each hypothesis.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="before">The state of each hypothesis; every part has a row for each.</param>
    /// <param name="memory">What attention looks at.</param>
    /// <param name="sources">The rows of memory of each hypothesis.</param>
    /// <returns>The logits of the next token, and the state after this one.</returns>
    protected abstract (Tensor Logits, Tensor[] After) Extend(int[] tokens, Tensor[] before, KeyValues memory, Segments sources);

    protected override void Dispose(bool disposing)
    {
        Replace([]);
        memory.Keys.Release();
        memory.Values.Release();
        base.Dispose(disposing);
    }

    private void Replace(Tensor[] next)
    {
        foreach (Tensor part in next)
        {
            part.Keep();
        }

        foreach (Tensor part in state)
        {
            part.Release();
        }

        state = next;
    }
}
