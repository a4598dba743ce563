using System.Text.Json.Nodes;
using Heed.Testing;

namespace Heed.Text.Tests.Metrics;

/// <summary>The cases of sacreBLEU's own unit tests; the meaning of each is told in the file's <c>_source</c>.</summary>
internal sealed class SacreBleuCases
{
    private const string FileName = "data/metrics/sacrebleu/unit_cases.json";
    private readonly JsonNode cases;

    private SacreBleuCases(JsonNode cases) => this.cases = cases;

    /// <summary>Every group of cases that some test here runs, by the file of sacreBLEU's that they come from.</summary>
    public static IReadOnlyDictionary<string, string[]> Tested { get; } = new Dictionary<string, string[]>
    {
        ["test_bleu.py"] =
        [
            "test_raw_bleu_cases", "test_corpus_bleu_cases", "test_case_offset", "test_case_statistics", "test_case_scoring",
            "test_case_effective_order", "test_case_degenerate_stats", "test_bleu_max_order", "_hyps", "_refs",
        ],
        ["test_sentence_bleu.py"] = ["test_cases", "test_cases_zero_bleu", "SYS", "REF", "SYS_0", "REF_0"],
        ["test_chrf.py"] = ["test_cases", "test_cases_effective_order", "test_cases_keep_whitespace", "test_sentence_level_chrf"],
        ["test_ter.py"] = ["test_cases"],
        ["test_tokenizer_ter.py"] = ["test_cases_default", "test_cases_no_punct", "test_cases_norm", "test_cases_asian"],
    };

    /// <summary>The cases of one of sacreBLEU's test files; skips the test where they are absent.</summary>
    public static SacreBleuCases Of(string testFile) => new(ReadOrSkip()[testFile]!);

    /// <summary>The whole file.</summary>
    public static JsonNode ReadOrSkip() => JsonNode.Parse(File.ReadAllText(SharedFolder.PathOrSkip(FileName)))!;

    public double Tolerance => cases["EPSILON"]!.GetValue<double>();

    public string Text(string name) => cases[name]!.GetValue<string>();

    public JsonArray Group(string name) => cases[name]!.AsArray();

    /// <summary>Runs a check on every case of a group, and names the case that fails.</summary>
    public void ForEach(string name, Action<JsonArray> check)
    {
        JsonArray group = Group(name);
        Assert.NotEmpty(group);
        foreach (JsonNode? item in group)
        {
            try
            {
                check(item!.AsArray());
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"{name}: {item!.ToJsonString()}", failure);
            }
        }
    }

    public static string[] Strings(JsonNode? array) => [.. array!.AsArray().Select(item => item!.GetValue<string>())];

    public static long[] Numbers(JsonNode? array) => [.. array!.AsArray().Select(item => item!.GetValue<long>())];

    public static IReadOnlyList<string>[] Streams(JsonNode? array) => [.. array!.AsArray().Select(Strings)];
}
