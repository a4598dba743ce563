using Heed.Models.Explain;

namespace Heed.Models.Tests.Explain;

public sealed class AttentionTextTests
{
    [Fact]
    public void A_map_is_drawn_with_shades_labels_and_the_strongest_token()
    {
        var text = AttentionText.Render(["the", "dog"], ["der", "Hund"], new[,] { { 0.9f, 0.1f }, { 0.2f, 0.8f } });
        var expected = string.Join('\n',
            "      H",
            "    d u",
            "    e n",
            "    r d",
            "the ██░░  der        0.90",
            "dog ▒▒██  Hund       0.80",
            "",
            "░ from .05  ▒ from .15  ▓ from .35  █ from .60",
            "");
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        var explanation = SampleExplanations.Long(layers: 1, heads: 1);
        var map = explanation.Maps.Single(map => map.Kind == AttentionKind.Cross);
        var text = AttentionText.Render(explanation.TargetTokens, explanation.SourceTokens, map.Weights, width);
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.All(lines[..^1], line => Assert.InRange(line.Length, 0, Math.Max(width, AttentionText.NarrowestWidth)));
        // Every key has its column exactly once: the widths of all parts add up to the whole sentence.
        var firstRows = lines.Where(line => line.TrimStart().StartsWith("▁After ", StringComparison.Ordinal));
        var labelWidth = explanation.TargetTokens.Max(token => token.Length);
        Assert.Equal(2 * 60, firstRows.Sum(line => line.Length - (labelWidth + 1) - "  ▁Nach      0.50".Length));
    }

    [Fact]
    public void Wide_and_combined_letters_keep_the_grid()
    {
        var text = AttentionText.Render(["犬", "e\u0301te\u0301"], new[,] { { 1f, 0f }, { 0f, 1f } });
        var lines = text.Split('\n');
        Assert.Equal("      e\u0301", lines[0]);
        Assert.Equal("    犬e\u0301", lines[2]);
        Assert.Equal(" 犬 ██    犬         1.00", lines[3]);
        Assert.Equal("e\u0301te\u0301   ██  e\u0301te\u0301        1.00", lines[4]);
    }

    [Fact]
    public void A_token_cannot_steer_the_terminal()
    {
        var text = AttentionText.Render(["\u001b[31mred", "\u202eback", "\n", " ", ""], new float[5, 5]);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("⏎", text, StringComparison.Ordinal);
        Assert.Contains("␣", text, StringComparison.Ordinal);
        Assert.Contains("∅", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_size_are_refused_with_the_numbers() =>
        Assert.Contains("[2, 2] but there are 1 tokens that look and 3 looked at",
            Assert.Throws<ArgumentException>(() => AttentionText.Render(["a"], ["b", "c", "d"], new float[2, 2])).Message,
            StringComparison.Ordinal);
}
