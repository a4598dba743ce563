using System.Text;
using Heed.Text.Tokenizers;

namespace Heed.Models.Generation;

/// <summary>The text of one output in the making: whole characters only, and nothing of a stop string.</summary>
internal sealed class TextSequence
{
    private readonly GenerationSequence sequence;
    private readonly Tokenizer tokenizer;
    private readonly TextStream stream;
    private readonly StopText stops;
    private readonly StringBuilder text = new();

    /// <param name="sequence">The output's tokens.</param>
    /// <param name="tokenizer">Makes text of them.</param>
    /// <param name="request">The prompt, which the text continues: its last token decides whether a space comes first.</param>
    public TextSequence(GenerationSequence sequence, Tokenizer tokenizer, GenerationRequest request)
    {
        this.sequence = sequence;
        this.tokenizer = tokenizer;
        stream = Behind(tokenizer, request.Prompt.Span);
        stops = new StopText(request.Options.StopStrings);
    }

    /// <summary>The text of an output that is there as a whole, its end token left out.</summary>
    public static string Of(Tokenizer tokenizer, GenerationRequest request, GeneratedSequence output)
    {
        TextStream stream = Behind(tokenizer, request.Prompt.Span);
        IEnumerable<int> tokens = output.Tokens.Select(token => token.Token).Where(token => token < tokenizer.VocabSize && !request.Options.StopTokens.Contains(token));
        return string.Concat(tokens.Select(stream.Append));
    }

    /// <summary>Takes the newest token; ends the output if its text holds a stop string.</summary>
    /// <returns>The text that is now certain.</returns>
    public string Add(GeneratedToken token)
    {
        // Some models score more tokens than their tokenizer has, to fill the table up.
        bool isText = token.Token < tokenizer.VocabSize && !sequence.IsStop(token.Token);
        string certain = isText ? stops.Add(stream.Append(token.Token)) : string.Empty;
        if (stops.Found is not null)
        {
            sequence.Finish(FinishReason.StopString);
        }

        text.Append(certain);
        return certain;
    }

    /// <summary>Ends the text. Bytes that did not become a whole character are left out.</summary>
    /// <returns>What was held back in case it became a stop string.</returns>
    public string Finish()
    {
        string rest = stops.Finish();
        text.Append(rest);
        return rest;
    }

    private static TextStream Behind(Tokenizer tokenizer, ReadOnlySpan<int> prompt)
    {
        TextStream stream = tokenizer.CreateStream();
        foreach (int token in prompt)
        {
            stream.Append(token);
        }

        return stream;
    }

    /// <summary>What was written.</summary>
    public GenerationResult Result(TimeSpan elapsed) => new(text.ToString(), sequence.Result(), stops.Found, elapsed);
}
