using Heed.Models.Seq2Seq;
using Heed.Tensors.Random;
using Heed.Training.Data;

namespace Heed.Training.Compare.Tasks;

/// <summary>Endless fresh examples of a task; a batch is a function of the seed and its number.</summary>
/// <param name="task">The task.</param>
/// <param name="sequences">Examples in a batch.</param>
/// <param name="seed">The seed.</param>
internal sealed class TaskBatches(SequenceTask task, int sequences, ulong seed) : BatchSource<TokenBatch>
{
    private const int BosId = 1;
    private const int EosId = 2;

    public override IEnumerable<PositionedBatch<TokenBatch>> Read(DataPosition start = default)
    {
        for (int number = start.Batch; ; number++)
        {
            var random = new SeededRandom(SeededRandom.Mix(SeededRandom.Mix(seed) + (ulong)number)); // far from the stream of any other batch
            yield return new PositionedBatch<TokenBatch>(
                Draw(random, sequences, () => task.Shortest + random.Next(task.LongestTrained - task.Shortest + 1)), new DataPosition(0, number), new DataPosition(0, number + 1));
        }
    }

    /// <summary>Examples of one distance that training never sees: their seed is another.</summary>
    public TokenBatch Test(int distance, int count) => Draw(new SeededRandom(SeededRandom.Mix(~SeededRandom.Mix(seed) - (ulong)distance)), count, () => distance);

    private TokenBatch Draw(SeededRandom random, int count, Func<int> distance)
    {
        (int[] Source, int[] Target)[] examples = [.. Enumerable.Range(0, count).Select(_ => task.Draw(random, distance()))];
        return TokenBatch.Pack([.. examples.Select(example => example.Source)], [.. examples.Select(example => example.Target)], BosId, EosId);
    }
}
