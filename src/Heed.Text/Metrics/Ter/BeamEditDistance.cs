using System.Diagnostics;

namespace Heed.Text.Metrics.Ter;

/// <summary>
/// The edit distance of a hypothesis to its reference within a beam, with the trace of the edits, and the distances of
/// its reorderings. Memory grows with the sum of the lengths, not with their product. Belongs to one thread.
/// </summary>
/// <remarks>
/// Ties go to keeping or substituting, then to deleting, then to inserting, as in sacreBLEU (which computes the trace
/// from hypothesis to reference and reads it backwards); the alignment, and with it the shifts, depends on that.
/// </remarks>
internal sealed class BeamEditDistance
{
    private const int Infinity = 1 << 29;

    private int[] referenceWords = [];
    private int referenceLength;
    private int hypothesisLength;
    private Beam beam;
    private int stride;
    private int[] costs = [];
    private EditOperation[] trace = [];
    private int[] spareRows = []; // two rows that take turns when a reordering is measured

    /// <summary>Computes the whole band for a hypothesis and returns its distance.</summary>
    public int Align(ReadOnlySpan<int> hypothesis, ReadOnlySpan<int> reference)
    {
        Prepare(hypothesis.Length, reference);
        Span<int> firstRow = Row(0);
        for (int j = 0; j < firstRow.Length; j++)
        {
            firstRow[j] = j;
        }

        for (int i = 1; i <= hypothesis.Length; i++)
        {
            FillRow(i, hypothesis[i - 1], Row(i - 1), Row(i), trace.AsSpan(i * stride, stride));
        }

        return Corner(Row(hypothesisLength));
    }

    /// <summary>
    /// The distance of a reordering of the aligned hypothesis that shares its first <paramref name="same"/> words; their
    /// rows are not computed again.
    /// </summary>
    public int Distance(ReadOnlySpan<int> reordered, int same)
    {
        Debug.Assert(reordered.Length == hypothesisLength);
        Span<int> previous = Row(same);
        for (int i = same + 1; i <= reordered.Length; i++)
        {
            Span<int> row = spareRows.AsSpan((i & 1) * stride, Columns(i));
            FillRow(i, reordered[i - 1], previous, row, []);
            previous = row;
        }

        return Corner(previous);
    }

    /// <summary>The last step on the best way to a cell.</summary>
    public EditOperation OperationAt(int row, int column) =>
        row == 0 ? EditOperation.Insert : trace[(row * stride) + column - beam.First(row)];

    private void Prepare(int hypothesisLength, ReadOnlySpan<int> reference)
    {
        this.hypothesisLength = hypothesisLength;
        referenceLength = reference.Length;
        if (referenceWords.Length < reference.Length)
        {
            referenceWords = new int[reference.Length];
        }

        reference.CopyTo(referenceWords);
        beam = new Beam(hypothesisLength, reference.Length);
        stride = beam.MaxColumns();
        int cells = checked((hypothesisLength + 1) * stride);
        if (costs.Length < cells)
        {
            costs = new int[cells];
            trace = new EditOperation[cells];
        }

        if (spareRows.Length < 2 * stride)
        {
            spareRows = new int[2 * stride];
        }
    }

    private void FillRow(int i, int word, ReadOnlySpan<int> previous, Span<int> row, Span<EditOperation> operations)
    {
        int first = beam.First(i), shift = first - beam.First(i - 1);
        int left = Infinity; // cost of the cell to the left
        for (int k = 0; k < row.Length; k++)
        {
            int j = first + k;
            int above = At(previous, k + shift);
            int best = Infinity;
            EditOperation operation = EditOperation.Unreachable;
            if (j > 0)
            {
                bool same = referenceWords[j - 1] == word;
                Improve(ref best, ref operation, At(previous, k + shift - 1) + (same ? 0 : 1), same ? EditOperation.Keep : EditOperation.Substitute);
            }

            Improve(ref best, ref operation, above + 1, EditOperation.Delete);
            Improve(ref best, ref operation, left + 1, EditOperation.Insert);
            row[k] = left = best;
            if (!operations.IsEmpty)
            {
                operations[k] = operation;
            }
        }
    }

    private static void Improve(ref int best, ref EditOperation operation, int cost, EditOperation by)
    {
        if (cost >= best)
        {
            return;
        }

        best = cost;
        operation = by;
    }

    private static int At(ReadOnlySpan<int> row, int index) => (uint)index < (uint)row.Length ? row[index] : Infinity;

    private int Columns(int row) => beam.End(row) - beam.First(row);

    private Span<int> Row(int row) => costs.AsSpan(row * stride, Columns(row));

    private int Corner(ReadOnlySpan<int> lastRow) => lastRow[referenceLength - beam.First(hypothesisLength)];
}
