using Heed.Models.Configuration;

namespace Heed.Models.Tests.Configuration;

public sealed class ConfigOverrideTests
{
    private const string Text = "model:\n  dModel: 512\n  name: base\ntraining:\n  stages:\n  - source: x\n";

    private static SampleConfig Parse(params string[] overrides) =>
        ConfigFile.Parse(Text, "run.yaml", SampleConfigContext.Default.SampleConfig, overrides);

    [Fact]
    public void Overrides_replace_and_add_values_with_the_types_of_yaml()
    {
        var config = Parse("model.dModel=64", "model.dropout = 0.25", "model.name=a: b=c # d", "model.maxLength=9",
            "training.compile=false", "training.note=null", "training.steps=1e3", "training.schedule={kind: constant, rate: 2}",
            "files=[a, b]", "training.stages.0.repeat=7", "weights.x=2", "model.norm=post-norm");

        Assert.Equal(new SampleModel { DModel = 64, Dropout = 0.25f, Name = "a: b=c # d", MaxLength = 9, Norm = SampleNorm.PostNorm }, config.Model);
        Assert.False(config.Training.Compile);
        Assert.Null(config.Training.Note);
        Assert.Equal(1000, config.Training.Steps);
        Assert.Equal(new SampleConstant { Rate = 2 }, config.Training.Schedule);
        Assert.Equal(["a", "b"], config.Files);
        Assert.Equal([new("x", 7)], config.Training.Stages);
        Assert.Equal([("x", 2.0)], config.Weights.Select(w => (w.Key, w.Value)));
    }

    [Fact]
    public void The_last_override_wins_and_quotes_make_a_text() =>
        Assert.Equal("12", Parse("model.name=first", "model.name=\"12\"").Model.Name);

    [Theory]
    [InlineData("model.dModle=1", "--set model.dModle=1: unknown key \"model.dModle\"; did you mean \"dModel\"? Valid keys: dModel, name, numHeads, dropout, norm, maxLength")]
    [InlineData("model.dModel=big", "--set model.dModel=big: \"model.dModel\" must be a whole number, not \"big\"")]
    [InlineData("model.name=", "--set model.name=: \"model.name\" has no value; leave the key out to keep its default")]
    [InlineData("model={dModel: x, name: y}", "--set model={dModel: x, name: y}: \"model.dModel\" must be a whole number, not \"x\"")]
    [InlineData("model.dModel", "--set model.dModel: write section.key=value, as in model.dModel=512")]
    [InlineData("=5", "--set =5: write section.key=value, as in model.dModel=512")]
    [InlineData("model..dModel=5", "--set model..dModel=5: write section.key=value, as in model.dModel=512")]
    [InlineData("model.dModel.x=5", "--set model.dModel.x=5: \"model.dModel\" is a single value, so it has no \"x\"")]
    [InlineData("model.dModel.x.y=5", "--set model.dModel.x.y=5: \"model.dModel\" is a single value, so it has no \"x\"")]
    [InlineData("training.stages.1.repeat=5", "--set training.stages.1.repeat=5: \"training.stages\" is a list of 1, so \"1\" must be a number below 1")]
    public void Errors_name_the_override(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<ConfigException>(() => Parse(text)).Message);

    [Fact]
    public void A_broken_list_is_refused() =>
        Assert.StartsWith("--set files=[a line 2: not valid YAML", Assert.Throws<ConfigException>(() => Parse("files=[a")).Message, StringComparison.Ordinal);
}
