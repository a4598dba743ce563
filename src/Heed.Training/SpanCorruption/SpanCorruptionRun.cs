using Heed.Models;
using Heed.Models.Decoding;
using Heed.Models.Seq2Seq;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data.Texts;
using Heed.Training.LanguageModels;
using Heed.Training.Translating;

namespace Heed.Training.SpanCorruption;

/// <summary>The run of an encoder-decoder that learns to write what is missing in a text, and is scored by how well it does on other text.</summary>
public sealed class SpanCorruptionRun : TextRun
{
    private const int SampleCount = 2;

    private static readonly DecodeOptions WithSpecialTokens = new() { KeepSpecialTokens = true };

    private readonly CorruptedWindows windows;

    private SpanCorruptionRun(SpanCorruptionRunConfig config, TextRunParts parts)
        : base(config, parts, config.Data.Context)
    {
        Config = config;
        Model = parts.ModelAs<Seq2SeqModel>(config, "encoder-decoders: T5");
        TextTokenizers.Guard(Tokenizer, Model.VocabSize, Model.MaxLength, config.Data.Context + 1); // with the end token
        var noise = new SpanNoise(config.Corruption.Share, config.Corruption.MeanSpan);
        int[] sentinels = Sentinels.Of(Tokenizer, noise.Count(config.Data.Context).Spans + 1);
        windows = new CorruptedWindows(noise, sentinels, Model.BosId, Model.EosId, config.Training.Seed);
        TrainOnWindows(new Seq2SeqObjective(Model, config.Training.LabelSmoothing), windows, Validate);
    }

    /// <inheritdoc/>
    public override SpanCorruptionRunConfig Config { get; }

    /// <summary>The model.</summary>
    public Seq2SeqModel Model { get; }

    private protected override ModelUse Use => ModelUse.SpanFilling;

    internal static SpanCorruptionRun Open(SpanCorruptionRunConfig config, RunSetup setup) => new(config, TextRunParts.Open(config, setup, leastTokens: 2));

    private protected override PerplexityScore Score(TokensInMemory text) =>
        new(HeldOutLoss.Of(new Seq2SeqObjective(Model, labelSmoothing: 0), PackedWindows<TokenBatch>.InOrder(text, windows, Windows)).Mean);

    private ValidationResult Validate(TokensInMemory text)
    {
        PerplexityScore score = Score(text);
        TokenBatch first = PackedWindows<TokenBatch>.InOrder(text, windows, Windows with { Sequences = SampleCount }).First();
        return new ValidationResult(score.Loss, new OrderedDictionary<string, double> { ["perplexity"] = score.Value }, Samples(first));
    }

    private string[] Samples(TokenBatch batch)
    {
        using DecodingSession session = Model.Begin(batch.SourceIds, batch.Sources);
        SequenceSearch search = SequenceSearch.Create(GenerationTokens.Create(Model.BosId, Model.EosId), new DecodingOptions { BeamSize = 1 });
        int[] lengths = batch.Targets.Lengths.ToArray();
        IReadOnlyList<IReadOnlyList<Hypothesis>> written = search.Run(session, lengths);
        return [.. Enumerable.Range(0, batch.Count).Select(i =>
        {
            string source = Decode(batch.SourceIds.AsSpan(batch.Sources.Starts[i], batch.Sources.Lengths[i]));
            string target = Decode(batch.LabelIds.AsSpan(batch.Targets.Starts[i], batch.Targets.Lengths[i]));
            return $"source     {source}\nmissing    {target}\nhypothesis {Decode(written[i][0].Tokens.AsSpan())}";
        })];
    }

    private string Decode(ReadOnlySpan<int> ids) => Tokenizer.Decode(ids, WithSpecialTokens).ReplaceLineEndings(" ");
}
