using Heed.Nn.Attention;
using Heed.Tensors;

namespace Heed.Models.Causal;

/// <summary>In which rows of the key/value caches the tokens of each hypothesis lie: its prompt's, which may be long, and one for each step.</summary>
/// <remarks>Hypotheses of one prompt share its rows, and those with a common beginning share that.</remarks>
internal sealed class PromptTable
{
    private int[][] rows; // of each hypothesis, in the order of its tokens
    private int rowsTaken;

    /// <param name="shared">For each prompt, how many of the caches' first rows begin it: those of a <see cref="PromptCache"/>.</param>
    /// <param name="sharedRows">How many rows there are for that.</param>
    /// <param name="prompts">The rows of each prompt's other tokens, which follow them; a prompt may have none.</param>
    public PromptTable(ReadOnlySpan<int> shared, int sharedRows, Segments prompts)
    {
        rows = new int[prompts.Count][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = [.. Enumerable.Range(0, shared[i]), .. Enumerable.Range(sharedRows + prompts.Starts[i], prompts.Lengths[i])];
        }

        rowsTaken = sharedRows + prompts.Rows;
    }

    /// <summary>The number of tokens of each hypothesis.</summary>
    public int[] Lengths => [.. rows.Select(row => row.Length)];

    /// <summary>The rows of a hypothesis, in the order of its tokens.</summary>
    /// <param name="hypothesis">Which.</param>
    public ReadOnlySpan<int> RowsOf(int hypothesis) => rows[hypothesis];

    /// <summary>Replaces the hypotheses by continuations of them, each with one row more.</summary>
    /// <param name="parents">The old hypothesis of each new one.</param>
    public void Advance(ReadOnlySpan<int> parents)
    {
        var continued = new int[parents.Length][];
        for (int i = 0; i < parents.Length; i++)
        {
            if ((uint)parents[i] >= (uint)rows.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(parents), parents[i], $"parent {parents[i]} of hypothesis {i} is not one of {rows.Length}");
            }

            continued[i] = [.. rows[parents[i]], rowsTaken++];
        }

        rows = continued;
    }

    /// <summary>Who sees whom when the newest token of every hypothesis is a query.</summary>
    public AttentionPattern Pattern() => Pattern(Segments.Uniform(rows.Length, 1));

    /// <summary>Who sees whom when the newest tokens of every hypothesis are queries.</summary>
    /// <param name="queries">How many of each.</param>
    public AttentionPattern Pattern(Segments queries) =>
        new(queries, Segments.FromLengths(Lengths), Causal: true) { KeyRows = [.. rows.SelectMany(row => row)] };
}
