using System.Collections.Immutable;
using Heed.Models.Causal;
using Heed.Models.Decoding;
using Heed.Nn.Attention;
using Heed.Tensors;

namespace Heed.Models.Generation;

/// <summary>A batch of outputs in the making. Prompts of any lengths are read in one packed pass; outputs that end leave the batch.</summary>
internal sealed class GenerationRun : IDisposable
{
    private readonly CausalLanguageModel model;
    private readonly List<int> live; // the sequences of the session's rows, as numbers in Sequences
    private DecodingSession session;
    private int[] parents;

    /// <exception cref="ArgumentException">A prompt is empty or fills the model.</exception>
    /// <exception cref="Configuration.ConfigException">An option is out of range.</exception>
    public GenerationRun(CausalLanguageModel model, IReadOnlyList<GenerationRequest> requests, PromptCache? prefix = null)
    {
        this.model = model;
        for (int i = 0; i < requests.Count; i++)
        {
            requests[i].Validate(model, i);
        }

        Sequences = [.. requests.Select(request => new GenerationSequence(request, model.MaxLength - request.Prompt.Length + 1))];
        live = [.. Enumerable.Range(0, requests.Count)];
        parents = [.. live];
        (int[] ids, Segments prompts) = Pack(requests);
        session = model.Begin(ids, prompts, prefix);
    }

    /// <summary>The prompts of requests, one behind another.</summary>
    public static (int[] Ids, Segments Prompts) Pack(IReadOnlyList<GenerationRequest> requests)
    {
        var prompts = Segments.FromLengths([.. requests.Select(request => request.Prompt.Length)]);
        var ids = new int[prompts.Rows];
        for (int i = 0; i < requests.Count; i++)
        {
            requests[i].Prompt.CopyTo(ids.AsMemory(prompts.Starts[i]));
        }

        return (ids, prompts);
    }

    /// <summary>The outputs, in the order of the requests.</summary>
    public ImmutableArray<GenerationSequence> Sequences { get; }

    /// <summary>Adds a token to every output that goes on.</summary>
    /// <returns>The new tokens with the numbers of their outputs; empty when all have ended.</returns>
    public IReadOnlyList<(int Sequence, GeneratedToken Token)> Step()
    {
        KeepLive();
        if (live.Count == 0)
        {
            return [];
        }

        if (live.Any(sequence => Sequences[sequence].Seen.Length > model.MaxLength))
        {
            Slide();
        }

        Tensor logits = session.Step(parents, live.Select(sequence => Sequences[sequence].LastToken).ToArray());
        var added = new List<(int, GeneratedToken)>();
        for (int row = 0; row < live.Count; row++)
        {
            if (Sequences[live[row]].Advance(logits.Values.Slice(row * session.VocabSize, session.VocabSize)) is { } token)
            {
                added.Add((live[row], token));
            }
        }

        parents = [.. Enumerable.Range(0, live.Count)];
        return added;
    }

    /// <summary>Whether an output goes on.</summary>
    public bool IsLive => Sequences.Any(sequence => sequence.FinishReason is null);

    /// <summary>Ends every output that goes on.</summary>
    public void Cancel()
    {
        foreach (GenerationSequence sequence in Sequences.Where(sequence => sequence.FinishReason is null))
        {
            sequence.Finish(FinishReason.Cancelled);
        }
    }

    /// <summary>The keys and values of a single output and its prompt, as far as they were read; null where the model keeps them in another way.</summary>
    public PromptCache? Snapshot() => session is DecoderOnlySession decoder && Sequences.Length == 1 ? decoder.Snapshot(Sequences[0].Seen.ToArray()) : null;

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    // Outputs that have not filled the model are read again too; that changes none of their bits.
    private void Slide()
    {
        session.Dispose();
        foreach (int sequence in live)
        {
            Sequences[sequence].Slide(model.MaxLength);
        }

        int[][] seen = [.. live.Select(sequence => Sequences[sequence].Seen.ToArray())];
        session = model.Begin(seen.SelectMany(ids => ids).ToArray(), Segments.FromLengths([.. seen.Select(ids => ids.Length)]));
        parents = [.. Enumerable.Range(0, live.Count)];
    }

    private void KeepLive()
    {
        parents = [.. parents.Where((_, row) => Sequences[live[row]].FinishReason is null)];
        live.RemoveAll(sequence => Sequences[sequence].FinishReason is not null);
    }
}
