using Heed.Models;

namespace Heed.Training.FineTuning;

/// <summary>Questions with two answers each.</summary>
/// <param name="Texts">All questions with their preferred answers, then all with the others, in the same order. The answers are the labels.</param>
/// <param name="Reference">The log-probability of each answer under the model that training began with, in that order.</param>
public sealed record PreferenceBatch(TextBatch Texts, float[] Reference)
{
    /// <summary>The number of questions.</summary>
    public int Pairs => Reference.Length / 2;
}
