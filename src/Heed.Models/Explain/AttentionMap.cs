namespace Heed.Models.Explain;

/// <summary>The attention weights of one head: how much each query takes from each key.</summary>
/// <param name="Kind">Which attention it is: one of the names in <see cref="AttentionKind"/>.</param>
/// <param name="Layer">The layer, counted from 0 (pages and texts count from 1).</param>
/// <param name="Head">The head within the layer, counted from 0.</param>
/// <param name="Weights">The weights, [queries, keys], each between 0 and 1; a row sums to 1.</param>
public sealed record AttentionMap(string Kind, int Layer, int Head, float[,] Weights)
{
    /// <summary>How far rounding may carry a weight outside 0 to 1 before it counts as a mistake.</summary>
    private const float Slack = 1e-3f;

    internal int Queries => Weights.GetLength(0);

    internal int Keys => Weights.GetLength(1);

    internal string Name => $"{Kind} map of layer {Layer + 1}, head {Head + 1}";

    /// <summary>Throws unless the map has this shape and holds only weights.</summary>
    internal void Check(int queries, int keys)
    {
        if (Layer < 0 || Head < 0)
        {
            throw new ArgumentException($"{Kind} map has layer {Layer} and head {Head}; both count from 0");
        }

        if (Queries != queries || Keys != keys)
        {
            throw new ArgumentException(
                $"{Name} is [{Queries}, {Keys}] but its tokens ask for [{queries}, {keys}] ([queries, keys])");
        }

        for (var query = 0; query < queries; query++)
        {
            for (var key = 0; key < keys; key++)
            {
                var weight = Weights[query, key];
                if (!(weight >= -Slack && weight <= 1 + Slack))
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"{Name} holds {weight} at query {query}, key {key}; an attention weight lies between 0 and 1"));
                }
            }
        }
    }
}
