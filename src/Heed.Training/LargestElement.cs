namespace Heed.Training;

/// <summary>The likeliest of some scores.</summary>
internal static class LargestElement
{
    /// <summary>The place of the largest value; of several, the first.</summary>
    public static int IndexOf(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
            {
                largest = i;
            }
        }

        return largest;
    }
}
