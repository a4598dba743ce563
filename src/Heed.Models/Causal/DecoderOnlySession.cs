using Heed.Models.Decoding;
using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Memory;

namespace Heed.Models.Causal;

/// <summary>Continues prompts with a cache: the prompts are read in one pass, then each step runs one new token of every hypothesis.</summary>
/// <remarks>
/// The prompts' last tokens are left for the first step, whose logits are the ones wanted. Keys and values stand in one growing matrix for
/// each layer, in the order they were made: a <see cref="PromptTable"/> says whose they are.
/// </remarks>
internal sealed class DecoderOnlySession : DecodingSession
{
    private readonly DecoderOnlyModel model;
    private readonly KeyValueCache[] caches;
    private readonly PromptTable hypotheses;
    private readonly int[] lastTokens;
    private Tensor? logits;
    private bool disposed;

    public DecoderOnlySession(DecoderOnlyModel model, ReadOnlyMemory<int> promptIds, Segments prompts, PromptCache? prefix)
    {
        this.model = model;
        caches = [.. model.Body.Layers.Select(_ => new KeyValueCache())];
        lastTokens = new int[prompts.Count];
        var read = new List<int>();
        var lengths = new int[prompts.Count];
        var shared = new int[prompts.Count];
        for (int i = 0; i < prompts.Count; i++)
        {
            if (prompts.Lengths[i] == 0)
            {
                throw new ArgumentException($"prompt {i} is empty; begin it with the start token", nameof(prompts));
            }

            ReadOnlySpan<int> prompt = promptIds.Span.Slice(prompts.Starts[i], prompts.Lengths[i]);
            lastTokens[i] = prompt[^1];
            shared[i] = prefix?.CommonLength(prompt[..^1]) ?? 0;
            read.AddRange(prompt[shared[i]..^1]);
            lengths[i] = prompt.Length - 1 - shared[i];
        }

        MaxLength = model.MaxLength - prompts.MaxLength + 1;
        var known = Segments.FromLengths(lengths);
        hypotheses = new PromptTable(shared, prefix?.Tokens.Length ?? 0, known);
        prefix?.CopyTo(caches);
        if (known.Rows > 0)
        {
            using TensorScope scope = TensorScope.Begin();
            AttentionPattern pattern = prefix is null ? model.Pattern(known) : hypotheses.Pattern(known) with { Window = model.Config.Window };
            model.Body.Forward(model.Embed(read.ToArray(), pattern.QueryPositions()), pattern, caches);
        }
    }

    public override int VocabSize => model.VocabSize;

    /// <summary>The steps that the longest prompt leaves room for.</summary>
    public override int MaxLength { get; }

    public override int? FirstToken(int sentence) => lastTokens[sentence];

    public override Tensor Step(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens)
    {
        Guard(parents, tokens);
        hypotheses.Advance(parents);
        logits?.Release();
        using TensorScope scope = TensorScope.Begin();
        AttentionPattern pattern = hypotheses.Pattern() with { Window = model.Config.Window };
        Tensor x = model.Embed(tokens.ToArray(), pattern.QueryPositions()); // [hypotheses, dModel]
        Tensor states = model.Body.Forward(x, pattern, caches);
        return logits = model.Output.Forward(states).Keep(); // [hypotheses, vocabSize]
    }

    /// <summary>What is known of the only hypothesis; null while it has no keys.</summary>
    /// <param name="tokens">Its tokens; the newest have no keys yet.</param>
    public PromptCache? Snapshot(IReadOnlyList<int> tokens)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ReadOnlySpan<int> rows = hypotheses.RowsOf(0);
        return rows.IsEmpty ? null : PromptCache.Gather([.. tokens.Take(rows.Length)], caches, rows);
    }

    protected override void Dispose(bool disposing)
    {
        disposed = true;
        logits?.Release();
        Array.ForEach(caches, cache => cache.Dispose());
        base.Dispose(disposing);
    }

    private void Guard(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        GuardStep(parents, tokens);
        int[] lengths = hypotheses.Lengths;
        foreach (int parent in parents)
        {
            if ((uint)parent < (uint)lengths.Length && lengths[parent] == model.MaxLength)
            {
                throw new ArgumentException($"hypothesis {parent} has {model.MaxLength} tokens, the longest that the model reads; end it", nameof(parents));
            }
        }
    }
}
