using System.Globalization;
using System.Reflection;
using Heed.Text.Metrics.Significance;

namespace Heed.Text.Metrics;

/// <summary>
/// A measure of how well outputs agree with references, computed from statistics that add up over the segments of a
/// text. Metrics are immutable and may be used by many threads.
/// </summary>
/// <remarks>
/// References come as lists that run parallel to the hypotheses, one list per translator, as sacreBLEU takes them:
/// <c>references[r][i]</c> is reference r of segment i. It is null where translator r left segment i out; an empty
/// string is a reference that is empty.
/// </remarks>
public abstract class CorpusMetric
{
    /// <summary>How Heed names itself in signatures, such as <c>heed-0.1.0</c>.</summary>
    public static string Version { get; } = "heed-" + ReadVersion();

    /// <summary>The name as it is printed, such as <c>BLEU</c>.</summary>
    public abstract string Name { get; }

    /// <summary>False where less is better, as with an error rate.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>How many numbers describe a segment.</summary>
    public abstract int StatisticsWidth { get; }

    /// <summary>The fields of the signature that tell this metric's settings: <c>case:mixed|tok:13a</c>.</summary>
    protected abstract string Settings { get; }

    /// <summary>Scores a text.</summary>
    /// <param name="hypotheses">The outputs of the system.</param>
    /// <param name="references">Lists of references, each as long as <paramref name="hypotheses"/>.</param>
    /// <param name="bootstrap">Asks for a confidence interval.</param>
    /// <exception cref="ArgumentException">The lists do not belong together.</exception>
    public virtual MetricScore Corpus(
        IReadOnlyList<string> hypotheses,
        IReadOnlyList<IReadOnlyList<string?>> references,
        BootstrapResampling? bootstrap = null)
    {
        if (bootstrap is not null)
        {
            return Score(Measure(hypotheses, references), bootstrap);
        }

        var segments = new SegmentSet(hypotheses, references);
        long[] sums = SegmentRunner.Sum(this, segments);
        return Combine(sums) with { Signature = Signature(segments.ReferenceCount) };
    }

    /// <summary>Scores one segment as if it were the whole text.</summary>
    /// <exception cref="ArgumentException">There is no reference.</exception>
    public virtual MetricScore Sentence(string hypothesis, IReadOnlyList<string> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        return Corpus([hypothesis], [.. references.Select(reference => new[] { reference })]);
    }

    /// <summary>Returns the statistics of every segment, for scoring, resampling and comparing.</summary>
    /// <param name="hypotheses">The outputs of the system.</param>
    /// <param name="references">Lists of references, each as long as <paramref name="hypotheses"/>.</param>
    /// <exception cref="ArgumentException">The lists do not belong together.</exception>
    public SegmentStatistics Measure(IReadOnlyList<string> hypotheses, IReadOnlyList<IReadOnlyList<string?>> references)
    {
        var segments = new SegmentSet(hypotheses, references);
        return new SegmentStatistics(this, SegmentRunner.Collect(this, segments), segments.ReferenceCount);
    }

    /// <summary>Scores a text from its statistics.</summary>
    /// <param name="statistics">What <see cref="Measure"/> of this metric returned.</param>
    /// <param name="bootstrap">Asks for a confidence interval.</param>
    /// <exception cref="ArgumentException">The statistics are those of another metric.</exception>
    public virtual MetricScore Score(SegmentStatistics statistics, BootstrapResampling? bootstrap = null)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (statistics.Metric != this)
        {
            throw new ArgumentException($"The statistics are those of another metric ({statistics.Metric.Name}).", nameof(statistics));
        }

        return Combine(statistics.Sum()) with
        {
            Interval = bootstrap?.Estimate(statistics),
            Signature = Signature(statistics.ReferenceCount, bootstrap?.SignatureFields),
        };
    }

    /// <summary>Creates a meter for one thread.</summary>
    protected internal abstract SegmentMeter CreateMeter();

    /// <summary>Computes the score from statistics that were added up; the signature is added by the caller.</summary>
    protected internal abstract MetricScore Combine(ReadOnlySpan<long> sums);

    /// <summary>The whole signature line.</summary>
    internal string Signature(int? referenceCount, string? test = null)
    {
        string count = referenceCount?.ToString(CultureInfo.InvariantCulture) ?? "var";
        return $"nrefs:{count}|{(test is null ? "" : test + "|")}{Settings}|version:{Version}";
    }

    // The informational version may carry "+commit" after the number.
    private static string ReadVersion() =>
        typeof(CorpusMetric).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
