using System.Collections.Immutable;
using System.CommandLine;
using Heed.Cli.Terminal;
using Heed.Models.Decoding;
using Heed.Models.Generation;
using Heed.Text.Tokenizers;

namespace Heed.Cli.Commands;

/// <summary>The options of the command line that say how text is continued. What is left out keeps the model's own setting.</summary>
internal sealed class GenerationSettings
{
    private readonly Option<string?> config = new("--config") { Description = "A YAML or JSON file with settings (temperature, topP, stopStrings, logitBias, loopGuard, ...), in place of the model's own.", HelpName = "FILE" };
    private readonly Option<int?> maxTokens = NumberOption.Optional("--max-tokens", "The most tokens to write.", 1, 10_000_000);
    private readonly Option<int?> minTokens = NumberOption.Optional("--min-tokens", "How many tokens to write before the text may end.", 0, 10_000_000);
    private readonly Option<double?> temperature = NumberOption.Optional("--temperature", "0 writes the likeliest tokens; otherwise draw, at 1 as the model has it, below 1 more surely.", 0.0, 1000.0);
    private readonly Option<int?> topK = NumberOption.Optional("--top-k", "Draw among this many likeliest tokens; 0 is all.", 0);
    private readonly Option<double?> topP = NumberOption.Optional("--top-p", "Draw among the likeliest tokens that together have this probability.", 0.0, 1.0);
    private readonly Option<double?> minP = NumberOption.Optional("--min-p", "Draw among tokens at least this many times as likely as the likeliest.", 0.0, 1.0);
    private readonly Option<double?> typicalP = NumberOption.Optional("--typical-p", "Draw among the tokens of about the expected surprise that together have this probability.", 0.0, 1.0);
    private readonly Option<double?> repetitionPenalty = NumberOption.Optional("--repetition-penalty", "Make every token of prompt and output less likely by this factor; 1 is none.", 0.001, 1000.0);
    private readonly Option<double?> frequencyPenalty = NumberOption.Optional("--frequency-penalty", "Take this from a token's logit for each time it was written.", -1000.0, 1000.0);
    private readonly Option<double?> presencePenalty = NumberOption.Optional("--presence-penalty", "Take this from a token's logit if it was written.", -1000.0, 1000.0);
    private readonly Option<int?> noRepeat = NumberOption.Optional("--no-repeat-ngram", "Write no run of so many tokens twice; 0 allows all.", 0, 1_000_000);
    private readonly Option<string[]> stop = new("--stop") { Description = "End before this text; may be given several times.", HelpName = "TEXT" };
    private readonly Option<string?> begin = new("--begin") { Description = "Begin the output with this text, whatever the model prefers.", HelpName = "TEXT" };
    private readonly Option<int?> beams = NumberOption.Optional("--beams", "Follow this many outputs at once and write the most probable whole; draws nothing.", 1, 1000);
    private readonly Option<double?> lengthPenalty = NumberOption.Optional("--length-penalty", "With --beams: above 1 prefers long outputs, below 1 short ones.", -10.0, 10.0);
    private readonly Option<bool> earlyStopping = new("--early-stopping") { Description = "With --beams: end as soon as as many outputs are complete as there are beams." };
    private readonly Option<int?> nBest = NumberOption.Optional("--n-best", "Write this many outputs: the best of the beams, or as many drawn ones.", 1, 1000);
    private readonly Option<ulong?> seed = NumberOption.Optional<ulong>("--seed", "Equal seeds draw equal texts.", 0);
    private readonly Option<int?> alternatives = NumberOption.Optional("--top-log-probabilities", "With --json: how many likeliest tokens to show beside each one that was written.", 0, 1000);
    private readonly Option<bool> slide = new("--slide") { Description = "Go on where the text has filled the model: it reads the newer half again and forgets the rest." };
    private readonly Option<bool> noLoopGuard = new("--no-loop-guard") { Description = "Go on even if the text goes round in circles." };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="severalOutputs">Whether the command can write more than one output, as a whole.</param>
    public void AddTo(Command command, bool severalOutputs = true)
    {
        Option[] all = [config, maxTokens, minTokens, temperature, topK, topP, minP, typicalP, repetitionPenalty, frequencyPenalty, presencePenalty, noRepeat, stop, seed, noLoopGuard, .. severalOutputs ? [begin, beams, lengthPenalty, earlyStopping, nBest, alternatives, slide] : (Option[])[]];
        foreach (Option option in all)
        {
            command.Add(option);
        }
    }

    /// <summary>A model's settings with what the command line changes.</summary>
    public GenerationOptions Of(ParseResult parsed, Tokenizer vocabulary, GenerationOptions defaults)
    {
        ImmutableArray<string> given = defaults.StopStrings; // a chat template's, which always hold
        if (parsed.GetValue(config) is { } file)
        {
            GenerationOptions loaded = GenerationOptions.Load(file);
            defaults = loaded with { StopTokens = loaded.StopTokens.IsEmpty ? defaults.StopTokens : loaded.StopTokens, StopStrings = [.. given, .. loaded.StopStrings] };
        }

        // Who asks for a choice among tokens to draw wants one drawn.
        bool draws = (parsed.GetValue(topK), parsed.GetValue(topP), parsed.GetValue(minP), parsed.GetValue(typicalP), parsed.GetValue(seed)) is not (null, null, null, null, null);
        double chosen = parsed.GetValue(temperature) ?? (draws && defaults.Temperature == 0 ? 1 : defaults.Temperature);
        if (parsed.GetValue(temperature) == 0)
        {
            defaults = defaults with { TopK = 0, TopP = 1, MinP = 0, TypicalP = 1 };
        }

        int numBeams = parsed.GetValue(beams) ?? (chosen > 0 ? 1 : defaults.NumBeams);
        if (parsed.GetValue(beams) > 1 && parsed.GetValue(temperature) is null && !draws)
        {
            chosen = 0; // who asks for beams wants nothing drawn, whatever the model's own settings
            defaults = defaults with { TopK = 0, TopP = 1, MinP = 0, TypicalP = 1 };
        }

        return defaults with
        {
            MaxNewTokens = parsed.GetValue(maxTokens) ?? defaults.MaxNewTokens,
            MinNewTokens = parsed.GetValue(minTokens) ?? defaults.MinNewTokens,
            Temperature = chosen,
            TopK = parsed.GetValue(topK) ?? defaults.TopK,
            TopP = parsed.GetValue(topP) ?? defaults.TopP,
            MinP = parsed.GetValue(minP) ?? defaults.MinP,
            TypicalP = parsed.GetValue(typicalP) ?? defaults.TypicalP,
            RepetitionPenalty = parsed.GetValue(repetitionPenalty) ?? defaults.RepetitionPenalty,
            FrequencyPenalty = parsed.GetValue(frequencyPenalty) ?? defaults.FrequencyPenalty,
            PresencePenalty = parsed.GetValue(presencePenalty) ?? defaults.PresencePenalty,
            NoRepeatNgramSize = parsed.GetValue(noRepeat) ?? defaults.NoRepeatNgramSize,
            StopStrings = parsed.GetValue(stop) is { Length: > 0 } texts ? [.. given, .. texts] : defaults.StopStrings,
            ForcedTokens = parsed.GetValue(begin) is { } text ? [.. vocabulary.Encode(text)] : defaults.ForcedTokens,
            NumBeams = numBeams,
            LengthPenalty = parsed.GetValue(lengthPenalty) ?? (numBeams > 1 ? defaults.LengthPenalty : 1),
            EarlyStopping = parsed.GetValue(earlyStopping) ? EarlyStopping.WhenFull : defaults.EarlyStopping,
            NumReturnSequences = parsed.GetValue(nBest) ?? defaults.NumReturnSequences,
            Seed = parsed.GetValue(seed) ?? defaults.Seed,
            TopLogProbabilities = parsed.GetValue(alternatives) ?? defaults.TopLogProbabilities,
            Slide = (parsed.GetValue(slide) || defaults.Slide) && numBeams == 1,
            LoopGuard = parsed.GetValue(noLoopGuard) ? null : defaults.LoopGuard,
        };
    }
}
