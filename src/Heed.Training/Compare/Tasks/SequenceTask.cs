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

    /// <summary>How many tokens at the beginning of a target repeat the question and are not scored.</summary>
    public virtual int Repeated => 0;

    /// <summary>Draws one example.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="distance">The distance.</param>
    /// <returns>A source and its target, without special tokens.</returns>
    public abstract (int[] Source, int[] Target) Draw(SeededRandom random, int distance);

    /// <summary>More tokens than the longest sequence of any of the distances has, with its special token.</summary>
    public int LongestSequence()
    {
        const int Draws = 200;
        const int Room = 8; // for a rare sequence that none of the draws met
        int distance = Measured.Append(LongestTrained).Max();
        var random = new SeededRandom(0);
        return Room + Enumerable.Range(0, Draws).Max(_ => Longer(Draw(random, distance)));
    }

    private static int Longer((int[] Source, int[] Target) example) => Math.Max(example.Source.Length, example.Target.Length);
}
