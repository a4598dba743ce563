namespace Heed.Models.Pretrained;

/// <summary>The names and layouts of a family's tensors in one format. The first rule that fits a parameter counts.</summary>
internal sealed class TensorRules
{
    private readonly List<TensorRule> rules = [];

    /// <summary>Turns a name as some file writes it into the one that the rules know, or null for a tensor that is no parameter.</summary>
    public Func<string, string?> Canonical { get; init; } = name => name;

    /// <summary>The foreign name of a parameter that no rule fits.</summary>
    public Func<string, string> Otherwise { get; init; } = own => own;

    public void Add(string foreign, string own, TensorLayout? layout = null) => rules.Add(new TensorRule(foreign, own, layout));

    /// <summary>The foreign name and layout of a parameter; that of <see cref="Otherwise"/> where no rule fits.</summary>
    public (string Name, TensorLayout? Layout) Find(string own)
    {
        foreach (TensorRule rule in rules)
        {
            if (rule.ToForeign(own) is { } foreign)
            {
                return (foreign, rule.Layout);
            }
        }

        return (Otherwise(own), null);
    }
}
