using Heed.Text.Metrics.PythonRules;
using Heed.Text.Metrics.Significance;

namespace Heed.Text.Metrics;

/// <summary>The value of a metric on a text, with what is needed to understand and reproduce it.</summary>
/// <param name="Name">The name of the metric as it is printed, such as <c>BLEU</c> or <c>chrF2++</c>.</param>
/// <param name="Value">The score; of metrics that compare texts in percent, 0 to 100, except for TER, which has no upper end.</param>
public abstract record MetricScore(string Name, double Value)
{
    /// <summary>
    /// The settings that led to the score, in the form of sacreBLEU:
    /// <c>nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:heed-0.1.0</c>.
    /// </summary>
    public string Signature { get; init; } = "";

    /// <summary>The confidence interval, where bootstrap resampling was asked for.</summary>
    public ConfidenceInterval? Interval { get; init; }

    /// <summary>The parts of the score as sacreBLEU prints them after the value; empty for most metrics.</summary>
    public virtual string Details => "";

    /// <summary>Why the score should be doubted, or null.</summary>
    public virtual string? Warning => null;

    /// <summary>
    /// The score as sacreBLEU prints it: <c>BLEU = 36.50 68.1/43.2/29.9/20.8 (BP = 0.980 ...)</c>.
    /// </summary>
    /// <param name="decimals">Digits after the point in the score and its interval.</param>
    /// <param name="withSignature">Puts the signature after the name: <c>BLEU|nrefs:1|... = 36.50</c>.</param>
    public string Format(int decimals = 2, bool withSignature = false)
    {
        string label = withSignature && Signature.Length > 0 ? $"{Name}|{Signature}" : Name;
        string interval = Interval is { } known ? $" ({known.Format(decimals)})" : "";
        string details = Details.Length > 0 ? " " + Details : "";
        return $"{label} = {PythonFixedPoint.Format(Value, decimals)}{interval}{details}";
    }

    /// <summary>The same as <see cref="Format"/> with two decimals and no signature.</summary>
    public sealed override string ToString() => Format();
}
