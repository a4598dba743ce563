using System.Collections.Immutable;
using Heed.Models.Causal;
using Heed.Models.Decoding;
using Heed.Models.Generation.Processors;
using Heed.Tensors;

namespace Heed.Models.Generation;

/// <summary>Continues prompts by beam search. The options' processors change the log-probabilities that the search adds up.</summary>
/// <remarks>Hugging Face's <c>generate</c> with <c>num_beams</c> (transformers 4.44). The guard against loops does not look at beams.</remarks>
internal static class BeamGeneration
{
    // Stands where a model has no token to end with.
    private const int NoToken = -1;

    /// <summary>Searches for the outputs of prompts that share their options.</summary>
    /// <param name="model">The model.</param>
    /// <param name="requests">The prompts, at least one.</param>
    /// <param name="prefix">What is known of a common beginning, or null.</param>
    /// <param name="cancellation">Ends the search; there is no output then.</param>
    /// <returns>For each prompt its outputs with their scores, the best first.</returns>
    public static IReadOnlyList<IReadOnlyList<(GeneratedSequence Output, double? Score)>> Run(
        CausalLanguageModel model, IReadOnlyList<GenerationRequest> requests, PromptCache? prefix, CancellationToken cancellation)
    {
        for (int i = 0; i < requests.Count; i++)
        {
            requests[i].Validate(model, i);
        }

        GenerationOptions options = requests[0].Options;
        var search = new BeamSearch(Tokens(options), Decoding(options)) { Adjustments = Adjustments(requests) };
        (int[] ids, Segments prompts) = GenerationRun.Pack(requests);
        int[] maxLengths = [.. requests.Select(request => Math.Min(options.MaxNewTokens, model.MaxLength - request.Prompt.Length + 1))];
        try
        {
            using DecodingSession session = model.Begin(ids, prompts, prefix);
            return [.. search.Run(session, maxLengths, cancellation).Zip(requests, (found, request) => Outputs(request, found))];
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return [.. requests.Select(request => Nothing(request, FinishReason.Cancelled))];
        }
    }

    private static GenerationTokens Tokens(GenerationOptions options) => new(NoToken, options.StopTokens.IsEmpty ? NoToken : options.StopTokens[0], [])
    {
        OtherEndIds = options.StopTokens.IsEmpty ? [] : options.StopTokens[1..],
        ForcedFirstId = options.ForcedTokens.IsEmpty ? null : options.ForcedTokens[0],
        ForcedLastId = options.ForcedLastToken,
    };

    private static DecodingOptions Decoding(GenerationOptions options) => new()
    {
        BeamSize = options.NumBeams,
        NBest = options.NumReturnSequences,
        LengthPenalty = options.LengthPenalty,
        EarlyStopping = options.EarlyStopping,
    };

    private static ScoreAdjustment[]? Adjustments(IReadOnlyList<GenerationRequest> requests)
    {
        var pipeline = new LogitsPipeline(requests[0].Options);
        return pipeline.Processors.IsEmpty ? null : [.. requests.Select<GenerationRequest, ScoreAdjustment>(request =>
        {
            int[] prompt = request.Prompt.ToArray();
            return (scores, output) => pipeline.Apply(scores, new WrittenTokens([.. prompt, .. output], prompt.Length));
        })];
    }

    private static (GeneratedSequence Output, double? Score)[] Outputs(GenerationRequest request, IReadOnlyList<Hypothesis> found) =>
        found.Count == 0 ? Nothing(request, FinishReason.NothingAllowed) : [.. found.Select(hypothesis => (Output(request, hypothesis), (double?)hypothesis.Score))];

    private static GeneratedSequence Output(GenerationRequest request, Hypothesis hypothesis)
    {
        ImmutableArray<GeneratedToken> tokens = [.. hypothesis.Tokens.Zip(hypothesis.TokenLogProbabilities, (token, logProbability) => new GeneratedToken(token, logProbability, []))];
        return new GeneratedSequence(request.Prompt.Length, tokens, hypothesis.IsFinished ? FinishReason.StopToken : FinishReason.Length, LoopPeriod: null);
    }

    private static (GeneratedSequence Output, double? Score)[] Nothing(GenerationRequest request, FinishReason reason) =>
        [(new GeneratedSequence(request.Prompt.Length, [], reason, LoopPeriod: null), null)];
}
