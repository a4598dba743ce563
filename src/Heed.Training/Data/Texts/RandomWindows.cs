using Heed.Tensors.Random;
using Heed.Text.Tokenizers;

namespace Heed.Training.Data.Texts;

/// <summary>Batches of windows that begin anywhere, drawn with replacement as nanoGPT does. An epoch is as many as would hold the text.</summary>
/// <typeparam name="TBatch">The kind of batch.</typeparam>
/// <param name="text">The text.</param>
/// <param name="batcher">Makes batches of windows.</param>
/// <param name="options">Their length, number and seed.</param>
internal sealed class RandomWindows<TBatch>(TokensInMemory text, WindowBatcher<TBatch> batcher, WindowOptions options) : BatchSource<TBatch>
{
    /// <inheritdoc/>
    public override IEnumerable<PositionedBatch<TBatch>> Read(DataPosition start = default)
    {
        start.Validate();
        int length = options.Length + batcher.Overlap;
        if (text.Ids.Length < length)
        {
            throw new InvalidDataException($"the text has {text.Count} tokens, but a window {length}; lower data.context, or set data.windows to packed");
        }

        int batches = (int)Math.Max(1, text.Count / ((long)options.Length * options.Sequences));
        return start.Batch <= batches ? ReadFrom(start, batches) : throw BeyondEpoch(start, batches);
    }

    private IEnumerable<PositionedBatch<TBatch>> ReadFrom(DataPosition position, int batches)
    {
        int length = options.Length + batcher.Overlap;
        while (true)
        {
            for (int i = position.Batch; i < batches; i++)
            {
                position = position with { Batch = i };
                var random = new SeededRandom(SplitMix64.For(options.Seed, position.Epoch, i).NextUInt64());
                var windows = new TokenStretch[options.Sequences];
                foreach (ref TokenStretch window in windows.AsSpan())
                {
                    int first = random.Next(text.Ids.Length - length + 1);
                    window = new TokenStretch(first, text.Ids.Slice(first, length));
                }

                var next = i + 1 < batches ? position with { Batch = i + 1 } : new DataPosition(position.Epoch + 1, 0);
                yield return new PositionedBatch<TBatch>(batcher.Batch(windows, position.Epoch), position, next);
            }

            position = new DataPosition(position.Epoch + 1, 0);
        }
    }
}
