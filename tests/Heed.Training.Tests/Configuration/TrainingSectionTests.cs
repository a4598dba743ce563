using Heed.Models.Configuration;
using Heed.Training.Configuration;

namespace Heed.Training.Tests.Configuration;

public sealed class TrainingSectionTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "maxSteps", "0" }, { "maxSteps", "-5" }, { "maxEpochs", "0" }, { "maxMinutes", "0" }, { "maxMinutes", "NaN" }, { "batchTokens", "0" },
        { "accumulateBatches", "0" }, { "learningRate", "0" }, { "learningRate", "10" }, { "learningRate", "NaN" }, { "warmupSteps", "-1" },
        { "beta1", "1" }, { "beta1", "-0.1" }, { "beta2", "1" }, { "beta2", "NaN" }, { "adamEpsilon", "0" }, { "weightDecay", "-1" },
        { "clipNorm", "-1" }, { "clipNorm", "NaN" }, { "labelSmoothing", "1" }, { "labelSmoothing", "-0.1" }, { "validateEvery", "0" },
        { "logEvery", "0" }, { "patience", "-1" }, { "keepBest", "0" }, { "averageBest", "0" }, { "averageBest", "6" },
        { "validationTranslations", "-1" }, { "threads", "0" }, { "threads", "1025" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_value_out_of_range_is_named_with_the_range(string key, string value)
    {
        TrainingSection section = Change(new TrainingSection(), key, double.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
        var error = Assert.Throws<ConfigException>(section.Validate);
        Assert.StartsWith($"training.{key} is {value}; it must be ", error.Message);
    }

    [Fact]
    public void A_seed_that_a_file_cannot_hold_is_refused()
    {
        new TrainingSection { Seed = long.MaxValue }.Validate();
        var error = Assert.Throws<ConfigException>(new TrainingSection { Seed = 1UL << 63 }.Validate);
        Assert.Equal("training.seed is 9223372036854775808; it must be from 0 to 9223372036854775807", error.Message);
    }

    [Fact]
    public void The_defaults_and_the_edges_are_valid()
    {
        new TrainingSection().Validate();
        new TrainingSection
        {
            MaxSteps = 1, MaxEpochs = 1, MaxMinutes = 1e-9, BatchTokens = 1, AccumulateBatches = 1, LearningRate = 1e-12, WarmupSteps = 0, Beta1 = 0, Beta2 = 0,
            WeightDecay = 0, ClipNorm = 0, LabelSmoothing = 0, ValidateEvery = 1, LogEvery = 1, Patience = 0, KeepBest = 1, AverageBest = 1, ValidationTranslations = 0, Threads = 1024,
        }.Validate();
    }

    private static TrainingSection Change(TrainingSection section, string key, double value) => key switch
    {
        "maxSteps" => section with { MaxSteps = (int)value },
        "maxEpochs" => section with { MaxEpochs = (int)value },
        "maxMinutes" => section with { MaxMinutes = value },
        "batchTokens" => section with { BatchTokens = (int)value },
        "accumulateBatches" => section with { AccumulateBatches = (int)value },
        "learningRate" => section with { LearningRate = value },
        "warmupSteps" => section with { WarmupSteps = (int)value },
        "beta1" => section with { Beta1 = (float)value },
        "beta2" => section with { Beta2 = (float)value },
        "adamEpsilon" => section with { AdamEpsilon = (float)value },
        "weightDecay" => section with { WeightDecay = (float)value },
        "clipNorm" => section with { ClipNorm = (float)value },
        "labelSmoothing" => section with { LabelSmoothing = (float)value },
        "validateEvery" => section with { ValidateEvery = (int)value },
        "logEvery" => section with { LogEvery = (int)value },
        "patience" => section with { Patience = (int)value },
        "keepBest" => section with { KeepBest = (int)value },
        "averageBest" => section with { AverageBest = (int)value },
        "validationTranslations" => section with { ValidationTranslations = (int)value },
        "threads" => section with { Threads = (int)value },
        _ => throw new ArgumentException(key),
    };
}
