namespace Heed.Training.Data.Preflight;

/// <summary>Pearson's correlation of the two sides' lengths, one pair at a time.</summary>
/// <remarks>Translations of longer sentences are longer; where that does not show, the lines do not belong together.
/// Welford's running sums (Knuth, The Art of Computer Programming 2, section 4.2.2).</remarks>
internal sealed class LengthCorrelation
{
    private long count;
    private double meanX;
    private double meanY;
    private double squaresX;
    private double squaresY;
    private double products;

    /// <summary>From -1 to 1; 1 where a side's lengths never vary, which says nothing against the pairs.</summary>
    public double Value => squaresX > 0 && squaresY > 0 ? products / Math.Sqrt(squaresX * squaresY) : 1;

    public void Add(int x, int y)
    {
        count++;
        double deltaX = x - meanX;
        double deltaY = y - meanY;
        meanX += deltaX / count;
        meanY += deltaY / count;
        squaresX += deltaX * (x - meanX);
        squaresY += deltaY * (y - meanY);
        products += deltaX * (y - meanY);
    }
}
