using Heed.Training.Configuration;
using Heed.Training.Data;

namespace Heed.Training.FineTuning;

/// <summary>The run of a model that learns which of two answers is better: direct preference optimisation.</summary>
public sealed class PreferenceRun : FineTuningRun<PreferenceBatch>
{
    private PreferenceRun(PreferenceRunConfig config, RunSetup setup, TunedModel tuned, PreferenceCorpus corpus, PreferenceCorpus? heldOut)
        : base(config, setup, tuned, corpus)
    {
        Config = config;
        var objective = new PreferenceObjective(tuned.Model, tuned.Trained, config.Preference.Loss);
        TrainOnExamples(objective, heldOut is null ? null : new PreferenceValidator(objective, heldOut, config.Training.Batching(), tuned.Tokenizer).Run);
    }

    /// <inheritdoc/>
    public override PreferenceRunConfig Config { get; }

    internal static PreferenceRun Open(PreferenceRunConfig config, RunSetup setup)
    {
        var tuned = TunedModel.Open(config, setup, () => JsonLine.Read(config.Data.Train).Select(line => line.Text("chosen")));
        return new PreferenceRun(config, setup, tuned, Read(config.Data.Train, config, setup, tuned), config.Data.Validation is { } file ? Read(file, config, setup, tuned) : null);
    }

    // The model is still the one that the run began with: a checkpoint is loaded later.
    private static PreferenceCorpus Read(string file, PreferenceRunConfig config, RunSetup setup, TunedModel tuned)
    {
        setup.Status?.Report("encoding the preferences");
        int longest = config.Data.MaxTokens ?? Math.Min(tuned.Model.MaxLength, config.Training.BatchTokens / 2);
        PreferenceCorpus read = PreferenceCorpus.Read(file, tuned.Encoder, longest, config.Data.TooLong, setup.Cancellation);
        setup.Status?.Report($"scoring {2 * read.Count} answers with the model as it is");
        read.SetReference(tuned.Model, config.Training.Batching(), setup.Cancellation);
        return read;
    }
}
