namespace Heed.Models.Generation;

/// <summary>Watches the tokens of one output for circles and for the lack of anything new. Its cost for a token does not grow with the output.</summary>
internal sealed class LoopGuard(LoopGuardOptions options)
{
    private const int RunLength = 4;

    private readonly List<int> tokens = [];
    private readonly int[] matches = new int[options.MaxPeriod + 1]; // by period: how many last tokens equal the one a period before
    private readonly Dictionary<(int, int, int, int), int> runs = [];

    /// <summary>The length of the circle that was found, or null.</summary>
    public int? Period { get; private set; }

    /// <summary>Takes the next token.</summary>
    /// <returns><see cref="FinishReason.Loop"/>, <see cref="FinishReason.Runaway"/>, or null if all is well.</returns>
    public FinishReason? Add(int token)
    {
        tokens.Add(token);
        Period = FindPeriod();
        return Period is not null ? FinishReason.Loop : RunsAway() ? FinishReason.Runaway : null;
    }

    private int? FindPeriod()
    {
        int? found = null;
        for (int period = 1; period <= options.MaxPeriod && period < tokens.Count; period++)
        {
            matches[period] = tokens[^1] == tokens[^(period + 1)] ? matches[period] + 1 : 0;
            if (found is null && matches[period] + period >= Math.Max(options.MinTokens, period * options.MinRepeats))
            {
                found = period;
            }
        }

        return found;
    }

    private bool RunsAway()
    {
        if (tokens.Count < RunLength)
        {
            return false;
        }

        Count(tokens.Count - RunLength, 1);
        int runsInWindow = options.Window - RunLength + 1;
        int oldest = tokens.Count - options.Window - 1;
        if (oldest >= 0)
        {
            Count(oldest, -1);
        }

        return oldest >= -1 && runs.Count < options.MinDistinct * runsInWindow;
    }

    private void Count(int start, int change)
    {
        (int, int, int, int) run = (tokens[start], tokens[start + 1], tokens[start + 2], tokens[start + 3]);
        int count = runs.GetValueOrDefault(run) + change;
        if (count == 0)
        {
            runs.Remove(run);
        }
        else
        {
            runs[run] = count;
        }
    }
}
