using System.Diagnostics;

namespace Heed.Cli.Tests.Commands;

/// <summary>Runs <c>heed</c> as a process of its own, where standard input, signals or a shell matter.</summary>
internal static class HeedProcess
{
    /// <summary>The built executable.</summary>
    public static string Executable => Path.Combine(AppContext.BaseDirectory, "heed");

    /// <summary>Runs a command line to its end, with bytes as its standard input.</summary>
    public static async Task<CommandResult> Run(byte[] input, params string[] arguments)
    {
        using Process process = Start(Executable, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process ended without reading all of it.
        }

        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Runs a line of shell in which <c>"$HEED"</c> is the executable.</summary>
    public static async Task<CommandResult> Shell(string line)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs a shell");
        using Process process = Start("/bin/sh", ["-c", line]);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts a program with all its streams redirected.</summary>
    public static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HEED"] = Executable;
        return Process.Start(start)!;
    }
}
