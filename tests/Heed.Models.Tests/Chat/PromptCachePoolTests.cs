using Heed.Models.Causal;
using Heed.Models.Chat;
using Heed.Tensors.Random;

namespace Heed.Models.Tests.Chat;

public sealed class PromptCachePoolTests
{
    private static readonly DecoderOnlyModel Model = new(
        new DecoderOnlyConfig { VocabSize = 20, DModel = 8, NumLayers = 1, NumHeads = 2, DFeedForward = 16, MaxLength = 32, Rotary = new Nn.Positions.RotaryPositions(10000) }, new SeededRandom(1));

    [Fact]
    public void The_conversation_that_shares_most_is_found()
    {
        var pool = new PromptCachePool(3);
        pool.Add(Read(1, 2, 3));
        pool.Add(Read(1, 2, 4, 5));
        Assert.Equal([1, 2, 4, 5], pool.Find([1, 2, 4, 9])!.Tokens);
        Assert.Equal([1, 2, 3], pool.Find([1, 2, 3, 7])!.Tokens);
        Assert.Null(pool.Find([9, 1, 2]));
    }

    [Fact]
    public void A_conversation_takes_the_place_of_its_beginning_and_the_oldest_goes()
    {
        var pool = new PromptCachePool(2);
        pool.Add(Read(1, 2));
        pool.Add(Read(5, 6));
        pool.Add(Read(1, 2, 3));
        Assert.Equal([5, 6], pool.Find([5, 6, 7])!.Tokens);
        pool.Add(Read(8));
        Assert.Null(pool.Find([5, 6, 7]));
        Assert.Equal([1, 2, 3], pool.Find([1])!.Tokens);
    }

    [Fact]
    public void A_pool_for_nothing_keeps_nothing()
    {
        var pool = new PromptCachePool(0);
        pool.Add(Read(1));
        Assert.Null(pool.Find([1]));
    }

    private static PromptCache Read(params int[] tokens) => Model.ReadPrefix(tokens);
}
