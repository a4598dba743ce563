using Heed.Models;
using Heed.Training.Configuration;
using Heed.Training.LanguageModels;

namespace Heed.Training.FineTuning;

/// <summary>The run of a model that learns to answer: the loss is that of the answers alone.</summary>
public sealed class InstructionRun : FineTuningRun<TextBatch>
{
    private InstructionRun(InstructionRunConfig config, RunSetup setup, TunedModel tuned, InstructionCorpus corpus, InstructionCorpus? heldOut)
        : base(config, setup, tuned, corpus)
    {
        Config = config;
        var objective = new LanguageModelObjective(tuned.Model, config.Training.LabelSmoothing, tuned.Trained);
        TrainOnExamples(objective, heldOut is null ? null : new InstructionValidator(tuned, heldOut, config.Training.Batching(), config.Answers).Run);
    }

    /// <inheritdoc/>
    public override InstructionRunConfig Config { get; }

    internal static InstructionRun Open(InstructionRunConfig config, RunSetup setup)
    {
        var tuned = TunedModel.Open(config, setup, () => ConversationFile.Read(config.Data.Train).SelectMany(example => example.Messages).Select(message => message.Text));
        setup.Status?.Report("encoding the conversations");
        int longest = config.Data.MaxTokens ?? Math.Min(tuned.Model.MaxLength, config.Training.BatchTokens);
        InstructionCorpus Read(string file) => InstructionCorpus.Read(file, tuned.Encoder, longest, config.Data.TooLong, setup.Cancellation);
        return new InstructionRun(config, setup, tuned, Read(config.Data.Train), config.Data.Validation is { } file ? Read(file) : null);
    }
}
