using Heed.Tensors.Random;

namespace Heed.Training.Compare.Tasks;

/// <summary>Recall of a key after n distractors: three key tokens, n others, and the key is to be written.</summary>
public sealed class RecallTask : SequenceTask
{
    private const int KeyLength = 3;
    private const int Keys = 16;
    private const int Distractors = 16;

    /// <inheritdoc/>
    public override string Name => "recall";

    /// <inheritdoc/>
    public override int VocabSize => FirstToken + Keys + Distractors;

    /// <inheritdoc/>
    public override (int[] Source, int[] Target) Draw(SeededRandom random, int distance)
    {
        ArgumentNullException.ThrowIfNull(random);
        int[] key = [.. Enumerable.Range(0, KeyLength).Select(_ => FirstToken + random.Next(Keys))];
        return ([.. key, .. Enumerable.Range(0, distance).Select(_ => FirstToken + Keys + random.Next(Distractors))], key);
    }
}
