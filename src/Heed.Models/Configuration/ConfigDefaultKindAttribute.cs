namespace Heed.Models.Configuration;

/// <summary>Says which kind of a polymorphic configuration section is meant where its discriminator key is left out.</summary>
/// <param name="kind">One of the base type's discriminators.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConfigDefaultKindAttribute(string kind) : Attribute
{
    /// <summary>The discriminator.</summary>
    public string Kind { get; } = kind;
}
