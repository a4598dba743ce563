using System.Collections.Immutable;

namespace Heed.Models.Generation.Processors;

/// <summary>The processors that options ask for, in the order of Hugging Face's <c>generate</c>. Belongs to one output: processors have buffers.</summary>
/// <remarks>
/// transformers 4.46, <c>GenerationMixin._get_logits_processor</c>: biases, repetition penalty, no repeated n-grams, stop tokens before the
/// least length, suppressed tokens; and where tokens are drawn temperature, top-k, top-p, min-p, typical. The frequency and presence
/// penalties, which it lacks, follow the repetition penalty, as in vLLM. What changes nothing is left out.
/// </remarks>
public sealed class LogitsPipeline : LogitsProcessor
{
    /// <summary>Sets up the processors.</summary>
    /// <param name="options">The options.</param>
    public LogitsPipeline(GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Processors = [.. Adjusting(options), .. options.Draws ? Drawing(options) : []];
    }

    /// <summary>The processors, the first one first.</summary>
    public ImmutableArray<LogitsProcessor> Processors { get; }

    /// <inheritdoc/>
    public override void Apply(Span<float> logits, WrittenTokens written)
    {
        foreach (LogitsProcessor processor in Processors)
        {
            processor.Apply(logits, written);
        }
    }

    private static IEnumerable<LogitsProcessor> Adjusting(GenerationOptions options)
    {
        if (!options.LogitBias.IsEmpty)
        {
            yield return new LogitBiasProcessor(options.LogitBias);
        }

        if (options.RepetitionPenalty != 1)
        {
            yield return new RepetitionPenaltyProcessor(options.RepetitionPenalty);
        }

        if (options.FrequencyPenalty != 0 || options.PresencePenalty != 0)
        {
            yield return new CountPenaltyProcessor(options.FrequencyPenalty, options.PresencePenalty);
        }

        if (options.NoRepeatNgramSize > 0)
        {
            yield return new NoRepeatNgramProcessor(options.NoRepeatNgramSize);
        }

        if (options.MinNewTokens > 0)
        {
            yield return new SuppressedTokensProcessor(options.StopTokens, options.MinNewTokens);
        }

        if (!options.SuppressedTokens.IsEmpty)
        {
            yield return new SuppressedTokensProcessor(options.SuppressedTokens);
        }
    }

    private static IEnumerable<LogitsProcessor> Drawing(GenerationOptions options)
    {
        if (options.Temperature != 1)
        {
            yield return new TemperatureProcessor(options.Temperature);
        }

        if (options.TopK > 0)
        {
            yield return new TopKProcessor(options.TopK);
        }

        if (options.TopP < 1)
        {
            yield return new TopPProcessor(options.TopP);
        }

        if (options.MinP > 0)
        {
            yield return new MinPProcessor(options.MinP);
        }

        if (options.TypicalP < 1)
        {
            yield return new TypicalProcessor(options.TypicalP);
        }
    }
}
