using System.Globalization;
using System.Text.Json;
using Heed.Models.Generation;
using Microsoft.Extensions.AI;

namespace Heed.Extensions.AI;

/// <summary>What the options of the abstraction change in the model's own.</summary>
internal static class ChatOptionsMapping
{
    /// <exception cref="NotSupportedException">The options ask for what is not done.</exception>
    /// <exception cref="Models.Configuration.ConfigException">A value is out of range.</exception>
    public static GenerationOptions Apply(ChatOptions? options, GenerationOptions defaults)
    {
        if (options is null)
        {
            return defaults;
        }

        Refuse(options);
        double? minP = Number(options, "min_p"), typicalP = Number(options, "typical_p");

        // Who asks for a choice among tokens to draw wants one drawn.
        bool chooses = (options.TopP, options.TopK, options.Seed, minP, typicalP) is not (null, null, null, null, null);
        double temperature = options.Temperature ?? (chooses && defaults.Temperature == 0 ? 1 : defaults.Temperature);
        bool draws = temperature > 0;
        var chosen = defaults with
        {
            Temperature = temperature,
            NumBeams = draws ? 1 : defaults.NumBeams,
            LengthPenalty = draws ? 1 : defaults.LengthPenalty,
            TopP = draws ? options.TopP ?? defaults.TopP : 1,
            TopK = draws ? options.TopK ?? defaults.TopK : 0,
            MinP = draws ? minP ?? defaults.MinP : 0,
            TypicalP = draws ? typicalP ?? defaults.TypicalP : 1,
            Seed = options.Seed is { } seed ? unchecked((ulong)seed) : defaults.Seed,
            MaxNewTokens = options.MaxOutputTokens ?? defaults.MaxNewTokens,
            FrequencyPenalty = options.FrequencyPenalty ?? defaults.FrequencyPenalty,
            PresencePenalty = options.PresencePenalty ?? defaults.PresencePenalty,
            RepetitionPenalty = Number(options, "repetition_penalty") ?? defaults.RepetitionPenalty,
            NoRepeatNgramSize = (int?)Number(options, "no_repeat_ngram_size") ?? defaults.NoRepeatNgramSize,
            NumReturnSequences = 1,
            StopStrings = options.StopSequences is { Count: > 0 } stops ? [.. defaults.StopStrings, .. stops] : defaults.StopStrings,
        };
        chosen.Validate();
        return chosen;
    }

    private static void Refuse(ChatOptions options)
    {
        string? refused = options.Tools is { Count: > 0 } ? "tools"
            : options.ResponseFormat is not (null or ChatResponseFormatText) ? "a response format other than text"
            : options.ConversationId is not null ? "a conversation kept on the other side; send all messages"
            : options.ContinuationToken is not null ? "continuation tokens"
            : null;
        if (refused is not null)
        {
            throw new NotSupportedException($"this model does not do {refused}");
        }
    }

    private static double? Number(ChatOptions options, string name)
    {
        object? value = null;
        if (options.AdditionalProperties?.TryGetValue(name, out value) != true || value is null)
        {
            return null;
        }

        return value switch
        {
            JsonElement { ValueKind: JsonValueKind.Number } element => element.GetDouble(),
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"the additional property {name} must be a number, not {value.GetType().Name}", nameof(options)),
        };
    }
}
