using Heed.Models.Decoding;
using Heed.Nn.Attention;
using Heed.Nn.Transformer;
using Heed.Tensors;
using Heed.Tensors.Memory;

namespace Heed.Models.Seq2Seq;

/// <summary>Decodes with a cache: each step runs one new token of every hypothesis through the decoder.</summary>
/// <remarks>
/// Keys and values of all steps and hypotheses stand in one growing matrix per layer, in the order they were made. A hypothesis is
/// a list of rows of it, so that reordering hypotheses copies lists of numbers and no keys or values. Hypotheses of
/// one sentence share its encoder states.
/// </remarks>
internal sealed class TransformerSession : DecodingSession
{
    private readonly TransformerModel model;
    private readonly Segments sources;
    private readonly IReadOnlyList<KeyValues> memory;
    private readonly KeyValueCache[] caches;
    private int[][] rows = []; // for each hypothesis, the cache row of each of its tokens
    private int[] sentences; // for each hypothesis, its source
    private int cacheRows;
    private Tensor? logits;

    public TransformerSession(TransformerModel model, ReadOnlyMemory<int> sourceIds, Segments sources)
    {
        this.model = model;
        this.sources = sources;
        caches = [.. model.Decoder.Layers.Select(_ => new KeyValueCache())];
        sentences = [.. Enumerable.Range(0, sources.Count)];
        rows = [.. sentences.Select(_ => Array.Empty<int>())];
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
        if (parents.Length != tokens.Length)
        {
            throw new ArgumentException($"{parents.Length} parents for {tokens.Length} tokens", nameof(tokens));
        }

        int position = rows.Length == 0 ? 0 : rows[0].Length;
        Reorder(parents);
        using TensorScope scope = TensorScope.Begin();
        var positions = new int[tokens.Length];
        Array.Fill(positions, position);
        Tensor x = model.Embed(tokens.ToArray(), positions, dropout: null);
        Tensor states = model.Decoder.Forward(x, memory, Pattern(position + 1), caches);
        Tensor result = model.Project(states);
        return Hold(result);
    }

    private void Reorder(ReadOnlySpan<int> parents)
    {
        var newRows = new int[parents.Length][];
        var newSentences = new int[parents.Length];
        for (int i = 0; i < parents.Length; i++)
        {
            newRows[i] = [.. rows[parents[i]], cacheRows + i];
            newSentences[i] = sentences[parents[i]];
        }

        (rows, sentences) = (newRows, newSentences);
        cacheRows += parents.Length;
    }

    private DecoderPattern Pattern(int length)
    {
        int count = rows.Length;
        var ones = new int[count];
        var starts = new int[count];
        var lengths = new int[count];
        var sourceStarts = new int[count];
        var sourceLengths = new int[count];
        var table = new int[count * length];
        for (int i = 0; i < count; i++)
        {
            ones[i] = 1;
            starts[i] = i * length;
            lengths[i] = length;
            rows[i].CopyTo(table, i * length);
            sourceStarts[i] = sources.Starts[sentences[i]];
            sourceLengths[i] = sources.Lengths[sentences[i]];
        }

        Segments queries = Segments.FromLengths(ones);
        var self = new AttentionPattern(queries, Segments.At(table.Length, starts, lengths), Causal: true) { KeyRows = table };
        return new DecoderPattern(self, new AttentionPattern(queries, Segments.At(sources.Rows, sourceStarts, sourceLengths)));
    }

    // The scope of the step ends with it, so its result moves to memory that the session keeps from step to step.
    private Tensor Hold(Tensor result)
    {
        if (logits is null || logits.Shape[0] < result.Shape[0])
        {
            logits = Tensor.Uninitialized(result.Shape, result.Device).Keep();
        }

        Tensor held = logits.RowRange(0, result.Shape[0]);
        result.Device.Copy(result, held);
        return held;
    }
}
