using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

namespace Heed.Training.Data.Texts;

/// <summary>Batches of windows that stand one after another in the text: an epoch has every token once. Where the first ends, and the order, change with the epoch.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
/// <param name="text">The text.</param>
/// <param name="batcher">Makes batches of windows.</param>
/// <param name="options">Their length, number and seed.</param>
internal sealed class PackedWindows<TBatch>(TokenText text, WindowBatcher<TBatch> batcher, WindowOptions options) : BatchSource<TBatch>
{
    // Far from the stretches, which count up from 0.
    private const long CutsItem = -1;

    /// <inheritdoc/>
    public override IEnumerable<PositionedBatch<TBatch>> Read(DataPosition start = default)
    {
        start.Validate();
        return ReadFrom(start);
    }

    /// <summary>Windows in the order of the text, all but the last of full length, for evaluation.</summary>
    public static IEnumerable<TBatch> InOrder(TokenText text, WindowBatcher<TBatch> batcher, WindowOptions options)
    {
        var cuts = new WindowCuts(options.Length, options.Length, batcher.Overlap);
        return text.Stretches(cuts).SelectMany(stretch => Enumerable.Range(0, cuts.Count(stretch)).Select(window => cuts.Window(stretch, window)))
            .Chunk(options.Sequences).Select(windows => batcher.Batch(windows, epoch: 0));
    }

    private IEnumerable<PositionedBatch<TBatch>> ReadFrom(DataPosition start)
    {
        while (true)
        {
            int count = 0;
            PositionedBatch<TBatch>? held = null; // the epoch's last batch is known only when there is no further one
            WindowCuts cuts = CutsOf(start.Epoch);
            foreach ((int number, TokenStretch stretch) in text.Stretches(cuts).Index())
            {
                int[] order = Order(cuts.Count(stretch), start.Epoch, number);
                int batches = (order.Length + options.Sequences - 1) / options.Sequences;
                for (int i = Math.Clamp(start.Batch - count, 0, batches); i < batches; i++)
                {
                    if (held is not null)
                    {
                        yield return held;
                    }

                    var position = start with { Batch = count + i };
                    TokenStretch[] windows = [.. order.Skip(i * options.Sequences).Take(options.Sequences).Select(window => cuts.Window(stretch, window))];
                    held = new PositionedBatch<TBatch>(batcher.Batch(windows, start.Epoch), position, position with { Batch = count + i + 1 });
                }

                count += batches;
            }

            if (count == 0 || start.Batch > count)
            {
                throw count == 0 ? new InvalidDataException($"the text has {text.Count} tokens; training needs {1 + batcher.Overlap} at least") : BeyondEpoch(start, count);
            }

            start = new DataPosition(start.Epoch + 1, 0);
            if (held is not null)
            {
                yield return held with { Next = start };
            }
        }
    }

    private WindowCuts CutsOf(int epoch)
    {
        int first = 1 + new SeededRandom(SplitMix64.For(options.Seed, epoch, CutsItem).NextUInt64()).Next(options.Length);
        return new WindowCuts(first, options.Length, batcher.Overlap);
    }

    private int[] Order(int windows, int epoch, int stretch)
    {
        int[] order = [.. Enumerable.Range(0, windows)];
        new SeededRandom(SplitMix64.For(options.Seed, epoch, stretch).NextUInt64()).Shuffle<int>(order);
        return order;
    }
}
