using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Sampling;
using Heed.Tensors.Random;

namespace Heed.Cli.Tests.Demo.Sampling;

public sealed class EventSplitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_held_out_sentence_tells_something_that_no_training_sentence_tells(ulong seed)
    {
        var split = new EventSplit(seed, Showcase.HeldOutEvents, Showcase.OtherEvents);
        var sampler = new SentenceSampler(new SeededRandom(seed));
        var meanings = Enumerable.Range(0, 10_000).Select(_ => sampler.Next()).ToList();

        var learnt = meanings.Where(meaning => !split.IsHeldOut(meaning)).SelectMany(Events.Of).ToHashSet();
        var heldOut = meanings.Where(split.IsHeldOut).ToList();

        Assert.InRange(heldOut.Count, 500, 2_000);
        Assert.All(heldOut, meaning => Assert.NotEmpty(Events.Of(meaning).Except(learnt)));
    }

    [Fact]
    public void Every_seed_holds_out_the_showcase_and_teaches_the_rest_of_what_it_tells()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var split = new EventSplit(seed, Showcase.HeldOutEvents, Showcase.OtherEvents);

            Assert.True(split.IsHeldOut(Showcase.Request));
            Assert.True(split.IsHeldOut(Showcase.Nested));
            Assert.False(split.IsHeldOut(Lexicon.Modal(Pronoun.You, "can", Lexicon.Do("help", Pronoun.I)).Asked()));
        }
    }
}
