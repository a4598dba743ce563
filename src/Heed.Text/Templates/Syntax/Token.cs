namespace Heed.Text.Templates.Syntax;

/// <summary>A part of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Line">The line it begins in, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    public bool Is(string text) => Kind is TokenKind.Operator or TokenKind.Name && Text == text;

    public override string ToString() => Kind == TokenKind.End ? "the end of the template" : Kind == TokenKind.Text ? $"'{Text}'" : Kind == TokenKind.Data ? "text" : $"\"{Text}\"";
}
