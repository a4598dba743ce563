using Heed.Models.Configuration;
using Heed.Nn.Adapters;

namespace Heed.Models.Adapters;

/// <summary>Which layers of a model get a low-rank adapter, and of what size.</summary>
public sealed record AdapterConfig
{
    /// <summary>Stands in <see cref="Targets"/> for every linear layer of the Transformer's stacks.</summary>
    public const string AllLinear = "all-linear";

    private const int MostRank = 1 << 16;

    /// <summary>r, the width of the adapters.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>What an adapter says counts alpha / rank times.</summary>
    public float Alpha { get; init; } = 16f;

    /// <summary>The share of an adapter's input to drop in training.</summary>
    public float Dropout { get; init; }

    /// <summary>
    /// The layers, by the last parts of their names here or in Hugging Face's library, separated by commas: <c>q_proj, v_proj</c>; or
    /// <see cref="AllLinear"/>.
    /// </summary>
    public string Targets { get; init; } = AllLinear;

    /// <summary>Whether what an adapter says counts alpha / sqrt(rank) times instead (Kalajdzievski 2023).</summary>
    public bool RankStabilized { get; init; }

    internal LoraOptions Options => new(Rank, Alpha, Dropout) { RankStabilized = RankStabilized };

    internal string[] TargetNames => Targets.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        ConfigGuard.Range(Rank, 1, MostRank);
        ConfigGuard.Probability(Dropout);
        if (!float.IsFinite(Alpha))
        {
            throw new ConfigException(FormattableString.Invariant($"alpha is {Alpha}; it must be a number, usually once or twice the rank"));
        }

        if (TargetNames.Length == 0)
        {
            throw new ConfigException($"targets names no layer; write for example \"q_proj, v_proj\", or {AllLinear}");
        }
    }
}
