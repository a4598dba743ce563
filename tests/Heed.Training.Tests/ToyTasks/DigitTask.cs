using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Nn.Optimizers;
using Heed.Nn.Schedules;
using Heed.Nn.Transformer;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;
using Heed.Testing;

namespace Heed.Training.Tests.ToyTasks;

/// <summary>Something to learn about sequences of one to nine digits, whose right answer is known.</summary>
/// <remarks>
/// The model is scored on sequences that it has never been trained on. Each update has new sequences, so that there is
/// nothing to learn by heart.
/// </remarks>
/// <param name="answer">The right answer to a sequence.</param>
/// <param name="seed">Draws the sequences and the initial weights.</param>
internal sealed class DigitTask(Func<int[], IEnumerable<int>> answer, int seed)
{
    private const int FirstDigit = 4; // after padding, start, end and unknown
    private const int MaxLength = 9;
    private const int Updates = 4000;
    private const int BatchSize = 32;
    private const double PeakRate = 3e-3;
    private const int WarmupSteps = 400;

    private readonly SeededRandom random = new((ulong)seed);
    private readonly HashSet<string> seen = [];

    private static TransformerConfig Config { get; } = new()
    {
        VocabSize = FirstDigit + 10,
        DModel = 32,
        NumHeads = 4,
        DFeedForward = 64,
        NumEncoderLayers = 2,
        NumDecoderLayers = 2,
        Dropout = 0,
        NormPlacement = NormPlacement.PreNorm,
    };

    /// <summary>Trains a model, with a fresh seed, and asserts that it learned the task, whatever the seed.</summary>
    public static void Check(Func<int[], IEnumerable<int>> answer, double perplexity, double exact, ITestOutputHelper output)
    {
        int seed = RandomTensor.FreshSeed();
        output.WriteLine($"seed {seed}");
        var task = new DigitTask(answer, seed);
        TransformerModel model = task.NewModel();
        (double Perplexity, double Exact) before = task.Score(model, 500);
        Assert.True(before.Perplexity > 5 && before.Exact < 0.1, $"seed {seed}: before training {before}");

        task.Train(model);
        (double Perplexity, double Exact) after = task.Score(model, 500);
        output.WriteLine($"perplexity {after.Perplexity:F4}, exact {after.Exact:P1}");
        Assert.True(after.Perplexity <= perplexity, $"seed {seed}: perplexity {after.Perplexity:F4} on fresh sequences, expected at most {perplexity}");
        Assert.True(after.Exact >= exact, $"seed {seed}: {after.Exact:P1} of fresh sequences right, expected at least {exact:P0}");
    }

    public TransformerModel NewModel() => new(Config, random);

    public void Train(TransformerModel model)
    {
        var optimizer = new Adam(model.NamedParameters(), (float)PeakRate, beta2: 0.98f) { MaxGradientNorm = 1 };
        var schedule = new CosineSchedule(PeakRate, WarmupSteps, Updates);
        for (int step = 1; step <= Updates; step++)
        {
            int[][] sequences = [.. Enumerable.Range(0, BatchSize).Select(_ => Draw())];
            seen.UnionWith(sequences.Select(Name));
            optimizer.ClearGradients();
            using (Tape tape = Tape.Begin())
            {
                tape.Backward(model.Loss(Batch(sequences), labelSmoothing: 0, dropout: null));
            }

            optimizer.LearningRate = schedule.At(step);
            optimizer.Step();
        }
    }

    /// <summary>Scores a model on sequences that none was trained on.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The perplexity of the right answers' tokens, and the share of greedy answers that are right throughout.</returns>
    public (double Perplexity, double Exact) Score(TransformerModel model, int count)
    {
        TokenBatch batch = Batch([.. Fresh().Take(count)]);
        double loss = -model.LogProbabilities(batch).Average(value => (double)value);

        using DecodingSession session = model.Begin(batch.SourceIds, batch.Sources);
        SequenceSearch search = SequenceSearch.Create(GenerationTokens.Create(model.BosId, model.EosId), new DecodingOptions { BeamSize = 1 });
        int[] cuts = [.. Enumerable.Repeat(2 * MaxLength, count)];
        int right = search.Run(session, cuts).Where((found, i) => found[0].Tokens.AsSpan().SequenceEqual(Labels(batch, i))).Count();
        return (Math.Exp(loss), (double)right / count);
    }

    private static ReadOnlySpan<int> Labels(TokenBatch batch, int i) => batch.LabelIds.AsSpan(batch.Targets.Starts[i], batch.Targets.Lengths[i]);

    private static string Name(int[] sequence) => string.Join(' ', sequence);

    private IEnumerable<int[]> Fresh()
    {
        while (true)
        {
            int[] sequence = Draw();
            if (!seen.Contains(Name(sequence)))
            {
                yield return sequence;
            }
        }
    }

    private int[] Draw()
    {
        var sequence = new int[1 + random.Next(MaxLength)];
        foreach (ref int digit in sequence.AsSpan())
        {
            digit = FirstDigit + random.Next(10);
        }

        return sequence;
    }

    private TokenBatch Batch(int[][] sequences) =>
        TokenBatch.Pack(sequences, [.. sequences.Select(sequence => answer(sequence).ToArray())], Config.BosId, Config.EosId);
}
