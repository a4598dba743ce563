using System.CommandLine;
using Heed.Cli.Commands;

namespace Heed.Cli.Tests.Commands;

[Collection(nameof(CommandLine))]
public sealed class HelpTests
{
    [Fact]
    public void Every_command_argument_and_option_is_described_in_sentences()
    {
        foreach (Symbol symbol in All(HeedCommand.Create()))
        {
            Assert.True(symbol.Description is { Length: > 10 }, $"{symbol.Name} has no description");
        }
    }

    [Fact]
    public void Every_command_has_help()
    {
        foreach (string[] path in Paths(HeedCommand.Create(), []))
        {
            CommandResult result = CommandLine.Run([.. path, "--help"]).Succeeds();
            Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
            Assert.Empty(result.Error);
        }
    }

    [Fact]
    public void The_version_starts_with_a_number() => Assert.Matches(@"^\d+\.\d+\.\d+", CommandLine.Run("--version").Succeeds().Output);

    private static IEnumerable<Symbol> All(Command command) =>
        [command, .. command.Options, .. command.Arguments, .. command.Subcommands.SelectMany(All)];

    private static IEnumerable<string[]> Paths(Command command, string[] path) =>
        [path, .. command.Subcommands.SelectMany(subcommand => Paths(subcommand, [.. path, subcommand.Name]))];
}
