namespace Heed.Text.Metrics.Ter;

/// <summary>
/// Which word of the hypothesis each word of the reference goes with, and which words of both are wrong, read from the
/// trace of an edit distance. Belongs to one thread.
/// </summary>
internal sealed class EditAlignment
{
    private int[] positions = [];
    private bool[] wrongInReference = [];
    private bool[] wrongInHypothesis = [];

    /// <summary>
    /// The position in the hypothesis that a position in the reference goes with; that of the word before it, or -1,
    /// where the word is missing.
    /// </summary>
    public int this[int referencePosition] => positions[referencePosition];

    /// <summary>Follows the trace back from the end.</summary>
    public void Read(BeamEditDistance distance, int hypothesisLength, int referenceLength)
    {
        Reserve(hypothesisLength, referenceLength);
        int i = hypothesisLength, j = referenceLength;
        while (i > 0 || j > 0)
        {
            EditOperation operation = distance.OperationAt(i, j);
            bool wrong = operation != EditOperation.Keep;
            if (operation == EditOperation.Unreachable)
            {
                throw new InvalidOperationException($"The edit distance of {hypothesisLength} and {referenceLength} words has no path at ({i}, {j}).");
            }

            if (operation != EditOperation.Insert)
            {
                wrongInHypothesis[--i] = wrong;
            }

            if (operation != EditOperation.Delete)
            {
                wrongInReference[--j] = wrong;
                // After an insertion i still counts the words before; otherwise it is the aligned word itself.
                positions[j] = operation == EditOperation.Insert ? i - 1 : i;
            }
        }
    }

    /// <summary>True where one of these words of the hypothesis is wrong.</summary>
    public bool AnyWrongInHypothesis(int start, int length) => wrongInHypothesis.AsSpan(start, length).Contains(true);

    /// <summary>True where one of these words of the reference is not met.</summary>
    public bool AnyWrongInReference(int start, int length) => wrongInReference.AsSpan(start, length).Contains(true);

    private void Reserve(int hypothesisLength, int referenceLength)
    {
        if (wrongInHypothesis.Length < hypothesisLength)
        {
            wrongInHypothesis = new bool[hypothesisLength];
        }

        if (positions.Length < referenceLength)
        {
            positions = new int[referenceLength];
            wrongInReference = new bool[referenceLength];
        }
    }
}
