using Heed.Models.Configuration;
using Heed.Nn;
using Heed.Nn.Optimizers;
using Heed.Nn.Schedules;
using Heed.Training.Configuration;

namespace Heed.Training;

/// <summary>Makes the optimiser and the schedule that a configuration asks for.</summary>
internal static class TrainingParts
{
    public static Optimizer CreateOptimizer(TrainingSection settings, Module module)
    {
        float? largest = settings.ClipNorm == 0 ? null : settings.ClipNorm;
        NamedParameter[] parameters = [.. module.NamedParameters().Where(parameter => parameter.Tensor.RequiresGradient)]; // others are frozen
        return settings.WeightDecay > 0
            ? new AdamW(parameters, (float)settings.LearningRate, settings.Beta1, settings.Beta2, settings.AdamEpsilon, settings.WeightDecay) { MaxGradientNorm = largest, DecaysVectors = settings.DecayVectors }
            : new Adam(parameters, (float)settings.LearningRate, settings.Beta1, settings.Beta2, settings.AdamEpsilon) { MaxGradientNorm = largest };
    }

    public static LearningRateSchedule CreateSchedule(TrainingSection settings)
    {
        int lastStep = settings.DecaySteps ?? settings.MaxSteps;
        return settings.Schedule switch
        {
            ScheduleKind.InverseSquareRoot => new InverseSquareRootSchedule(settings.LearningRate, settings.WarmupSteps),
            ScheduleKind.Cosine => new CosineSchedule(settings.LearningRate, settings.WarmupSteps, lastStep, settings.MinLearningRate),
            ScheduleKind.Linear => new LinearSchedule(settings.LearningRate, settings.WarmupSteps, lastStep, settings.MinLearningRate),
            ScheduleKind.Constant => new ConstantSchedule((float)settings.LearningRate, settings.WarmupSteps),
            _ => throw new ConfigException($"training.schedule: unknown schedule {settings.Schedule}"),
        };
    }
}
