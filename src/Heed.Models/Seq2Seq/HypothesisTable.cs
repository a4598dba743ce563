using Heed.Nn.Attention;
using Heed.Nn.Transformer;
using Heed.Tensors;

namespace Heed.Models.Seq2Seq;

/// <summary>Which sentence each hypothesis translates, and in which rows of the key/value caches its tokens lie.</summary>
/// <remarks>Every step appends one row for each hypothesis; hypotheses with a common beginning share its rows.</remarks>
internal sealed class HypothesisTable
{
    private readonly Segments sources;
    private int[] sentences;
    private int[] rows = []; // [hypotheses, Length], perhaps with unused room behind
    private int[] spare = [];
    private int rowsTaken;

    public HypothesisTable(Segments sources)
    {
        this.sources = sources;
        sentences = [.. Enumerable.Range(0, sources.Count)];
    }

    /// <summary>The number of tokens of each hypothesis.</summary>
    public int Length { get; private set; }

    /// <summary>Replaces the hypotheses by continuations of them.</summary>
    /// <param name="parents">The old hypothesis of each new one.</param>
    public void Advance(ReadOnlySpan<int> parents)
    {
        GuardParents(parents);
        int longer = Length + 1;
        if (spare.Length < parents.Length * longer)
        {
            spare = new int[Math.Max(parents.Length * longer, 2 * spare.Length)];
        }

        var continued = new int[parents.Length];
        for (int i = 0; i < parents.Length; i++)
        {
            rows.AsSpan(parents[i] * Length, Length).CopyTo(spare.AsSpan(i * longer));
            spare[(i * longer) + Length] = rowsTaken++;
            continued[i] = sentences[parents[i]];
        }

        sentences = continued;
        Length = longer;
        (rows, spare) = (spare, rows);
    }

    /// <summary>Who sees whom when the newest token of every hypothesis is a query.</summary>
    public DecoderPattern Pattern()
    {
        Segments queries = Segments.Uniform(sentences.Length, 1);
        var self = new AttentionPattern(queries, Segments.Uniform(sentences.Length, Length), Causal: true) { KeyRows = rows };
        return new DecoderPattern(self, CrossPattern());
    }

    /// <summary>Where the source of each hypothesis lies; several hypotheses may have the same.</summary>
    public Segments Sources()
    {
        var starts = new int[sentences.Length];
        var lengths = new int[sentences.Length];
        for (int i = 0; i < sentences.Length; i++)
        {
            (starts[i], lengths[i]) = (sources.Starts[sentences[i]], sources.Lengths[sentences[i]]);
        }

        return Segments.At(sources.Rows, starts, lengths);
    }

    // Neighbouring hypotheses of one sentence are one sequence of queries, so that its keys are read once for all of them.
    private AttentionPattern CrossPattern()
    {
        var queries = new List<int>();
        var starts = new List<int>();
        var lengths = new List<int>();
        for (int i = 0; i < sentences.Length; i++)
        {
            if (i > 0 && sentences[i] == sentences[i - 1])
            {
                queries[^1]++;
            }
            else
            {
                queries.Add(1);
                starts.Add(sources.Starts[sentences[i]]);
                lengths.Add(sources.Lengths[sentences[i]]);
            }
        }

        return new AttentionPattern(Segments.FromLengths([.. queries]), Segments.At(sources.Rows, [.. starts], [.. lengths]));
    }

    private void GuardParents(ReadOnlySpan<int> parents)
    {
        for (int i = 0; i < parents.Length; i++)
        {
            if ((uint)parents[i] >= (uint)sentences.Length)
            {
                string what = Length == 0 ? "sentences" : "hypotheses";
                throw new ArgumentOutOfRangeException(nameof(parents), parents[i], $"parent {parents[i]} of hypothesis {i} is not one of {sentences.Length} {what}");
            }
        }
    }
}
