using System.Collections.Immutable;
using Heed.Models.Decoding;
using Heed.Models.Explain;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;

namespace Heed.Models.Translating;

/// <summary>Gathers what the page of attention shows about one translation.</summary>
internal sealed class Explainer(Translator translator)
{
    private Seq2SeqModel Model => translator.Model;

    private Tokenizer Tokenizer => translator.Tokenizer;

    public TranslationExplanation Explain(string source, string? target, DecodingOptions? options, CancellationToken cancellation)
    {
        var (text, tokens, logProbabilities, warning) = target is null ? Translate(source, options, cancellation) : Read(source, target);
        int[] sourceIds = [.. new LineEncoder(Tokenizer, Model.MaxLength).Encode(1, source, "were not read").Ids, Model.EosId];
        int[] inputIds = [Model.BosId, .. tokens.AsSpan()[..^1]];
        IReadOnlyList<AttentionMap> maps = Model.AttentionMaps(sourceIds, inputIds);
        return new TranslationExplanation
        {
            Title = source,
            SourceText = source,
            TargetText = text,
            SourceTokens = Texts(sourceIds),
            TargetTokens = Texts(tokens),
            DecoderInputTokens = Texts(inputIds),
            Maps = maps,
            TokenLogProbabilities = logProbabilities,
            Model = maps.Count == 0 ? null : new ExplainedModel(translator.Name, 1 + maps.Max(map => map.Layer), 1 + maps.Max(map => map.Head), Model.ParameterCount),
            TargetWasForced = target is not null,
            Warning = warning,
        };
    }

    private (string Text, ImmutableArray<int> Tokens, ImmutableArray<double> LogProbabilities, string? Warning) Translate(string source, DecodingOptions? options, CancellationToken cancellation)
    {
        Translation translation = translator.Translate(source, options, cancellation);
        TranslationCandidate best = translation.Candidates[0];
        return (best.Text, best.Hypothesis.Tokens, best.Hypothesis.TokenLogProbabilities, translation.Warning);
    }

    private (string Text, ImmutableArray<int> Tokens, ImmutableArray<double> LogProbabilities, string? Warning) Read(string source, string target)
    {
        ScoredTranslation score = translator.Score(source, target);
        return (target, score.Tokens, score.TokenLogProbabilities, score.Warning);
    }

    private string[] Texts(IEnumerable<int> ids) => [.. ids.Select(Tokenizer.TokenText)];
}
