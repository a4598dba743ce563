using Heed.Text.Metrics.PythonRules;

namespace Heed.Text.Metrics.Bleu;

/// <summary>
/// What BLEU does about an n-gram order without a match, which would make the whole score 0.
/// </summary>
/// <remarks>
/// Chen and Cherry, "A Systematic Comparison of Smoothing Techniques for Sentence-Level BLEU" (2014), section 3:
/// floor is their method 1, add-k their method 2, exponential their method 3.
/// </remarks>
public sealed record BleuSmoothing
{
    private const string FloorName = "floor";
    private const string AddKName = "add-k";
    private const double DefaultFloor = 0.1;
    private const double DefaultK = 1;

    private BleuSmoothing(string name, double? value = null)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The first order without a match counts 1/2 a match, the next 1/4, and so on: mteval-v13a's way.</summary>
    public static BleuSmoothing Exponential { get; } = new("exp");

    /// <summary>No smoothing.</summary>
    public static BleuSmoothing None { get; } = new("none");

    /// <summary>The method's name in signatures: <c>exp</c>, <c>none</c>, <c>floor</c> or <c>add-k</c>.</summary>
    public string Name { get; }

    /// <summary>The value that the method adds, where it adds one.</summary>
    public double? Value { get; }

    /// <summary>The name with the value: <c>floor[0.10]</c>.</summary>
    public string Signature => Value is { } value ? $"{Name}[{PythonFixedPoint.Format(value, 2)}]" : Name;

    /// <summary>What is added to the matches and to the n-grams of every order above 1.</summary>
    internal double AddedCount => Name == AddKName ? Value!.Value : 0;

    /// <summary>An order without a match counts this many matches.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static BleuSmoothing Floor(double value = DefaultFloor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new(FloorName, value);
    }

    /// <summary>Adds this many to the matches and to the n-grams of every order above 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static BleuSmoothing AddK(double value = DefaultK)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new(AddKName, value);
    }

    /// <summary>Returns the method with this name.</summary>
    /// <param name="name">The name as in a signature.</param>
    /// <param name="value">The value of floor and add-k; null for their defaults.</param>
    /// <exception cref="ArgumentException">There is no such method, or it takes no value.</exception>
    public static BleuSmoothing FromName(string name, double? value = null) => (name, value) switch
    {
        ("exp", null) => Exponential,
        ("none", null) => None,
        (FloorName, _) => Floor(value ?? DefaultFloor),
        (AddKName, _) => AddK(value ?? DefaultK),
        ("exp" or "none", _) => throw new ArgumentException($"The smoothing '{name}' takes no value; floor and add-k do.", nameof(value)),
        _ => throw new ArgumentException($"There is no smoothing '{name}'; there are exp, none, floor, add-k.", nameof(name)),
    };

    /// <inheritdoc/>
    public override string ToString() => Signature;

    /// <summary>How many matches an order without a match counts for.</summary>
    /// <param name="nth">Which order without a match this is, from 1.</param>
    internal double MatchesOfUnmatched(int nth) => Name switch
    {
        "exp" => Math.ScaleB(1, -nth),
        FloorName => Value!.Value,
        _ => 0,
    };
}
