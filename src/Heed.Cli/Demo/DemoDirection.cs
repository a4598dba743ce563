namespace Heed.Cli.Demo;

/// <summary>A direction of translation the demo's grammar can write.</summary>
public enum DemoDirection
{
    /// <summary>German source, English target.</summary>
    GermanToEnglish,

    /// <summary>English source, French target.</summary>
    EnglishToFrench,
}
