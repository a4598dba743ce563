using Heed.Text.Metrics;

namespace Heed.Models;

/// <summary>What a person should know about a model before using it: where it comes from and how good it is. Becomes its folder's <c>README.md</c>.</summary>
public sealed record ModelCard
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for and what it is not, in a few sentences.</summary>
    public string Description { get; init; } = "";

    /// <summary>The language it reads, as a code such as <c>de</c>, or null where there is none to name.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>The language it writes.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>The licence of the weights, as an SPDX name such as <c>mit</c>.</summary>
    public string? License { get; init; }

    /// <summary>What it was trained on.</summary>
    public IReadOnlyList<ModelCardData> Data { get; init; } = [];

    /// <summary>How it was trained: names of settings and their values.</summary>
    public IReadOnlyList<ModelCardEntry> Training { get; init; } = [];

    /// <summary>How good it is.</summary>
    public IReadOnlyList<ModelCardScore> Scores { get; init; } = [];
}

/// <summary>A name and a value, as one line of a table.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The value, as text.</param>
public sealed record ModelCardEntry(string Name, string Value);

/// <summary>Data that a model was trained on.</summary>
/// <param name="Name">Its name or file.</param>
/// <param name="Pairs">How much of it was used: sentence pairs, or what <see cref="ModelUse.DataUnit"/> counts.</param>
/// <param name="Origin">Where it comes from and under which licence, or null.</param>
public sealed record ModelCardData(string Name, long Pairs, string? Origin = null);

/// <summary>A score on a test set.</summary>
/// <param name="TestSet">The test set.</param>
/// <param name="Score">The score, with its signature and, where it was computed, its confidence interval.</param>
/// <param name="Decoding">The settings of the search that made the translations, such as <c>beam 5, length penalty 1</c>.</param>
public sealed record ModelCardScore(string TestSet, MetricScore Score, string Decoding);
