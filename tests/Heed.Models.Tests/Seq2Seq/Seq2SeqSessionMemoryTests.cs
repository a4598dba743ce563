using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Tensors;
using Heed.Tensors.Memory;

namespace Heed.Models.Tests.Seq2Seq;

/// <summary>Counts the bytes of the whole process, and so runs while no other test does.</summary>
[CollectionDefinition(nameof(Seq2SeqSessionMemoryTests), DisableParallelization = true)]
[Collection(nameof(Seq2SeqSessionMemoryTests))]
public sealed class Seq2SeqSessionMemoryTests
{
    [Theory]
    [MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void A_session_gives_all_its_memory_back_when_it_ends(string name)
    {
        Seq2SeqModel model = (SmallModels.Config(name) with { MaxLength = 200 }).CreateModel(null);
        Decode(model);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = BufferPool.BytesInUse;
        Decode(model);
        long more = BufferPool.BytesInUse - before;
        Assert.True(more <= 0, $"{more} bytes stayed in use");
        GC.KeepAlive(model);
    }

    private static void Decode(Seq2SeqModel model)
    {
        using DecodingSession session = model.Begin(new[] { 3, 4, 5, 2, 6, 2 }, Segments.FromLengths(4, 2));
        for (int step = 0; step < model.MaxLength; step++)
        {
            session.Step(step % 3 == 0 ? [0, 1] : [1, 0], [7, 8]);
        }
    }
}
