using System.Collections.Immutable;

namespace Heed.Models.Classification;

/// <summary>What a classifier says about one text.</summary>
/// <param name="LineNumber">The text's place in the input; the first is 1.</param>
/// <param name="Text">The text.</param>
/// <param name="Classes">All classes, the most probable first; among equals the earlier one of the model.</param>
/// <param name="Warning">What the reader should know, in one sentence that names the line, or null.</param>
public sealed record ClassifiedText(long LineNumber, string Text, ImmutableArray<ClassProbability> Classes, string? Warning)
{
    /// <summary>The most probable class.</summary>
    public string Label => Classes[0].Label;

    /// <summary>Its probability.</summary>
    public double Probability => Classes[0].Probability;
}

/// <summary>A class and how probable it is.</summary>
/// <param name="Label">The name of the class.</param>
/// <param name="Probability">From 0 to 1; those of all classes add up to 1.</param>
public readonly record struct ClassProbability(string Label, double Probability);
