using System.Globalization;
using Heed.Nn;

namespace Heed.Models.Classification;

/// <summary>Which parameters of a classifier belong to what: the head, a layer, or the tables below.</summary>
public static class ClassifierParameters
{
    private const string LayerPrefix = "layers.";

    private static readonly string[] Heads = ["classifier.", "score.", "pooler."];

    /// <summary>Whether a parameter is of the head: the scores of classes, or the layer in front of them.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsHead(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Heads.Any(head => name.StartsWith(head, StringComparison.Ordinal));
    }

    /// <summary>The parameters of the head and of the last layers, with the norm behind them.</summary>
    /// <param name="model">A classifier, which is a <see cref="Module"/>.</param>
    /// <param name="lastLayers">How many layers: 0 is the head alone, null everything.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model has fewer layers.</exception>
    public static IReadOnlyList<NamedParameter> From(ISequenceClassifier model, int? lastLayers)
    {
        ArgumentNullException.ThrowIfNull(model);
        IReadOnlyList<NamedParameter> all = ((Module)model).NamedParameters();
        if (lastLayers is not { } count)
        {
            return all;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(lastLayers));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, model.NumLayers, nameof(lastLayers));
        int first = model.NumLayers - count;
        return [.. all.Where(parameter => IsHead(parameter.Name) || (count > 0 && (LayerOf(parameter.Name) >= first || parameter.Name.StartsWith("layer_norm.", StringComparison.Ordinal))))];
    }

    private static int? LayerOf(string name) =>
        name.StartsWith(LayerPrefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(LayerPrefix.Length, name.IndexOf('.', LayerPrefix.Length) - LayerPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int layer) ? layer : null;
}
