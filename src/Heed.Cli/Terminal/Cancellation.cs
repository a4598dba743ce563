using System.Runtime.InteropServices;

namespace Heed.Cli.Terminal;

/// <summary>Turns the first Ctrl-C (or SIGTERM) into a request to stop cleanly; the second one ends the program at once.</summary>
internal sealed class Cancellation : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly string notice;

    public Cancellation(string notice)
    {
        this.notice = notice;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        if (!source.IsCancellationRequested)
        {
            signal.Cancel = true;
            Console.Error.WriteLine();
            Console.Error.WriteLine(notice);
            source.Cancel();
        }
    }
}
