using System.Text.Json.Nodes;
using Heed.Models.Configuration;
using Heed.Models.Generation;

namespace Heed.Training.Configuration;

/// <summary>How a language model continues text: the samples of a run, and the finished model unless told otherwise.</summary>
public sealed record GenerationSection
{
    /// <summary>What the samples at each validation begin with; empty for no samples.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = ["\n"];

    /// <summary>The tokens that are written.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>What the logits are divided by before a token is drawn; 0 writes the likeliest.</summary>
    public double Temperature { get; init; } = 0.8;

    /// <summary>Draws among so many likeliest tokens; 0 is all.</summary>
    public int TopK { get; init; } = 200;

    /// <summary>Draws among the fewest likeliest tokens whose probabilities add up to this; 1 is all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        try
        {
            Options(seed: 0, endId: 0).Validate();
        }
        catch (ConfigException error)
        {
            throw new ConfigException($"generation: {error.Message}", error);
        }
    }

    /// <summary>The options of a sample.</summary>
    internal GenerationOptions Options(ulong seed, int endId) => new()
    {
        MaxNewTokens = MaxNewTokens,
        Temperature = Temperature,
        TopK = Temperature > 0 ? TopK : 0,
        TopP = Temperature > 0 ? TopP : 1,
        StopTokens = [endId],
        Seed = seed,
        Slide = true,
        LoopGuard = null, // a model that repeats itself should be seen to
    };

    /// <summary>The text of the finished model's <c>generation_config.json</c>.</summary>
    internal string ToFile(int endId) => new JsonObject
    {
        ["bos_token_id"] = endId,
        ["do_sample"] = Temperature > 0,
        ["eos_token_id"] = endId,
        ["max_new_tokens"] = MaxNewTokens,
        ["slide"] = true,
        ["temperature"] = Temperature > 0 ? Temperature : 1,
        ["top_k"] = TopK,
        ["top_p"] = TopP,
    }.ToJsonString() + "\n";
}
