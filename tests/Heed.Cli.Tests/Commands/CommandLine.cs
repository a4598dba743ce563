using Heed.Cli.Commands;
using Heed.Cli.Terminal;

namespace Heed.Cli.Tests.Commands;

/// <summary>Runs <c>heed</c> inside the test's process. The console is the process's own, so these tests run one at a time.</summary>
[CollectionDefinition(nameof(CommandLine), DisableParallelization = true)]
public sealed class CommandLine : ICollectionFixture<TrainedModel>
{
    /// <summary>Runs a command line to its end.</summary>
    internal static CommandResult Run(params string[] arguments)
    {
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using var writtenOutput = new StringWriter();
        using var writtenError = new StringWriter();
        Console.SetOut(writtenOutput);
        Console.SetError(writtenError);
        try
        {
            int code = CommandRunner.Run(HeedCommand.Create(), arguments);
            return new CommandResult(code, writtenOutput.ToString(), writtenError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
