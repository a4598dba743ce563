using Heed.Models.Generation;

namespace Heed.Models.Tests.Generation;

public sealed class StopTextTests
{
    [Fact]
    public void The_text_ends_before_the_first_stop_string_and_gives_out_no_part_of_it_however_it_is_cut()
    {
        string[] alphabet = ["a", "b", "ab", "ba", "aab"];
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            string[] parts = [.. Enumerable.Range(0, 12).Select(_ => alphabet[random.Next(alphabet.Length)])];
            string[] stops = ["aabb", random.Next(2) == 0 ? "bab" : "bbbb"];
            string whole = string.Concat(parts);
            int[] found = [.. stops.Select(stop => whole.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0)];
            string expected = found.Length == 0 ? whole : whole[..found.Min()];

            var text = new StopText(stops);
            string given = string.Empty;
            foreach (string part in parts)
            {
                given += text.Add(part);
                Assert.True(expected.StartsWith(given, StringComparison.Ordinal), $"seed {seed}: {given} of {whole}");
            }

            Assert.Equal(found.Length > 0, text.Found is not null);
            Assert.True(expected == given + text.Finish(), $"seed {seed}: {whole}");
        }
    }

    [Fact]
    public void Without_stop_strings_nothing_is_held_back() => Assert.Equal("abc", new StopText([]).Add("abc"));
}
