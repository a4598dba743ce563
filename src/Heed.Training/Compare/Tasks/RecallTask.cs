using Heed.Tensors.Random;

namespace Heed.Training.Compare.Tasks;

/// <summary>
/// Recall after n distractors: labelled items, then the label of one of them, which the answer repeats and completes with the item's value.
/// Nobody knows before the end which item will be asked for, so a model without attention must keep them all.
/// </summary>
/// <remarks>
/// An item is one token that stands for a label and a value. The label that is asked for comes once; those of the distractors may come
/// again. A few items stand before the one that is asked for, n after it. Associative recall, as in Graves et al. 2014, section 4.3.
/// </remarks>
public sealed class RecallTask : SequenceTask
{
    private const int Values = 4;
    private const int MostBefore = 3;
    private const int FirstItem = FirstToken;

    /// <summary>The share of answers that guessing gets right.</summary>
    public const double Chance = 1.0 / Values;

    /// <summary>How many labels there are: what a model must keep apart.</summary>
    public required int Labels { get; init; }

    /// <inheritdoc/>
    public override string Name => "recall";

    /// <inheritdoc/>
    public override int VocabSize => FirstAnswer + Values;

    /// <inheritdoc/>
    public override int Repeated => 1;

    private int FirstQuestion => FirstItem + (Labels * Values);

    private int FirstAnswer => FirstQuestion + Labels;

    /// <inheritdoc/>
    public override (int[] Source, int[] Target) Draw(SeededRandom random, int distance)
    {
        ArgumentNullException.ThrowIfNull(random);
        int label = random.Next(Labels);
        int asked = random.Next(MostBefore + 1);
        var source = new int[asked + 1 + distance + 1];
        for (int i = 0; i < source.Length - 1; i++)
        {
            int other = (label + 1 + random.Next(Labels - 1)) % Labels; // any label but the one that is asked for
            source[i] = FirstItem + ((i == asked ? label : other) * Values) + random.Next(Values);
        }

        source[^1] = FirstQuestion + label;
        return (source, [source[^1], FirstAnswer + ((source[asked] - FirstItem) % Values)]);
    }
}
