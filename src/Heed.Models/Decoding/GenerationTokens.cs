using System.Collections.Immutable;

namespace Heed.Models.Decoding;

/// <summary>The tokens that give structure to what a model writes.</summary>
/// <param name="StartId">What every output is continued from; it is not part of the output.</param>
/// <param name="EndId">What ends an output.</param>
/// <param name="NeverWritten">Tokens that no output may hold, such as padding. Their probability is not given to the others.</param>
public sealed record GenerationTokens(int StartId, int EndId, ImmutableArray<int> NeverWritten)
{
    /// <summary>Further tokens that end an output, where a model has several.</summary>
    public ImmutableArray<int> OtherEndIds { get; init; } = [];

    /// <summary>What every output begins with, whatever the model prefers; null leaves it to the model.</summary>
    public int? ForcedFirstId { get; init; }

    /// <summary>What an output ends with where it reaches its length cap; null cuts it off there.</summary>
    public int? ForcedLastId { get; init; }

    /// <summary>Whether a token ends an output.</summary>
    /// <param name="token">The token.</param>
    public bool Ends(int token) => token == EndId || OtherEndIds.Contains(token);

    /// <summary>The usual choice: the start token and the given ones are never written, unless one of them is the end token.</summary>
    /// <param name="startId">What every output is continued from.</param>
    /// <param name="endId">What ends an output.</param>
    /// <param name="special">Other tokens that stand for no text, such as padding.</param>
    public static GenerationTokens Create(int startId, int endId, params ReadOnlySpan<int> special) =>
        new(startId, endId, [.. special.ToArray().Append(startId).Where(id => id != endId).Distinct().Order()]);
}
