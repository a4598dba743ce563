using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Tensors;
using Heed.Tensors.Memory;

namespace Heed.Models.Tests.Seq2Seq;

/// <summary>Counts the bytes of the whole process, and so runs while no other test does.</summary>
[CollectionDefinition(nameof(TransformerSessionMemoryTests), DisableParallelization = true)]
[Collection(nameof(TransformerSessionMemoryTests))]
public sealed class TransformerSessionMemoryTests
{
    [Fact]
    public void A_session_gives_all_its_memory_back_when_it_ends()
    {
        var model = new TransformerModel(SmallTransformer.Config() with { MaxLength = 200 }, null);
        Decode(model);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = BufferPool.BytesInUse;
        Decode(model);
        long more = BufferPool.BytesInUse - before;
        Assert.True(more <= 0, $"{more} bytes stayed in use");
        GC.KeepAlive(model);
    }

    private static void Decode(TransformerModel model)
    {
        using DecodingSession session = model.Begin(new[] { 3, 4, 5, 2, 6, 2 }, Segments.FromLengths(4, 2));
        for (int step = 0; step < model.MaxLength; step++)
        {
            session.Step(step % 3 == 0 ? [0, 1] : [1, 0], [7, 8]);
        }
    }
}
