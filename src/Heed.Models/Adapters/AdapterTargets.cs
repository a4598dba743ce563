using Heed.Models.Configuration;
using Heed.Models.Formats;

namespace Heed.Models.Adapters;

/// <summary>Finds the layers that a configuration names.</summary>
internal static class AdapterTargets
{
    /// <exception cref="ConfigException">A name fits no layer.</exception>
    public static IReadOnlyList<(AdaptableLayer Layer, IReadOnlyList<int> Parts)> Choose(IReadOnlyList<AdaptableLayer> layers, AdapterConfig config)
    {
        if (layers.Count == 0)
        {
            throw new ConfigException("the model has no Transformer stacks, and adapters sit on their linear layers only");
        }

        string[] targets = config.TargetNames;
        foreach (string target in targets.Where(target => !layers.Any(layer => Parts(layer, target).Any())))
        {
            throw Unknown(target, layers);
        }

        return
        [
            .. layers.Select(layer => (Layer: layer, Parts: (IReadOnlyList<int>)[.. targets.SelectMany(target => Parts(layer, target)).Distinct().Order()]))
                .Where(choice => choice.Parts.Count > 0),
        ];
    }

    private static IEnumerable<int> Parts(AdaptableLayer layer, string target) =>
        target == AdapterConfig.AllLinear ? Enumerable.Range(0, layer.Parts.Count) : layer.PartsCalled(target);

    private static ConfigException Unknown(string target, IReadOnlyList<AdaptableLayer> layers)
    {
        string[] names = [.. layers.SelectMany(layer => layer.Parts.Select(part => part.Name).Append(layer.Name)).Select(name => name[(name.LastIndexOf('.') + 1)..]).Distinct().Order(StringComparer.Ordinal)];
        string near = Suggestion.Nearest(target, names) is { } name ? $" (did you mean {name}?)" : string.Empty;
        return new ConfigException($"targets: no layer of the Transformer's stacks is called {Display.Quote(target)}{near}; there are {string.Join(", ", names)}, and {AdapterConfig.AllLinear} for all");
    }
}
