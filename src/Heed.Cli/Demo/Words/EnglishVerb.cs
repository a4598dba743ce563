namespace Heed.Cli.Demo.Words;

/// <summary>An English verb, perhaps with a particle: "turn on".</summary>
internal sealed record EnglishVerb(string Base, string Particle, string Past)
{
    public string Third => EnglishSpelling.AddS(Base);

    public string Ing => EnglishSpelling.AddIng(Base);

    /// <summary>Reads "read, read" or "turn on, turned".</summary>
    public static EnglishVerb Parse(string entry)
    {
        var parts = entry.Split(", ");
        return parts[0].Split(' ') is [var verb, var particle] ? new(verb, particle, parts[1]) : new(parts[0], "", parts[1]);
    }
}
