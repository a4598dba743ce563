using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Heed.Models.Configuration;
using Heed.Models.Decoding;

namespace Heed.Models.Generation;

/// <summary>How a causal language model continues a prompt. The defaults change nothing: the likeliest token, up to 256 of them.</summary>
/// <remarks>
/// Names and meanings are Hugging Face's (<c>GenerationConfig</c>, transformers 4.46) where it has them. A temperature of 0 is its
/// <c>do_sample = false</c>.
/// </remarks>
public sealed record GenerationOptions
{
    /// <summary>The most tokens that are written, stop token and forced tokens included. The model's own limit may be lower.</summary>
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>How many tokens are written at least before a stop token may be.</summary>
    public int MinNewTokens { get; init; }

    /// <summary>What the logits are divided by before a token is drawn; 0 draws nothing and writes the likeliest.</summary>
    public double Temperature { get; init; }

    /// <summary>Draw among this many likeliest tokens, and those as likely as the last of them; 0 is all.</summary>
    public int TopK { get; init; }

    /// <summary>Draw among the fewest likeliest tokens whose probabilities add up to this; 1 is all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Draw among tokens at least this many times as likely as the likeliest; 0 is all.</summary>
    public double MinP { get; init; }

    /// <summary>Draw among the tokens whose surprise is nearest to the expected one, until they add up to this probability; 1 is all.</summary>
    public double TypicalP { get; init; } = 1;

    /// <summary>Divides the positive and multiplies the negative logits of every token of prompt and output; 1 changes nothing.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Is taken from a token's logit once for every time the output has it; 0 changes nothing.</summary>
    public double FrequencyPenalty { get; init; }

    /// <summary>Is taken from a token's logit if the output has it; 0 changes nothing.</summary>
    public double PresencePenalty { get; init; }

    /// <summary>No run of so many tokens is written twice, the prompt's runs included; 0 allows all.</summary>
    public int NoRepeatNgramSize { get; init; }

    /// <summary>What is added to the logits of single tokens, by id.</summary>
    public ImmutableSortedDictionary<int, double> LogitBias { get; init; } = ImmutableSortedDictionary<int, double>.Empty;

    /// <summary>Tokens that end the output, a model's end tokens. They are counted, but stand for no text.</summary>
    public ImmutableArray<int> StopTokens { get; init; } = [];

    /// <summary>Tokens that are never written.</summary>
    public ImmutableArray<int> SuppressedTokens { get; init; } = [];

    /// <summary>Texts that end the output; neither they nor a part of them is given out.</summary>
    public ImmutableArray<string> StopStrings { get; init; } = [];

    /// <summary>Tokens that the output begins with, whatever the model prefers.</summary>
    public ImmutableArray<int> ForcedTokens { get; init; } = [];

    /// <summary>What an output that reaches <see cref="MaxNewTokens"/> ends with; null cuts it off there.</summary>
    public int? ForcedLastToken { get; init; }

    /// <summary>How many outputs are followed at once in search of the most probable whole; 1 chooses token by token. Draws nothing.</summary>
    public int NumBeams { get; init; } = 1;

    /// <summary>With beams: the exponent alpha in <c>score = logProbability / length^alpha</c>, by which outputs are compared.</summary>
    public double LengthPenalty { get; init; } = 1;

    /// <summary>With beams: when the search ends although outputs could still be extended.</summary>
    public EarlyStopping EarlyStopping { get; init; } = EarlyStopping.WhenUnlikely;

    /// <summary>How many outputs each prompt gets: the best ones of the beams, or as many that are drawn.</summary>
    public int NumReturnSequences { get; init; } = 1;

    /// <summary>Decides what is drawn. Equal seeds and prompts give equal outputs, whatever else is in the batch, on any number of threads.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many likeliest tokens are reported beside each one that was written.</summary>
    public int TopLogProbabilities { get; init; }

    /// <summary>
    /// Whether an output may grow longer than the model reads. Where it has filled the model, the newer half is read again and the output goes
    /// on from there; what is older is forgotten. Otherwise the output ends there.
    /// </summary>
    public bool Slide { get; init; }

    /// <summary>What ends an output that goes round in circles; null lets it go on.</summary>
    public LoopGuardOptions? LoopGuard { get; init; } = new();

    /// <summary>Whether tokens are drawn, rather than the likeliest written.</summary>
    internal bool Draws => Temperature > 0;

    /// <summary>Reads options; unknown keys are errors.</summary>
    /// <param name="path">A YAML or JSON file with the names of the properties, in camel case.</param>
    /// <param name="overrides">Texts <c>key=value</c> that replace values of the file.</param>
    /// <exception cref="ConfigException">The file is malformed, or a value is out of range.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static GenerationOptions Load(string path, IReadOnlyList<string>? overrides = null)
    {
        GenerationOptions options = ConfigFile.Load(path, GenerationJson.Default.GenerationOptions, overrides);
        options.Validate();
        return options;
    }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ConfigException">A value is out of range, or has no effect beside another.</exception>
    public void Validate()
    {
        Require(MaxNewTokens, 1, 10_000_000);
        Require(MinNewTokens, 0, MaxNewTokens);
        Require(Temperature, 0, 1000);
        Require(TopK, 0, int.MaxValue);
        Require(TopP, double.Epsilon, 1);
        Require(MinP, 0, 1);
        Require(TypicalP, double.Epsilon, 1);
        Require(RepetitionPenalty, 0.001, 1000);
        Require(FrequencyPenalty, -1000, 1000);
        Require(PresencePenalty, -1000, 1000);
        Require(NoRepeatNgramSize, 0, 1_000_000);
        Require(TopLogProbabilities, 0, 1000);
        Require(ForcedTokens.Length, 0, MaxNewTokens, "the number of forcedTokens");
        Require(NumBeams, 1, 1000);
        Require(LengthPenalty, -10, 10);
        Require(NumReturnSequences, 1, NumBeams > 1 ? NumBeams : 1000);
        ValidateSearch();
        LoopGuard?.Validate();
        if (LogitBias.FirstOrDefault(bias => double.IsNaN(bias.Value) || bias.Value > float.MaxValue) is { Value: not 0 } wrong)
        {
            throw new ConfigException(FormattableString.Invariant($"logitBias of token {wrong.Key} is {wrong.Value}; it must be a number, such as 5 or -100"));
        }

        if (StopStrings.Any(string.IsNullOrEmpty))
        {
            throw new ConfigException("stopStrings holds an empty text, which would end every output at once; remove it");
        }

        if (!Draws && NeedsDrawing() is { } name)
        {
            throw new ConfigException($"{name} chooses among tokens to draw, but temperature 0 draws none; set temperature to 1, or to another number above 0");
        }
    }

    /// <summary>Checks the ids of tokens against a vocabulary.</summary>
    /// <param name="vocabSize">The number of tokens.</param>
    /// <exception cref="ConfigException">A token does not exist.</exception>
    internal void ValidateTokens(int vocabSize)
    {
        Check(StopTokens, "stopTokens");
        Check(SuppressedTokens, "suppressedTokens");
        Check(ForcedTokens, "forcedTokens");
        Check(LogitBias.Keys, "logitBias");
        Check(ForcedLastToken is { } last ? [last] : [], "forcedLastToken");

        void Check(IEnumerable<int> tokens, string name)
        {
            foreach (int token in tokens)
            {
                ConfigGuard.TokenId(token, vocabSize, name);
            }
        }
    }

    private void ValidateSearch()
    {
        if (!Enum.IsDefined(EarlyStopping))
        {
            throw new ConfigException($"earlyStopping {EarlyStopping} is not known; use one of {string.Join(", ", Enum.GetNames<EarlyStopping>())}");
        }

        if (NumBeams == 1 && LengthPenalty != 1)
        {
            throw new ConfigException("lengthPenalty compares the outputs of several beams, but numBeams is 1; set numBeams to 4, or leave lengthPenalty at 1");
        }

        if (NumBeams == 1 && NumReturnSequences > 1 && !Draws)
        {
            throw new ConfigException($"numReturnSequences {NumReturnSequences} would give the same output several times; set temperature above 0 or numBeams to {NumReturnSequences}");
        }

        if (NumBeams > 1 && AgainstBeams() is { } name)
        {
            throw new ConfigException($"{name} does not go with numBeams {NumBeams}, which searches for whole outputs; set numBeams to 1 or take {name} out");
        }
    }

    private string? AgainstBeams() => Draws ? "temperature above 0"
        : !StopStrings.IsEmpty ? "stopStrings"
        : TopLogProbabilities > 0 ? "topLogProbabilities"
        : ForcedTokens.Length > 1 ? "a forced beginning of several tokens"
        : Slide ? "slide"
        : null;

    private string? NeedsDrawing() => (TopK, TopP, MinP, TypicalP) switch
    {
        ( > 0, _, _, _) => "topK",
        (_, < 1, _, _) => "topP",
        (_, _, > 0, _) => "minP",
        (_, _, _, < 1) => "typicalP",
        _ => null,
    };

    private static void Require(double value, double minimum, double maximum, [CallerArgumentExpression(nameof(value))] string name = "") =>
        ConfigGuard.Range(value, minimum, maximum, name);
}
