using Heed.Models.Causal;

namespace Heed.Models.Generation;

/// <summary>One prompt to continue.</summary>
/// <param name="Prompt">Its tokens, one at least.</param>
/// <param name="Options">How it is continued.</param>
/// <param name="Stream">Which of the seed's streams of random numbers is drawn from: several continuations of one prompt take 0, 1, 2, ...</param>
public sealed record GenerationRequest(ReadOnlyMemory<int> Prompt, GenerationOptions Options, int Stream = 0)
{
    /// <summary>Checks prompt and options against a model.</summary>
    /// <exception cref="ArgumentException">The prompt is empty or fills the model.</exception>
    /// <exception cref="Configuration.ConfigException">An option is out of range.</exception>
    internal void Validate(CausalLanguageModel model, int number)
    {
        Options.Validate();
        Options.ValidateTokens(model.VocabSize);
        if (Prompt.IsEmpty)
        {
            throw new ArgumentException($"prompt {number} has no tokens; begin it with the model's start token");
        }

        if (Prompt.Length > model.MaxLength)
        {
            throw new ArgumentException($"prompt {number} has {Prompt.Length} tokens, more than the model's maxLength {model.MaxLength}; shorten it");
        }
    }
}
