using System.Runtime.InteropServices;

namespace Heed.Cli.Chat;

/// <summary>Turns Ctrl-C into the end of the present answer. Where there is none, the first one says how to leave and the second one leaves.</summary>
internal sealed class AnswerInterrupt : IDisposable
{
    private readonly Lock gate = new();
    private readonly PosixSignalRegistration registration;
    private CancellationTokenSource? answer;
    private bool wasTold;

    public AnswerInterrupt() => registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

    /// <summary>Begins an answer.</summary>
    /// <returns>What is cancelled when somebody has heard enough; disposed of by the caller with <see cref="End"/>.</returns>
    public CancellationToken Begin()
    {
        lock (gate)
        {
            wasTold = false;
            answer = new CancellationTokenSource();
            return answer.Token;
        }
    }

    /// <summary>Ends an answer.</summary>
    public void End()
    {
        lock (gate)
        {
            answer?.Dispose();
            answer = null;
        }
    }

    public void Dispose()
    {
        registration.Dispose();
        End();
    }

    private void Stop(PosixSignalContext signal)
    {
        lock (gate)
        {
            if (answer is not null)
            {
                signal.Cancel = true;
                answer.Cancel();
            }
            else if (!wasTold)
            {
                signal.Cancel = true;
                wasTold = true;
                Console.Error.Write("\n(/quit, Ctrl-D or Ctrl-C once more ends the program)\n> ");
            }
        }
    }
}
