using Heed.Tensors.Random;

namespace Heed.Training.Compare.Tasks;

/// <summary>A task generated at run time, whose difficulty is a distance: how long something must be remembered.</summary>
public abstract class SequenceTask
{
    /// <summary>The ids below this are the padding, start, end and unknown marks.</summary>
    protected const int FirstToken = 4;

    /// <summary>Its name in settings and files.</summary>
    public abstract string Name { get; }

    /// <summary>The number of tokens, special ones included.</summary>
    public abstract int VocabSize { get; }

    /// <summary>The longest distance that is trained on.</summary>
    public required int LongestTrained { get; init; }

    /// <summary>The distances that are measured.</summary>
    public required IReadOnlyList<int> Measured { get; init; }

    /// <summary>The shortest distance.</summary>
    public virtual int Shortest => 1;

    /// <summary>Draws one example.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="distance">The distance.</param>
    /// <returns>A source and its target, without special tokens.</returns>
    public abstract (int[] Source, int[] Target) Draw(SeededRandom random, int distance);

    /// <summary>The longest sequence that any of the distances makes.</summary>
    public int LongestSequence()
    {
        int distance = Measured.Append(LongestTrained).Max();
        (int[] source, int[] target) = Draw(new SeededRandom(0), distance);
        return Math.Max(source.Length, target.Length) + 1;
    }
}
