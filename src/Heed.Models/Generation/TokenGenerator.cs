using Heed.Models.Causal;

namespace Heed.Models.Generation;

/// <summary>Continues prompts that are tokens already. For text there is <see cref="TextGenerator"/>.</summary>
/// <param name="model">The model. Several generators may share one, on any threads.</param>
public sealed class TokenGenerator(CausalLanguageModel model)
{
    /// <summary>Continues prompts of any lengths side by side. No prompt's output depends on the others.</summary>
    /// <param name="requests">The prompts and their options.</param>
    /// <param name="cancellation">Ends all outputs between two tokens; what was written until then is returned.</param>
    /// <returns>An output for each request, the best where beams find several.</returns>
    /// <exception cref="ArgumentException">A prompt is empty or longer than the model reads.</exception>
    /// <exception cref="Configuration.ConfigException">An option is out of range.</exception>
    /// <exception cref="NotFiniteNumberException">The model's scores are not numbers.</exception>
    public IReadOnlyList<GeneratedSequence> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (requests.Count == 0)
        {
            return [];
        }

        if (requests.Any(request => request.Options.NumBeams > 1))
        {
            return [.. requests.Select(request => One(request, cancellation))];
        }

        using var run = new GenerationRun(model, requests);
        while (run.IsLive)
        {
            if (cancellation.IsCancellationRequested)
            {
                run.Cancel();
                break;
            }

            run.Step();
        }

        return [.. run.Sequences.Select(sequence => sequence.Result())];
    }

    private GeneratedSequence One(GenerationRequest request, CancellationToken cancellation) => request.Options.NumBeams > 1
        ? BeamGeneration.Run(model, [request], prefix: null, cancellation)[0][0].Output
        : Generate([request], cancellation)[0];
}
