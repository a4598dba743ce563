using Heed.Text.Templates.Values;

namespace Heed.Text.Templates.Nodes;

/// <summary>What a value is given to.</summary>
internal abstract class Target
{
    public abstract void Assign(Scope scope, object? value);
}

/// <summary>A name of the scope.</summary>
internal sealed class NameTarget(string name) : Target
{
    public override void Assign(Scope scope, object? value) => scope.Set(name, value);
}

/// <summary>A part of a namespace.</summary>
internal sealed class MemberTarget(string owner, string name) : Target
{
    public override void Assign(Scope scope, object? value)
    {
        object? space = scope.Get(owner);
        NamespaceValue target = space as NamespaceValue ?? throw scope.Context.Error($"only a part of a namespace can be set, and \"{owner}\" is {TemplateValue.KindOf(space)}");
        target.Values[name] = value;
    }
}

/// <summary>Several, which get one entry each.</summary>
internal sealed class SeveralTargets(IReadOnlyList<Target> targets) : Target
{
    public override void Assign(Scope scope, object? value)
    {
        List<object?> entries = scope.Context.Entries(value);
        if (entries.Count != targets.Count)
        {
            throw scope.Context.Error($"{entries.Count} entries are given to {targets.Count} names");
        }

        for (int i = 0; i < targets.Count; i++)
        {
            targets[i].Assign(scope, entries[i]);
        }
    }
}
