using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Heed.Models.Explain;

namespace Heed.Models.Tests.Explain;

public sealed partial class AttentionPageTests
{
    private static readonly string[] HostileTokens =
        ["</script><img src=x onerror=alert(1)>", "<!--", "]]>", "'\"&<>", "\u2028\u2029", "{{script}}", "\ud83d", "a\0b"];

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("<(script|style)[ >]")]
    private static partial Regex CodeElements();

    [Fact]
    public void The_page_refers_to_nothing_outside_itself()
    {
        var page = AttentionPage.Render([SampleExplanations.Short()]);
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<(link|img|iframe|object|embed)[ >]", page);
        Assert.DoesNotMatch("[ \"](src|href)=", page);
        Assert.Contains("default-src 'none'; style-src 'sha256-", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_weight_survives_to_four_decimals()
    {
        var explanation = SampleExplanations.Short(layers: 2, heads: 3);
        var maps = DataOf(AttentionPage.Render([explanation])).GetProperty("explanations")[0].GetProperty("maps");
        Assert.Equal(explanation.Maps.Count, maps.GetArrayLength());
        for (var i = 0; i < explanation.Maps.Count; i++)
        {
            var map = explanation.Maps[i];
            Assert.Equal((map.Kind, map.Layer, map.Head),
                (maps[i].GetProperty("kind").GetString(), maps[i].GetProperty("layer").GetInt32(), maps[i].GetProperty("head").GetInt32()));
            var bytes = maps[i].GetProperty("weights").GetBytesFromBase64();
            var position = 0;
            foreach (var weight in map.Weights)
            {
                var stored = (bytes[position] + 256 * bytes[position + 1]) / 10000m;
                Assert.Equal(Math.Round((decimal)weight, 4, MidpointRounding.AwayFromZero), stored);
                position += 2;
            }

            Assert.Equal(bytes.Length, position);
        }
    }

    [Fact]
    public void A_large_pair_stays_below_one_and_a_half_megabytes()
    {
        var explanation = SampleExplanations.Long();
        Assert.Equal((60, 60), (explanation.SourceTokens.Count, explanation.TargetTokens.Count));
        Assert.Equal(3 * 6 * 8, explanation.Maps.Count);
        Assert.InRange(Encoding.UTF8.GetByteCount(AttentionPage.Render([explanation])), 1, 1_500_000);
    }

    [Fact]
    public void Hostile_tokens_cannot_leave_their_data()
    {
        var page = AttentionPage.Render([Hostile()]);
        Assert.Equal(3, CodeElements().Count(page)); // the style, the data, the script: nothing more
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("{{script}}</h2>", page, StringComparison.Ordinal); // a text that looks like a place stays a text
        var tokens = DataOf(page).GetProperty("explanations")[0].GetProperty("sourceTokens");
        var expected = HostileTokens.Select(token => token == "\ud83d" ? "\ufffd" : token);
        Assert.Equal(expected, tokens.EnumerateArray().Select(token => token.GetString()));
    }

    [Fact]
    public void The_page_is_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            var expected = AttentionPage.Render([SampleExplanations.Short()]);
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, AttentionPage.Render([SampleExplanations.Short()]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Saving_replaces_a_file_whole_and_leaves_nothing_beside()
    {
        var folder = Directory.CreateTempSubdirectory("heed-page-").FullName;
        try
        {
            var path = Path.Combine(folder, "page.html");
            File.WriteAllText(path, "an older page");
            Assert.Throws<ArgumentException>(() => AttentionPage.Save(path, []));
            Assert.Equal("an older page", File.ReadAllText(path));
            AttentionPage.Save(path, [Hostile()]);
            Assert.Equal(AttentionPage.Render([Hostile()]), File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_browser_draws_every_map_without_an_error()
    {
        TranslationExplanation[] explanations = [SampleExplanations.Short(), SampleExplanations.Short(layers: 2, heads: 1), Hostile()];
        var document = await Chromium.DumpAsync(AttentionPage.Render(explanations), "#check");
        Assert.DoesNotContain("data-failure", document, StringComparison.Ordinal);
        Assert.Contains("data-ready=\"true\"", document, StringComparison.Ordinal);
        // Each kind and layer also has the mean over its heads: 3 x 3 x 5, 3 x 2 x 2 and the one hostile map with its mean.
        Assert.Contains("data-checked=\"59\"", document, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_shows_the_true_numbers()
    {
        var explanation = SampleExplanations.Short();
        var document = await Chromium.DumpAsync(AttentionPage.Render([explanation]), "#kind=cross&layer=2&head=3&query=8&key=7&numbers");
        var weights = explanation.Maps.Single(map => map is { Kind: AttentionKind.Cross, Layer: 1, Head: 2 }).Weights;
        var table = document[document.IndexOf("id=\"number-table\"", StringComparison.Ordinal)..];
        var shown = Regex.Matches(table, "<td>(0\\.\\d{4}|1\\.0000)</td>").Select(match => match.Groups[1].Value);
        Assert.Equal(weights.Cast<float>().Select(Shown), shown);
        Assert.Contains($"<p class=\"number\">{Shown(weights[7, 6])}</p>", document, StringComparison.Ordinal);
    }

    private static string Shown(float weight) =>
        Math.Round((decimal)weight, 4, MidpointRounding.AwayFromZero).ToString("0.0000", CultureInfo.InvariantCulture);

    private static TranslationExplanation Hostile() => new()
    {
        Title = "</title><script>alert(1)</script>{{script}}",
        SourceText = "<script>alert(2)</script>\udc00",
        TargetText = "<img src=x onerror=alert(3)>",
        SourceTokens = HostileTokens,
        TargetTokens = ["<b>", "</s>"],
        DecoderInputTokens = ["<s>", "<b>"],
        Maps = [new AttentionMap(AttentionKind.Cross, 0, 0, Even(2, HostileTokens.Length))],
        TokenLogProbabilities = [double.NegativeInfinity, -0.5],
        Model = new ExplainedModel("<i>", 1, 1, 12),
    };

    private static float[,] Even(int queries, int keys)
    {
        var weights = new float[queries, keys];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i / keys, i % keys] = 1f / keys;
        }

        return weights;
    }

    private static JsonElement DataOf(string page) => JsonDocument.Parse(Data().Match(page).Groups[1].Value).RootElement;
}
