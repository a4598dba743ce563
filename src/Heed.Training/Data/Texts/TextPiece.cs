namespace Heed.Training.Data.Texts;

/// <summary>A part of a document. A document may be larger than memory, so it comes in pieces.</summary>
/// <param name="Text">The text; never empty.</param>
/// <param name="EndsDocument">Whether the document ends with it.</param>
internal readonly record struct TextPiece(string Text, bool EndsDocument);
