using Heed.Text.Tokenizers;
using Heed.Training.Configuration;

namespace Heed.Training.Data.Texts;

/// <summary>The text of a run as tokens.</summary>
/// <param name="Train">What is learned from.</param>
/// <param name="Validation">What is validated on, or null.</param>
/// <param name="Test">What the finished model is scored on, or null.</param>
/// <param name="Description">The files that are learned from, as a message names them.</param>
internal sealed record TextData(TokenText Train, TokensInMemory? Validation, TokensInMemory? Test, string Description)
{
    /// <summary>Reads the text, encodes it and sets the validation's share aside.</summary>
    /// <param name="section">Which text.</param>
    /// <param name="tokenizer">Makes tokens of it.</param>
    /// <param name="endId">What stands between documents.</param>
    /// <param name="setup">The run's.</param>
    /// <param name="leastTokens">How many tokens training and validation need.</param>
    /// <exception cref="InvalidDataException">A text is malformed or too short.</exception>
    public static TextData Load(TextDataSection section, Tokenizer tokenizer, int endId, RunSetup setup, int leastTokens)
    {
        setup.Status?.Report("encoding the text");
        TextCorpus corpus = section.Train.Open();
        var encoder = new TextEncoder(tokenizer, endId);
        if (section.Streaming)
        {
            var streamed = new StreamedTokens(() => encoder.Encode(corpus.Read(), setup.Cancellation));
            return Create(streamed, Held(section.Validation, "data.validation"));
        }

        TokensInMemory all = Held(section.Train, "data.train")!;
        if (section.ValidationShare == 0)
        {
            return Create(all, Held(section.Validation, "data.validation"));
        }

        int learned = (int)(all.Count * (1 - section.ValidationShare));
        return Create(Guard(all.Part(..learned), "data.train without data.validationShare"), Guard(all.Part(learned..), "data.validationShare"));

        TextData Create(TokenText train, TokensInMemory? validation) => new(
            Guard(train, "data.train"),
            section.ValidationTokens is { } most && most < validation?.Count ? validation.Part(..most) : validation,
            Held(section.Test, "data.test"),
            corpus.Description);

        TokensInMemory? Held(TextSection? text, string name) =>
            text is null ? null : Guard(TokensInMemory.From(encoder.Encode(text.Open().Read(), setup.Cancellation)), name);

        TText Guard<TText>(TText text, string name)
            where TText : TokenText => text.Count >= leastTokens
            ? text
            : throw new InvalidDataException($"{name} has {text.Count} token{(text.Count == 1 ? string.Empty : "s")}, and {leastTokens} are needed at least; name more text");
    }
}
