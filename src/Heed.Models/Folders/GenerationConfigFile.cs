using System.Text.Json;
using System.Text.Json.Serialization;
using Heed.Models.Configuration;
using Heed.Models.Decoding;
using Heed.Text.IO;

namespace Heed.Models.Folders;

/// <summary><c>generation_config.json</c>: how a model's output is searched for, under Hugging Face's names and with its defaults.</summary>
/// <remarks>
/// There, <c>max_length</c> and <c>min_length</c> count the start token; ours do not. The length cap that grows with the
/// source is our own addition; a file without it caps by <c>max_length</c> alone.
/// </remarks>
internal sealed record GenerationConfigFile
{
    public int? BosTokenId { get; init; }

    public int? EosTokenId { get; init; }

    public int? PadTokenId { get; init; }

    public int? DecoderStartTokenId { get; init; }

    public int NumBeams { get; init; } = 1;

    public double LengthPenalty { get; init; } = 1;

    public JsonElement? EarlyStopping { get; init; }

    public int NumReturnSequences { get; init; } = 1;

    public int MaxLength { get; init; } = new DecodingOptions().MaxLength + 1;

    public int MinLength { get; init; }

    public double? MaxLengthFactor { get; init; }

    public int? MaxLengthOffset { get; init; }

    public int? NoRepeatNgramSize { get; init; }

    /// <summary>Read and not looked at, like the next two: other programs leave them behind.</summary>
    [JsonPropertyName("_from_model_config")]
    public bool? FromModelConfig { get; init; }

    public string? TransformersVersion { get; init; }

    public bool? UseCache { get; init; }

    public static GenerationConfigFile From(DecodingOptions options, SpecialIds ids) => new()
    {
        BosTokenId = ids.Bos,
        EosTokenId = ids.Eos,
        PadTokenId = ids.Pad,
        DecoderStartTokenId = ids.DecoderStart,
        NumBeams = options.BeamSize,
        LengthPenalty = options.LengthPenalty,
        EarlyStopping = Write(options.EarlyStopping),
        NumReturnSequences = options.NBest,
        MaxLength = options.MaxLength + 1,
        MinLength = options.MinLength == 0 ? 0 : options.MinLength + 1,
        NoRepeatNgramSize = options.NoRepeatNgramSize == 0 ? null : options.NoRepeatNgramSize,
        MaxLengthFactor = options.MaxLengthFactor,
        MaxLengthOffset = options.MaxLengthOffset,
    };

    /// <summary>The options, checked.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="ids">The ids of the model, which the file must not contradict.</param>
    /// <exception cref="ConfigException">A value is out of range or contradicts the model.</exception>
    public DecodingOptions ToOptions(string path, SpecialIds ids)
    {
        CheckId(path, "bos_token_id", BosTokenId, ids.Bos);
        CheckId(path, "eos_token_id", EosTokenId, ids.Eos);
        CheckId(path, "pad_token_id", PadTokenId, ids.Pad);
        CheckId(path, "decoder_start_token_id", DecoderStartTokenId, ids.DecoderStart);
        bool growsWithSource = MaxLengthFactor is not null || MaxLengthOffset is not null;
        var options = new DecodingOptions
        {
            BeamSize = NumBeams,
            LengthPenalty = LengthPenalty,
            EarlyStopping = ReadEarlyStopping(path),
            NBest = NumReturnSequences,
            MaxLength = MaxLength - 1,
            MinLength = Math.Max(0, MinLength - 1),
            NoRepeatNgramSize = NoRepeatNgramSize ?? 0,
            MaxLengthFactor = MaxLengthFactor ?? 0,
            MaxLengthOffset = MaxLengthOffset ?? (growsWithSource ? 0 : Math.Max(0, MaxLength - 1)),
        };
        try
        {
            options.Validate();
        }
        catch (ConfigException error)
        {
            throw new ConfigException($"{path}: {error.Message}", error);
        }

        return options;
    }

    private static void CheckId(string path, string key, int? found, int? expected)
    {
        if (found is not null && found != expected)
        {
            throw new ConfigException($"{path}: \"{key}\" is {found}, but {(expected is null ? "the model has none" : $"{expected} in config.json")}; the two files belong to different models");
        }
    }

    private static JsonElement Write(EarlyStopping stopping) => JsonElement.Parse(stopping switch
    {
        Decoding.EarlyStopping.WhenFull => "true",
        Decoding.EarlyStopping.WhenUnlikely => "false",
        _ => "\"never\"",
    });

    private EarlyStopping ReadEarlyStopping(string path) => EarlyStopping switch
    {
        null or { ValueKind: JsonValueKind.False } => Decoding.EarlyStopping.WhenUnlikely,
        { ValueKind: JsonValueKind.True } => Decoding.EarlyStopping.WhenFull,
        { ValueKind: JsonValueKind.String } text when text.GetString() == "never" => Decoding.EarlyStopping.WhenImpossible,
        { } other => throw new ConfigException($"{path}: \"early_stopping\" must be true, false or \"never\", not {Excerpt.Of(other.GetRawText())}"),
    };
}
