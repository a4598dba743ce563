using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Heed.Models.Configuration;

namespace Heed.Cli.Terminal;

/// <summary>What is wrong with a command line, in one clause that names the mend.</summary>
internal static class ParseProblem
{
    /// <summary>The first problem, or null.</summary>
    public static string? Of(ParseResult parsed)
    {
        // The parser takes a mistyped option for text where the command takes text: `heed translate --bean 3`.
        if (parsed.Action is not HelpAction && StrayOption(parsed) is { } option)
        {
            return $"unknown option {option}{DidYouMean(option, OptionNames(parsed.CommandResult))}; write -- before a text that begins with a dash";
        }

        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        Command command = parsed.CommandResult.Command;
        string[] commands = [.. command.Subcommands.Select(subcommand => subcommand.Name)];
        return (parsed.UnmatchedTokens, commands) switch
        {
            ([string name, ..], [_, ..]) => $"unknown command \"{name}\"{DidYouMean(name, commands)}; the commands are {string.Join(", ", commands)}",
            ([], [_, ..]) => $"which command? {string.Join(", ", commands)}",
            ([string text, ..], _) => $"\"{text}\" is one argument too many; put a text of several words in quotes",
            _ => InOneLine(parsed.Errors[0].Message.Replace("'", string.Empty, StringComparison.Ordinal).TrimEnd('.')),
        };
    }

    /// <summary>The command as it is written: heed tokenizer train.</summary>
    public static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Parent: not null } command; result = command.Parent)
        {
            names.Insert(0, command.Command.Name);
        }

        return string.Join(' ', ["heed", .. names]);
    }

    // The parser gives each of the choices a line of its own.
    private static string InOneLine(string message) => message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var problem, .. var choices] when choices.Length > 0 => $"{problem} {string.Join(", ", choices)}",
        _ => message,
    };

    private static string? StrayOption(ParseResult parsed) =>
        parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
            .FirstOrDefault(token => token.Type == TokenType.Argument && LooksLikeOption(token.Value))?.Value;

    private static bool LooksLikeOption(string text)
    {
        string name = text.TrimStart('-');
        return name.Length is > 0 && name.Length < text.Length && char.IsAsciiLetter(name[0]) && !text.Any(char.IsWhiteSpace);
    }

    private static IEnumerable<string> OptionNames(CommandResult result) => result.Command.Options.Select(option => option.Name);

    private static string DidYouMean(string name, IEnumerable<string> valid) =>
        Suggestion.Nearest(name, valid) is { } near ? $"; did you mean {near}?" : string.Empty;
}
