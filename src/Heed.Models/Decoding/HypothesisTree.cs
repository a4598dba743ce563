namespace Heed.Models.Decoding;

/// <summary>All prefixes that a search has seen. A hypothesis is a node; hypotheses that begin alike share their beginning.</summary>
internal sealed class HypothesisTree
{
    /// <summary>The empty prefix.</summary>
    public const int Root = -1;

    private readonly List<Node> nodes = [];

    private readonly record struct Node(int Parent, int Token, double LogProbability);

    /// <summary>Adds a continuation.</summary>
    /// <param name="parent">The prefix that is continued.</param>
    /// <param name="token">The token that it adds.</param>
    /// <param name="logProbability">The token's own log-probability.</param>
    public int Add(int parent, int token, double logProbability)
    {
        nodes.Add(new Node(parent, token, logProbability));
        return nodes.Count - 1;
    }

    /// <summary>The tokens of a prefix.</summary>
    public int[] TokensOf(int node)
    {
        var tokens = new List<int>();
        for (; node != Root; node = nodes[node].Parent)
        {
            tokens.Add(nodes[node].Token);
        }

        tokens.Reverse();
        return [.. tokens];
    }

    /// <summary>The prefix as a result.</summary>
    public Hypothesis ToHypothesis(int node, double logProbability, double score, bool isFinished)
    {
        int[] tokens = TokensOf(node);
        var logProbabilities = new double[tokens.Length];
        for (int place = tokens.Length - 1; place >= 0; node = nodes[node].Parent)
        {
            logProbabilities[place--] = nodes[node].LogProbability;
        }

        return new Hypothesis([.. tokens], [.. logProbabilities], logProbability, score, isFinished);
    }
}
