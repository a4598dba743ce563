using Heed.Text.Metrics.Bleu;
using Heed.Text.Metrics.ChrF;
using Heed.Text.Metrics.Rouge;
using Heed.Text.Metrics.Ter;

namespace Heed.Text.Metrics;

/// <summary>The metrics by the short names that a command line uses.</summary>
public static class MetricCatalog
{
    private static readonly (string Name, Func<MetricOptions, CorpusMetric> Create)[] Entries =
    [
        ("bleu", options => new BleuMetric(new BleuConfig { Tokenizer = options.Tokenizer, Smoothing = options.Smoothing, Lowercase = options.Lowercase })),
        ("chrf", options => new ChrFMetric(new ChrFConfig { Lowercase = options.Lowercase })),
        ("chrf++", options => new ChrFMetric(ChrFConfig.PlusPlus with { Lowercase = options.Lowercase })),
        ("ter", _ => new TerMetric()),
        ("rouge1", _ => new RougeMetric(new RougeConfig { Kind = RougeKind.Rouge1 })),
        ("rouge2", _ => new RougeMetric(new RougeConfig { Kind = RougeKind.Rouge2 })),
        ("rougeL", _ => new RougeMetric(new RougeConfig { Kind = RougeKind.RougeL })),
        ("rougeLsum", _ => new RougeMetric(new RougeConfig { Kind = RougeKind.RougeLsum })),
    ];

    /// <summary>The names, each of one metric.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(entry => entry.Name)];

    /// <summary>Creates the metrics of a name; <c>rouge</c> stands for ROUGE-1, ROUGE-2 and ROUGE-L.</summary>
    /// <param name="name">One of <see cref="Names"/> or <c>rouge</c>, in any case.</param>
    /// <param name="options">Settings of the metrics that have them; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static IReadOnlyList<CorpusMetric> Create(string name, MetricOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        options ??= new MetricOptions();
        if (name.Equals("rouge", StringComparison.OrdinalIgnoreCase))
        {
            return [.. Create("rouge1", options), .. Create("rouge2", options), .. Create("rougeL", options)];
        }

        foreach ((string known, Func<MetricOptions, CorpusMetric> create) in Entries)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return [create(options)];
            }
        }

        throw new ArgumentException($"There is no metric '{name}'; there are {string.Join(", ", Names)}, and rouge for three of them.", nameof(name));
    }
}
