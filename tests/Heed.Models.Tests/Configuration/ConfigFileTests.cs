using System.Text;
using System.Text.Json;
using Heed.Models.Configuration;
using Heed.Testing;

namespace Heed.Models.Tests.Configuration;

public sealed class ConfigFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private const string Minimal = "model: {dModel: 512, name: base}\n";

    private static SampleConfig Parse(string text, params string[] overrides) =>
        ConfigFile.Parse(text, "run.yaml", SampleConfigContext.Default.SampleConfig, overrides);

    private static string Error(string text, params string[] overrides) =>
        Assert.Throws<ConfigException>(() => Parse(text, overrides)).Message;

    [Fact]
    public void Missing_keys_keep_the_defaults_of_the_record()
    {
        var config = Parse(Minimal);

        Assert.Equal(new SampleModel { DModel = 512, Name = "base" }, config.Model);
        Assert.Equal(["train.tsv"], config.Files);
        Assert.Equal(0.5, config.Weights["en-de"]);
        Assert.Equal(100_000, config.Training.Steps);
        Assert.True(config.Training.Compile);
        Assert.Equal("first run", config.Training.Note);
        Assert.Equal(new SampleInverseSquareRoot(), config.Training.Schedule);
        Assert.Empty(config.Training.Stages);
    }

    [Fact]
    public void Every_kind_of_value_is_read()
    {
        var config = Parse("""
            # a comment
            model:
              dModel: 0x200
              name: "512"          # quoted, so a text
              numHeads: 16.0       # a whole number all the same
              dropout: 1e-2
              norm: post-norm
              maxLength: 256
            files:
              - a.tsv
              - 'it''s.tsv'
            weights: {a.b: 1, "c d": -.5}
            training:
              steps: 1e6
              compile: False
              note: ~
              schedule:
                rate: 3e-4
                kind: constant     # the kind need not come first
              stages:
                - source: x
                  norm: rms_norm
                - {source: y, repeat: 2}
            """);

        Assert.Equal(new SampleModel { DModel = 512, Name = "512", NumHeads = 16, Dropout = 0.01f, Norm = SampleNorm.PostNorm, MaxLength = 256 }, config.Model);
        Assert.Equal(["a.tsv", "it's.tsv"], config.Files);
        Assert.Equal([("a.b", 1.0), ("c d", -0.5)], config.Weights.Select(w => (w.Key, w.Value)));
        Assert.Equal(1_000_000, config.Training.Steps);
        Assert.False(config.Training.Compile);
        Assert.Null(config.Training.Note);
        Assert.Equal(new SampleConstant { Rate = 3e-4 }, config.Training.Schedule);
        Assert.Equal([new("x", 3, SampleNorm.RMSNorm), new("y", 2)], config.Training.Stages);
    }

    [Theory]
    [InlineData("{}", 7, false, 1)]
    [InlineData("training:\n", 7, false, 1)]
    [InlineData("training: {compile: true}", 7, true, 1)]
    [InlineData("training: {steps: 8, schedule: {kind: inverseSquareRoot}}", 8, false, 1)]
    [InlineData("training: {schedule: {kind: constant, rate: 1}}", 7, false, null)]
    public void A_section_given_in_part_keeps_the_defaults_of_the_record_around_it(string text, long steps, bool compile, int? warmup)
    {
        SampleTraining training = ConfigFile.Parse(text, "run.yaml", SampleConfigContext.Default.SampleTuning).Training;
        Assert.Equal((steps, compile, "first run", warmup), (training.Steps, training.Compile, training.Note, (training.Schedule as SampleInverseSquareRoot)?.Warmup));
    }

    [Fact]
    public void A_section_with_nothing_in_it_keeps_its_defaults()
    {
        Assert.Equal(100_000, Parse(Minimal + "training:\n").Training.Steps);
        Assert.Equal(new SampleInverseSquareRoot(), Parse(Minimal + "training: {schedule: {kind: inverseSquareRoot}}").Training.Schedule);
    }

    [Fact]
    public void Json_is_read_by_the_same_rules()
    {
        const string json = """
            {
              // the smallest one
              "model": { "dModel": 512, "name": "ba\u0073e" },
              "training": { "schedule": { "rate": 1e-3, "kind": "constant" } },
              "weights": { "dModle": 1 },
            }

            """;
        var config = ConfigFile.Parse(json, "run.json", SampleConfigContext.Default.SampleConfig);
        Assert.Equal("base", config.Model.Name);
        Assert.Equal(new SampleConstant { Rate = 1e-3 }, config.Training.Schedule);

        string error = Assert.Throws<ConfigException>(() =>
            ConfigFile.Parse(json.Replace("dModel", "dModle", StringComparison.Ordinal), "run.json", SampleConfigContext.Default.SampleConfig)).Message;
        Assert.Equal("run.json line 3: unknown key \"model.dModle\"; did you mean \"dModel\"? Valid keys: dModel, name, numHeads, dropout, norm, maxLength", error);
    }

    [Theory]
    [InlineData("model:\n  dModle: 5\n  name: x", "run.yaml line 2: unknown key \"model.dModle\"; did you mean \"dModel\"? Valid keys: dModel, name, numHeads, dropout, norm, maxLength")]
    [InlineData("model:\n  d_model: 5\n  name: x", "run.yaml line 2: unknown key \"model.d_model\"; did you mean \"dModel\"? Valid keys: dModel, name, numHeads, dropout, norm, maxLength")]
    [InlineData("model:\n  headDim: 5\n  name: x", "run.yaml line 2: unknown key \"model.headDim\"; valid keys: dModel, name, numHeads, dropout, norm, maxLength")]
    [InlineData("modle: {}", "run.yaml line 1: unknown key \"modle\"; did you mean \"model\"? Valid keys: model, training, files, weights")]
    [InlineData("\n\nmodel:\n  name: x", "run.yaml line 3: \"model.dModel\" is missing; it has no default")]
    [InlineData("", "run.yaml: \"model\" is missing; it has no default")]
    [InlineData("model: 5", "run.yaml line 1: \"model\" is a section with keys of its own, not 5; its keys are dModel, name, numHeads, dropout, norm, maxLength")]
    [InlineData("model:\n  name: x\n  dModel: big", "run.yaml line 3: \"model.dModel\" must be a whole number, not \"big\"")]
    [InlineData("model:\n  name: x\n  dModel: 5.5", "run.yaml line 3: \"model.dModel\" must be a whole number, not 5.5")]
    [InlineData("model:\n  name: x\n  dModel: 3000000000", "run.yaml line 3: \"model.dModel\" must be a whole number from -2147483648 to 2147483647, not 3000000000")]
    [InlineData("model:\n  name: x\n  dModel: [5]", "run.yaml line 3: \"model.dModel\" must be a whole number, not a list")]
    [InlineData("model:\n  name: x\n  dModel:", "run.yaml line 3: \"model.dModel\" has no value; leave the key out to keep its default")]
    [InlineData("model:\n  dModel: 1\n  name: 512", "run.yaml line 3: \"model.name\" must be a text, not 512; if that is the text, put it in quotes: \"512\"")]
    [InlineData("model: {dModel: 1, name: x,\n  dropout: high}", "run.yaml line 2: \"model.dropout\" must be a number, not \"high\"")]
    [InlineData("model: {dModel: 1, name: x,\n  dropout: .nan}", "run.yaml line 2: \"model.dropout\" must be a number, not \".nan\"")]
    [InlineData("model: {dModel: 1, name: x,\n  norm: prenrom}", "run.yaml line 2: \"model.norm\" must be one of postNorm, preNorm, rmsNorm, not \"prenrom\". Did you mean \"preNorm\"?")]
    [InlineData("model: {dModel: 1, name: x,\n  norm: 1}", "run.yaml line 2: \"model.norm\" must be one of postNorm, preNorm, rmsNorm, not 1.")]
    [InlineData(Minimal + "training:\n  compile: yes", "run.yaml line 3: \"training.compile\" must be true or false, not \"yes\"")]
    [InlineData(Minimal + "files: a.tsv", "run.yaml line 2: \"files\" must be a list, as in [a, b], not \"a.tsv\"")]
    [InlineData(Minimal + "files:\n- a\n- 5", "run.yaml line 4: \"files[1]\" must be a text, not 5; if that is the text, put it in quotes: \"5\"")]
    [InlineData(Minimal + "weights: 5", "run.yaml line 2: \"weights\" must be a section of names and values, not 5")]
    [InlineData(Minimal + "weights: {a: b}", "run.yaml line 2: \"weights.a\" must be a number, not \"b\"")]
    [InlineData(Minimal + "training:\n  schedule:\n    rate: 1", "run.yaml line 3: \"training.schedule.kind\" is missing; it must be one of constant, inverseSquareRoot")]
    [InlineData(Minimal + "training:\n  schedule:\n    kind: constnat", "run.yaml line 4: \"training.schedule.kind\" must be one of constant, inverseSquareRoot, not \"constnat\". Did you mean \"constant\"?")]
    [InlineData(Minimal + "training:\n  schedule:\n    kind: constant\n    warmup: 5", "run.yaml line 5: unknown key \"training.schedule.warmup\"; valid keys: rate")]
    [InlineData(Minimal + "training:\n  stages:\n  - repeat: 5", "run.yaml line 4: \"training.stages[0].source\" is missing; it has no default")]
    [InlineData("model: {dModel: 1}\nmodel: {dModel: 2}", "run.yaml line 2: key \"model\" appears twice")]
    [InlineData("- a\n- b", "run.yaml: expected lines of the form \"key: value\" at the top")]
    [InlineData("a: 1\n---\nb: 2", "run.yaml line 2: a second document begins here; only one is allowed")]
    [InlineData("a: &x [1]\nb: *x", "run.yaml line 2: aliases (*name) are not supported; write the value out")]
    public void Errors_name_the_line_and_the_mend(string text, string expected) => Assert.Equal(expected, Error(text));

    [Theory]
    [InlineData("a: [1, 2", "run.yaml line ")]
    [InlineData("a: b: c", "run.yaml line 1: not valid YAML: ")]
    [InlineData("model:\n\t- a", "run.yaml line 1: not valid YAML: ")]
    [InlineData("a: \"open", "run.yaml line ")]
    [InlineData("? [a]\n: b", "run.yaml line 1: a key must be a plain word")]
    public void Text_that_is_no_yaml_is_refused(string text, string expected) => Assert.StartsWith(expected, Error(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"a\": 1,\n \"a\": 2}", "run.json line 2: key \"a\" appears twice")]
    [InlineData("{\"a\": }", "run.json line 1: not valid JSON: ")]
    [InlineData("{} {}", "run.json line 1: not valid JSON: ")]
    [InlineData("[]", "run.json: expected an object, { \"key\": value }, at the top")]
    [InlineData("", "run.json line 1: not valid JSON: ")]
    [InlineData("{\"\\ud800\": 1}", "run.json: not valid JSON: ")]
    public void Text_that_is_no_json_is_refused(string text, string expected)
    {
        var error = Assert.Throws<ConfigException>(() => ConfigFile.Parse(text, "run.json", SampleConfigContext.Default.SampleConfig));
        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", "]", "run.yaml")]
    [InlineData("{a: ", "}", "run.yaml")]
    [InlineData("[", "]", "run.json")]
    [InlineData("{\"a\":", "}", "run.json")]
    public void Deep_nesting_is_refused_and_does_not_overflow_the_stack(string open, string close, string name)
    {
        string nested = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));
        string text = name == "run.json" ? $"{{\"x\":{nested}}}" : "x: " + nested;
        Assert.Throws<ConfigException>(() => ConfigFile.Parse(text, name, SampleConfigContext.Default.SampleConfig));
    }

    [Fact]
    public void Any_changed_characters_either_bind_or_are_refused_in_words()
    {
        const int seed = 5;
        const string alphabet = "abz09:-?[]{}&*!|>'\"%@`#,.~\\/ \n\t\0\u0085\ufeff\ud83d\u00fc";
        var random = new Random(seed);
        string yaml = ConfigFile.ToYaml(Parse(Minimal), SampleConfigContext.Default.SampleConfig);
        string json = JsonSerializer.Serialize(Parse(Minimal), SampleConfigContext.Default.SampleConfig);
        for (int round = 0; round < 4000; round++)
        {
            string name = round % 2 == 0 ? "run.yaml" : "run.json";
            var text = new StringBuilder(round % 2 == 0 ? yaml : json);
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                text[random.Next(text.Length)] = alphabet[random.Next(alphabet.Length)];
            }

            try
            {
                ConfigFile.Parse(text.ToString(), name, SampleConfigContext.Default.SampleConfig);
            }
            catch (Exception error)
            {
                Assert.True(error is ConfigException, $"seed {seed}, round {round}: {error}\n{text}");
            }
        }
    }

    [Fact]
    public void A_saved_configuration_loads_as_an_equal_one()
    {
        var config = Parse(Minimal) with
        {
            Model = new SampleModel { DModel = 64, Name = "true", Dropout = 0.3f, Norm = SampleNorm.RMSNorm, MaxLength = 9 },
            Files = ["no", "12", "null", "", " a: b # c", "tab\there", "line\nbreak", "- x", "'q'", "\"", "~", "0x1F", "ü – 😀", "a.tsv"],
            Weights = new Dictionary<string, double> { ["1"] = 1e-300, ["a.b"] = 1.0 / 3, ["true"] = -0.0 },
            Training = new() { Note = null, Compile = false, Steps = 7, Schedule = new SampleConstant { Rate = 1e-5 }, Stages = [new("x", 1, SampleNorm.PostNorm), new("y")] },
        };
        foreach (string name in (string[])["config.yaml", "config.json"])
        {
            string path = folder.File(name);
            ConfigFile.Save(path, config, SampleConfigContext.Default.SampleConfig);
            var loaded = ConfigFile.Load(path, SampleConfigContext.Default.SampleConfig);

            Assert.Equal(config.Model, loaded.Model);
            Assert.Equal(config.Files, loaded.Files);
            Assert.Equal(config.Weights, loaded.Weights);
            Assert.Equal(config.Training with { Stages = [] }, loaded.Training with { Stages = [] });
            Assert.Equal(config.Training.Stages, loaded.Training.Stages);
        }
    }

    [Fact]
    public void Yaml_is_written_as_a_person_would()
    {
        var config = Parse(Minimal) with { Training = new() { Stages = [new("x")] } };
        Assert.Equal("""
            model:
              dModel: 512
              name: base
              numHeads: 8
              dropout: 0.1
              norm: preNorm
              maxLength: null
            training:
              steps: 100000
              compile: true
              note: first run
              schedule:
                kind: inverseSquareRoot
                warmup: 4000
              stages:
              - source: x
                repeat: 3
                norm: rmsNorm
            files: [train.tsv]
            weights:
              en-de: 0.5

            """, ConfigFile.ToYaml(config, SampleConfigContext.Default.SampleConfig));
    }

    [Fact]
    public void A_file_that_is_no_text_is_refused()
    {
        string path = folder.File("latin.yaml", Encoding.Latin1.GetBytes("model: {dModel: 1, name: müller}"));
        var error = Assert.Throws<ConfigException>(() => ConfigFile.Load(path, SampleConfigContext.Default.SampleConfig));
        Assert.Equal(path + " is not valid UTF-8; convert the file, for example with iconv", error.Message);
        Assert.Throws<FileNotFoundException>(() => ConfigFile.Load(folder.File("none.yaml"), SampleConfigContext.Default.SampleConfig));
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_do_not_matter()
    {
        string path = folder.File("windows.yaml", [0xEF, 0xBB, 0xBF, .. "model:\r\n  dModel: 3\r\n  name: x y\r\n"u8]);
        Assert.Equal("x y", ConfigFile.Load(path, SampleConfigContext.Default.SampleConfig).Model.Name);
    }
}
