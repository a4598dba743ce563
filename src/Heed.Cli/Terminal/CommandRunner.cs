using System.CommandLine;

namespace Heed.Cli.Terminal;

/// <summary>Runs a command line and turns whatever goes wrong into one clear sentence and an exit code.</summary>
internal static class CommandRunner
{
    /// <summary>The work failed: the disk is full, the loss exploded, somebody stopped it.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a configuration or an input file is wrong.</summary>
    public const int BadInput = 2;

    public static int Run(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (ParseProblem.Of(parsed) is { } problem)
        {
            Console.Error.WriteLine($"heed: {problem} (see {ParseProblem.CommandPath(parsed)} --help)");
            return BadInput;
        }

        try
        {
            // Commands listen to Ctrl-C themselves; the library would end the program two seconds after one.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("heed: stopped");
            return Failed;
        }
#pragma warning disable CA1031 // The last line of defence: a user never sees a stack trace unless asked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (StandardOutput.IsClosed(exception))
            {
                return 0; // the reader, head for example, has seen enough
            }

            Console.Error.WriteLine($"heed: {ErrorMessage.Of(exception)}");
            if (Environment.GetEnvironmentVariable("HEED_TRACE") == "1")
            {
                Console.Error.WriteLine(exception);
            }

            return ErrorMessage.IsBadInput(exception) ? BadInput : Failed;
        }
    }
}
