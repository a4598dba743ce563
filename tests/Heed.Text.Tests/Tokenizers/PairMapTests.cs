using Heed.Text.Tokenizers;

namespace Heed.Text.Tests.Tokenizers;

public sealed class PairMapTests
{
    [Fact]
    public void It_holds_what_a_dictionary_holds()
    {
        var random = new SplitMix64(4);
        var expected = new Dictionary<(int, int), int>();
        var map = new PairMap();
        for (int i = 0; i < 20_000; i++)
        {
            int left = (int)(random.NextUInt64() % 200);
            int right = random.NextUInt64() % 50 == 0 ? int.MaxValue : (int)(random.NextUInt64() % 200);
            Assert.Equal(expected.TryAdd((left, right), i), map.TryAdd(left, right, i));
        }

        for (int left = 0; left < 202; left++)
        {
            for (int right = 0; right < 202; right++)
            {
                bool there = expected.TryGetValue((left, right), out int value);
                Assert.Equal(there, map.TryGetValue(left, right, out int found));
                Assert.True(!there || value == found);
            }
        }
    }
}
