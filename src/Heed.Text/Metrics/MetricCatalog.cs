using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.ChrF;
using Heed.Text.Metrics.Rouge;
using Heed.Text.Metrics.Ter;

namespace Heed.Text.Metrics;

/// <summary>The metrics by the short names that a command line uses, with their default settings.</summary>
public static class MetricCatalog
{
    private static readonly (string Name, Func<CorpusMetric> Create)[] Entries =
    [
        ("bleu", () => new BleuMetric()),
        ("chrf", () => new ChrFMetric()),
        ("chrf++", () => new ChrFMetric(ChrFConfig.PlusPlus)),
        ("ter", () => new TerMetric()),
        ("rouge1", () => new RougeMetric(new RougeConfig { Kind = RougeKind.Rouge1 })),
        ("rouge2", () => new RougeMetric(new RougeConfig { Kind = RougeKind.Rouge2 })),
        ("rougeL", () => new RougeMetric(new RougeConfig { Kind = RougeKind.RougeL })),
        ("rougeLsum", () => new RougeMetric(new RougeConfig { Kind = RougeKind.RougeLsum })),
    ];

    /// <summary>The names, each of one metric.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>Creates the metrics of a name; <c>rouge</c> stands for ROUGE-1, ROUGE-2 and ROUGE-L.</summary>
    /// <param name="name">One of <see cref="Names"/> or <c>rouge</c>, in any case.</param>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static IReadOnlyList<CorpusMetric> Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Equals("rouge", StringComparison.OrdinalIgnoreCase))
        {
            return [.. Create("rouge1"), .. Create("rouge2"), .. Create("rougeL")];
        }

        foreach ((string known, Func<CorpusMetric> create) in Entries)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return [create()];
            }
        }

        throw new ArgumentException($"There is no metric '{name}'; there are {string.Join(", ", Names)}, and rouge for three of them.", nameof(name));
    }
}
