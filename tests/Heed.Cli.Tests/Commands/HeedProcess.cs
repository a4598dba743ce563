using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Heed.Cli.Tests.Commands;

/// <summary>Runs <c>heed</c> as a process of its own, where standard input, signals or a shell matter.</summary>
internal static class HeedProcess
{
    private const int SigInt = 2;

    private static readonly Lazy<bool> CanResetSignals = new(FindSignalReset);

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
        Assert.SkipUnless(File.Exists("/bin/sh"), "the command is a line for /bin/sh, which this system does not have");
        using Process process = Start("/bin/sh", ["-c", line]);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>
    /// Starts <c>heed</c> so that SIGINT reaches it. A shell starts the background jobs of a script with SIGINT ignored, and children inherit
    /// that; <c>env</c> of the GNU core utilities gives the signal its default back.
    /// </summary>
    public static Process StartInterruptible(string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "presses Ctrl-C by sending SIGINT, which Windows does not have");
        return CanResetSignals.Value ? Start("env", ["--default-signal=INT", Executable, .. arguments]) : Start(Executable, arguments);
    }

    /// <summary>Presses Ctrl-C: sends SIGINT to a process of <see cref="StartInterruptible"/>.</summary>
    public static void Interrupt(Process process) => Assert.Equal(0, Kill(process.Id, SigInt));

    /// <summary>Waits until an interrupted process has ended; kills it and fails when that takes more than a minute.</summary>
    public static async Task WaitForEnd(Process process)
    {
        TimeSpan limit = TimeSpan.FromMinutes(1);
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"heed still ran {limit.TotalSeconds} seconds after it was sent SIGINT (which it ignores where the tests run as a script's background job and env cannot reset signals)");
        }
    }

    private static bool FindSignalReset()
    {
        try
        {
            using Process process = Start("env", ["--default-signal=INT", "true"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // there is no env
        }
    }

    /// <summary>Starts a program with all its streams redirected.</summary>
    public static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HEED"] = Executable;
        return Process.Start(start)!;
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
