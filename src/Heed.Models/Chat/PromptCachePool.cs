using Heed.Models.Causal;

namespace Heed.Models.Chat;

/// <summary>Remembers what was read of the last few conversations, so that the next turn of one reads only what is new. Safe for threads.</summary>
/// <param name="capacity">How many conversations; 0 remembers nothing.</param>
internal sealed class PromptCachePool(int capacity)
{
    private readonly Lock gate = new();
    private readonly List<PromptCache> recent = []; // the latest first

    /// <summary>What is known of the beginning of a prompt: the cache that shares the most with it; null if none shares anything.</summary>
    public PromptCache? Find(ReadOnlySpan<int> prompt)
    {
        lock (gate)
        {
            PromptCache? best = null;
            int longest = 0;
            foreach (PromptCache cache in recent)
            {
                int common = cache.CommonLength(prompt);
                if (common > longest)
                {
                    (best, longest) = (cache, common);
                }
            }

            return best;
        }
    }

    /// <summary>Remembers a conversation, in place of its own beginning.</summary>
    public void Add(PromptCache cache)
    {
        if (capacity == 0)
        {
            return;
        }

        lock (gate)
        {
            recent.RemoveAll(old => old.CommonLength(cache.Tokens.AsSpan()) == old.Tokens.Length);
            recent.Insert(0, cache);
            if (recent.Count > capacity)
            {
                recent.RemoveAt(capacity);
            }
        }
    }
}
