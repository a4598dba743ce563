using Heed.Models.Configuration;
using Heed.Nn.Losses;
using Heed.Training.FineTuning;

namespace Heed.Training.Configuration;

/// <summary>The task <c>preference</c>: of two answers, a language model comes to prefer the better one (direct preference optimisation).</summary>
/// <remarks>Each line of a file has <c>prompt</c>, <c>chosen</c> and <c>rejected</c>.</remarks>
public sealed record PreferenceRunConfig : FineTuningRunConfig
{
    /// <summary>Creates a configuration with the usual settings of the task.</summary>
    public PreferenceRunConfig() => Training = Training with { LearningRate = 5e-5 };

    /// <summary>The loss.</summary>
    public PreferenceSection Preference { get; init; } = new();

    internal override TrainingRun Open(RunSetup setup) => PreferenceRun.Open(this, setup);

    private protected override void ValidateSections()
    {
        base.ValidateSections();
        Preference.Validate();
        if (Model.From is null)
        {
            throw new ConfigException("model.from must name the model that is to prefer better answers; a new one, which answers nothing yet, has nothing to prefer");
        }

        if (Adapter?.Dropout > 0)
        {
            throw new ConfigException($"adapter.dropout is {Adapter.Dropout}, but this task drops nothing out: a model is compared with itself as it was; leave it out");
        }

        if (Training.LabelSmoothing > 0)
        {
            throw new ConfigException("training.labelSmoothing means nothing for this task; set preference.labelSmoothing, the share of preferences that are the wrong way round");
        }
    }
}

/// <summary>How strictly a model is held to where it began, and how far its preferences are trusted.</summary>
public sealed record PreferenceSection
{
    /// <summary>How strictly the model is held to where it began; small values let it go far.</summary>
    public float Beta { get; init; } = 0.1f;

    /// <summary>The share of preferences that are taken to be the wrong way round, in [0, 0.5).</summary>
    public float LabelSmoothing { get; init; }

    internal PreferenceLoss Loss => new(Beta, LabelSmoothing);

    /// <summary>Checks the section.</summary>
    /// <exception cref="ConfigException">A value is out of range.</exception>
    public void Validate()
    {
        if (!(Beta > 0 && float.IsFinite(Beta)))
        {
            throw new ConfigException(FormattableString.Invariant($"preference.beta is {Beta}; it must be above 0, usually from 0.05 to 0.5"));
        }

        if (!(LabelSmoothing >= 0 && LabelSmoothing < 0.5f))
        {
            throw new ConfigException(FormattableString.Invariant($"preference.labelSmoothing is {LabelSmoothing}; it must be in [0, 0.5)"));
        }
    }
}
