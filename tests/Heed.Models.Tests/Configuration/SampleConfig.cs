using System.Text.Json.Serialization;

namespace Heed.Models.Tests.Configuration;

// A configuration with one of everything that the real ones have.
internal sealed record SampleConfig
{
    public required SampleModel Model { get; init; }
    public SampleTraining Training { get; init; } = new();
    public IReadOnlyList<string> Files { get; init; } = ["train.tsv"];
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double> { ["en-de"] = 0.5 };
}

internal sealed record SampleModel
{
    public required int DModel { get; init; }
    public required string Name { get; init; }
    public int NumHeads { get; init; } = 8;
    public float Dropout { get; init; } = 0.1f;
    public SampleNorm Norm { get; init; } = SampleNorm.PreNorm;
    public int? MaxLength { get; init; }
    public int HeadDim => DModel / NumHeads;
}

internal enum SampleNorm
{
    PostNorm,
    PreNorm,
    RMSNorm,
}

internal sealed record SampleTraining
{
    public long Steps { get; init; } = 100_000;
    public bool Compile { get; init; } = true;
    public string? Note { get; init; } = "first run";
    public SampleSchedule Schedule { get; init; } = new SampleInverseSquareRoot();
    public IReadOnlyList<SampleStage> Stages { get; init; } = [];
}

internal sealed record SampleStage(string Source, int Repeat = 3, SampleNorm Norm = SampleNorm.RMSNorm);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SampleConstant), "constant")]
[JsonDerivedType(typeof(SampleInverseSquareRoot), "inverseSquareRoot")]
internal abstract record SampleSchedule;

internal sealed record SampleConstant : SampleSchedule
{
    public required double Rate { get; init; }
}

internal sealed record SampleInverseSquareRoot : SampleSchedule
{
    public int Warmup { get; init; } = 4000;
}

// Gives sections other defaults than their own.
internal sealed record SampleTuning
{
    public SampleTraining Training { get; init; } = new() { Steps = 7, Compile = false, Schedule = new SampleInverseSquareRoot { Warmup = 1 } };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SampleConfig))]
[JsonSerializable(typeof(SampleTuning))]
internal sealed partial class SampleConfigContext : JsonSerializerContext;
