using Heed.Tensors.Random;

namespace Heed.Training.Compare.Tasks;

/// <summary>
/// Recall after n distractors: labelled items, then the label of one of them, whose value is the answer. Nobody knows before the end which
/// item will be asked for, so a model without attention must keep them all.
/// </summary>
/// <remarks>
/// An item is one token that stands for a label and a value; no label comes twice. A few items stand before the one that is asked for,
/// n after it. Associative recall, as in Graves et al. 2014, section 4.3.
/// </remarks>
public sealed class RecallTask : SequenceTask
{
    private const int Labels = 136;
    private const int Values = 4;
    private const int MostBefore = 3;
    private const int FirstItem = FirstToken;
    private const int FirstQuestion = FirstItem + (Labels * Values);
    private const int FirstAnswer = FirstQuestion + Labels;

    /// <summary>The share of answers that guessing gets right.</summary>
    public const double Chance = 1.0 / Values;

    /// <summary>The longest distance for which there are labels.</summary>
    public const int Longest = Labels - 1 - MostBefore;

    /// <inheritdoc/>
    public override string Name => "recall";

    /// <inheritdoc/>
    public override int VocabSize => FirstAnswer + Values;

    /// <inheritdoc/>
    public override (int[] Source, int[] Target) Draw(SeededRandom random, int distance)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(distance, Longest);
        int[] labels = [.. Enumerable.Range(0, Labels)];
        random.Shuffle(labels.AsSpan());
        int asked = random.Next(MostBefore + 1);
        int[] values = [.. Enumerable.Range(0, asked + 1 + distance).Select(_ => random.Next(Values))];
        return ([.. values.Select((value, i) => FirstItem + (labels[i] * Values) + value), FirstQuestion + labels[asked]], [FirstAnswer + values[asked]]);
    }
}
