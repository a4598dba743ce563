namespace Heed.Training.Data.Labelled;

/// <summary>A text and the class that it belongs to.</summary>
/// <param name="Text">The text; it may be empty.</param>
/// <param name="Label">The class.</param>
/// <param name="Line">The line of its file that it begins in; the first is 1.</param>
public readonly record struct LabelledText(string Text, string Label, long Line);
