namespace Heed.Text.Metrics.Ter;

/// <summary>
/// Which cells of the edit distance matrix are computed: a band around the line from corner to corner. Row i stands for
/// i words of the hypothesis, column j for j words of the reference.
/// </summary>
internal readonly struct Beam
{
    private const int Width = 25;
    private readonly int rows;
    private readonly int columns;
    private readonly int halfWidth;
    private readonly double slope;

    public Beam(int hypothesisLength, int referenceLength)
    {
        rows = hypothesisLength;
        columns = referenceLength;
        slope = hypothesisLength > 0 ? (double)referenceLength / hypothesisLength : 1;
        // Where the lengths differ wildly a wider band is needed, or rows would not touch.
        halfWidth = Width < slope / 2 ? (int)Math.Ceiling((slope / 2) + Width) : Width;
    }

    /// <summary>The first column of a row.</summary>
    public int First(int row) => row == 0 ? 0 : Math.Max(0, Diagonal(row) - halfWidth);

    /// <summary>The column after the last of a row. The last row reaches the end; row 0 holds what row 1 needs.</summary>
    public int End(int row) =>
        row == rows ? columns + 1 : Math.Min(columns + 1, Diagonal(Math.Max(1, row)) + halfWidth);

    /// <summary>The most columns that a row has.</summary>
    public int MaxColumns()
    {
        int most = 0;
        for (int row = 0; row <= rows; row++)
        {
            most = Math.Max(most, End(row) - First(row));
        }

        return most;
    }

    private int Diagonal(int row) => (int)Math.Floor(row * slope);
}
