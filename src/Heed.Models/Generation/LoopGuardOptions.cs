using Heed.Models.Configuration;

namespace Heed.Models.Generation;

/// <summary>When an output counts as going round in circles.</summary>
public sealed record LoopGuardOptions
{
    /// <summary>The longest circle, in tokens.</summary>
    public int MaxPeriod { get; init; } = 64;

    /// <summary>How often in a row a circle is gone round before it counts.</summary>
    public int MinRepeats { get; init; } = 4;

    /// <summary>How many tokens all rounds have together at least; so that "ha ha ha ha" is no loop.</summary>
    public int MinTokens { get; init; } = 64;

    /// <summary>How many of the last tokens are looked at for runs of four that are new; an output that has few runs away.</summary>
    public int Window { get; init; } = 256;

    /// <summary>The share of different runs of four in the window below which an output runs away.</summary>
    public double MinDistinct { get; init; } = 0.2;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        ConfigGuard.Range(MaxPeriod, 1, 4096, "loopGuard.maxPeriod");
        ConfigGuard.Range(MinRepeats, 2, 10_000, "loopGuard.minRepeats");
        ConfigGuard.Range(MinTokens, 2, 1_000_000, "loopGuard.minTokens");
        ConfigGuard.Range(Window, 8, 1_000_000, "loopGuard.window");
        ConfigGuard.Range(MinDistinct, 0, 1, "loopGuard.minDistinct");
    }
}
