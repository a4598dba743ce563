using Heed.Tensors.Random;

namespace Heed.Training.Compare.Tasks;

/// <summary>Copy: n random tokens are to be written again. Each must be remembered over n others.</summary>
public sealed class CopyTask : SequenceTask
{
    private const int Tokens = 16;

    /// <inheritdoc/>
    public override string Name => "copy";

    /// <inheritdoc/>
    public override int VocabSize => FirstToken + Tokens;

    /// <inheritdoc/>
    public override (int[] Source, int[] Target) Draw(SeededRandom random, int distance)
    {
        ArgumentNullException.ThrowIfNull(random);
        int[] tokens = [.. Enumerable.Range(0, distance).Select(_ => FirstToken + random.Next(Tokens))];
        return (tokens, tokens);
    }
}
