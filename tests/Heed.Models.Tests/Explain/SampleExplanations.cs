using Heed.Models.Explain;

namespace Heed.Models.Tests.Explain;

/// <summary>Invented explanations that look like a trained model's: heads that follow an alignment, a neighbour or an end mark.</summary>
internal static class SampleExplanations
{
    internal static TranslationExplanation Short(int layers = 3, int heads = 4) => Build(
        "Ein Mann mit Hut führt seinen Hund am Fluss spazieren.",
        "A man in a hat walks his dog along the river.",
        "Ein Mann mit Hut führt seinen Hund am Fluss spazieren . </s>",
        "A man in a hat walks his dog along the river . </s>",
        [0, 1, 2, 3, 3, 4, 5, 6, 7, 7, 8, 10, 11],
        layers, heads) with
    { Title = "A man in a hat walks his dog" };

    /// <summary>60 tokens on either side, cut into word pieces.</summary>
    internal static TranslationExplanation Long(int layers = 6, int heads = 8)
    {
        const string Source =
            "▁Nach dem ▁die ▁alte ▁Brücke ▁im ▁Früh jahr ▁wegen ▁der ▁schweren ▁Schäden ▁ge sperrt ▁worden ▁war , ▁mussten " +
            "▁die ▁Bewohner ▁der ▁kleinen ▁Ort schaft ▁jeden ▁Morgen ▁einen ▁weiten ▁Um weg ▁durch ▁das ▁be nach barte ▁Tal " +
            "▁nehmen , ▁bis ▁endlich ▁eine ▁neue ▁Fähre ▁ihren ▁Dienst ▁auf nahm ▁und ▁die ▁beiden ▁Ufer ▁wieder ▁fest " +
            "▁mit ein ander ▁ver band . </s>";
        const string Target =
            "▁After ▁the ▁old ▁bridge ▁had ▁been ▁closed ▁in ▁spring ▁because ▁of ▁the ▁heavy ▁dam age , ▁the ▁people ▁of " +
            "▁the ▁small ▁village ▁had ▁to ▁take ▁a ▁long ▁de tour ▁through ▁the ▁neigh bour ing ▁valley ▁every ▁morning , " +
            "▁until ▁at ▁last ▁a ▁new ▁ferry ▁took ▁up ▁its ▁service ▁and ▁joined ▁the ▁two ▁banks ▁firm " +
            "ly ▁to gether ▁again . </s>";
        int[] alignment =
        [
            0, 2, 3, 4, 15, 14, 13, 5, 6, 8, 8, 9, 10, 11, 11, 16, 18, 19, 20, 20, 21, 22, 17, 17, 36, 26, 27, 28, 29, 30,
            31, 32, 33, 34, 35, 24, 25, 37, 38, 39, 39, 40, 41, 42, 45, 46, 43, 44, 47, 57, 48, 49, 50, 52, 52, 53, 54, 51, 58, 59,
        ];
        return Build(Plain(Source), Plain(Target), Source, Target, alignment, layers, heads) with
        {
            Title = "A long sentence in word pieces",
            TargetWasForced = true,
        };
    }

    private static string Plain(string pieces) => pieces.Replace(" ", "").Replace("</s>", "").Replace('▁', ' ').Trim();

    private static TranslationExplanation Build(
        string sourceText, string targetText, string source, string target, int[] alignment, int layers, int heads)
    {
        var sourceTokens = source.Split(' ');
        var targetTokens = target.Split(' ');
        var random = new Random(7);
        var maps = new List<AttentionMap>();
        for (var layer = 0; layer < layers; layer++)
        {
            for (var head = 0; head < heads; head++)
            {
                maps.Add(new AttentionMap(AttentionKind.Encoder, layer, head, SelfWeights(sourceTokens.Length, false, layer, head, random)));
                maps.Add(new AttentionMap(AttentionKind.Decoder, layer, head, SelfWeights(targetTokens.Length, true, layer, head, random)));
                maps.Add(new AttentionMap(AttentionKind.Cross, layer, head,
                    CrossWeights(targetTokens.Length, sourceTokens.Length, alignment, (layer + 1.0) / layers, head, random)));
            }
        }

        return new TranslationExplanation
        {
            Title = targetText,
            SourceText = sourceText,
            TargetText = targetText,
            SourceTokens = sourceTokens,
            TargetTokens = targetTokens,
            DecoderInputTokens = ["<s>", .. targetTokens[..^1]],
            Maps = maps,
            TokenLogProbabilities = [.. targetTokens.Select((_, i) => i == 0 ? -0.9 : -Math.Pow(random.NextDouble(), 4))],
            Model = new ExplainedModel("demo-de-en", layers, heads, 4_812_544),
        };
    }

    private static float[,] SelfWeights(int size, bool causal, int layer, int head, Random random) => Softmax(size, size, (query, key) =>
    {
        if (causal && key > query)
        {
            return double.NegativeInfinity;
        }

        var noise = 0.8 * random.NextDouble();
        return noise + ((head + layer) % 4) switch
        {
            0 => key == query - 1 ? 4 : 0,
            1 => key == query ? 3.5 : 0,
            2 => -0.35 * Math.Abs(key - query),
            _ => key == (causal ? 0 : size - 1) ? 3.5 : 0,
        };
    });

    private static float[,] CrossWeights(int queries, int keys, int[] alignment, double sharpness, int head, Random random) =>
        Softmax(queries, keys, (query, key) =>
        {
            var distance = Math.Abs(key - alignment[query]);
            var follows = distance == 0 ? 6 * sharpness : distance == 1 ? 2 * sharpness : 0;
            return 1.2 * random.NextDouble() + (head % 4) switch
            {
                0 => follows,
                1 => 0.7 * follows,
                2 => key == keys - 1 ? 3 : 0.3 * follows,
                _ => -0.3 * distance,
            };
        });

    private static float[,] Softmax(int queries, int keys, Func<int, int, double> score)
    {
        var weights = new float[queries, keys];
        for (var query = 0; query < queries; query++)
        {
            var exponentials = Enumerable.Range(0, keys).Select(key => Math.Exp(score(query, key))).ToArray();
            var sum = exponentials.Sum();
            for (var key = 0; key < keys; key++)
            {
                weights[query, key] = (float)(exponentials[key] / sum);
            }
        }

        return weights;
    }
}
