using Heed.Models.Decoding;
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
internal sealed class TransformerSession : DecodingSession
{
    private readonly EncoderDecoderModel model;
    private readonly IReadOnlyList<KeyValues> memory;
    private readonly KeyValueCache[] caches;
    private readonly HypothesisTable hypotheses;
    private Tensor? logits;
    private bool disposed;

    public TransformerSession(EncoderDecoderModel model, ReadOnlyMemory<int> sourceIds, Segments sources)
    {
        this.model = model;
        hypotheses = new HypothesisTable(sources);
        caches = [.. model.Decoder.Layers.Select(_ => new KeyValueCache())];
        using TensorScope scope = TensorScope.Begin();
        memory = model.Decoder.ProjectMemory(model.Encode(sourceIds, sources));
        foreach (KeyValues layer in memory)
        {
            layer.Keys.Keep();
            layer.Values.Keep();
        }
    }

    public override int VocabSize => model.VocabSize;

    public override int MaxLength => model.MaxLength;

    public override Tensor Step(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens)
    {
        Guard(parents, tokens);
        var positions = new int[tokens.Length];
        Array.Fill(positions, hypotheses.Length);
        hypotheses.Advance(parents);
        logits?.Release();
        using TensorScope scope = TensorScope.Begin();
        Tensor x = model.EmbedTarget(tokens.ToArray(), positions); // [hypotheses, dModel]
        Tensor states = model.Decoder.Forward(x, memory, model.ArrangeTarget(hypotheses.Pattern()), caches);
        return logits = model.Score(states).Keep(); // [hypotheses, vocabSize]
    }

    protected override void Dispose(bool disposing)
    {
        disposed = true;
        logits?.Release();
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

    private void Guard(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (parents.Length != tokens.Length || parents.IsEmpty)
        {
            throw new ArgumentException($"a step needs as many parents as tokens and at least one, not {parents.Length} and {tokens.Length}", nameof(parents));
        }

        if (hypotheses.Length == MaxLength)
        {
            throw new ArgumentException($"the hypotheses have {MaxLength} tokens, the longest that the model writes; end them", nameof(tokens));
        }

        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)VocabSize)
            {
                throw new ArgumentOutOfRangeException(nameof(tokens), token, $"token {token} is outside the vocabulary of {VocabSize}");
            }
        }
    }
}
