using Heed.Cli.Demo.Meaning;
using static Heed.Cli.Demo.Meaning.Kind;

namespace Heed.Cli.Demo.Words;

/// <summary>The adjectives of the demo.</summary>
internal static class Adjectives
{
    private const Kind Solid = Openable | Ware | Vehicle | Surface;

    public static readonly IReadOnlyList<Adjective> All =
    [
        Of("klein", "small", "petit, petite~", Animal | Solid | Location),
        Of("groß", "big", "grand, grande~", Animal | Solid | Location | Shelter),
        Of("alt", "old", "vieux, vieille, vieil~", Adult | Animal | Solid | Location | Writing),
        Of("jung", "young", "jeune~", Human | Animal),
        Of("neu", "new", "neuf, neuve", Solid),
        Of("schön", "beautiful", "beau, belle, bel~", Solid | Location | Writing),
        Of("lang", "long", "long, longue~", Writing),
        Of("rot", "red", "rouge", Solid),
        Of("grün", "green", "vert, verte", Solid),
        Of("schwarz", "black", "noir, noire", Animal | Solid),
        Of("weiß", "white", "blanc, blanche", Animal | Solid),
        Of("müde", "tired", "fatigué, fatiguée", Human | Animal),
        Of("traurig", "sad", "triste", Human),
        Of("glücklich", "happy", "heureux, heureuse", Human),
        Of("interessant", "interesting", "intéressant, intéressante", Writing | Reading),
        Of("schwierig", "difficult", "difficile", Writing),
        Of("krank", "sick", "malade", Human | Animal),
    ];

    private static Adjective Of(string german, string english, string french, Kind kind) =>
        new(german, english, FrenchAdjective.Parse(french), kind);
}
