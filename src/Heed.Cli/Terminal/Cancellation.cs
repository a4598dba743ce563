namespace Heed.Cli.Terminal;

/// <summary>Turns the first Ctrl-C into a request to stop cleanly; the second one ends the program at once.</summary>
internal sealed class Cancellation : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly ConsoleCancelEventHandler handler;

    public Cancellation(string notice)
    {
        handler = (_, pressed) =>
        {
            if (!source.IsCancellationRequested)
            {
                pressed.Cancel = true;
                Console.Error.WriteLine();
                Console.Error.WriteLine(notice);
                source.Cancel();
            }
        };
        Console.CancelKeyPress += handler;
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= handler;
        source.Dispose();
    }
}
