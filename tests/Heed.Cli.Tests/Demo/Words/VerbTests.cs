using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Words;

namespace Heed.Cli.Tests.Demo.Words;

public sealed class VerbTests
{
    [Theory]
    [InlineData("auf|machen, macht, hat gemacht", "mache machst macht machen machen", "aufmachen", "aufzumachen", "aufgemacht")]
    [InlineData("lesen, liest, hat gelesen", "lese liest liest lesen lesen", "lesen", "zu lesen", "gelesen")]
    [InlineData("ein|laden, lädt, hat geladen", "lade lädst lädt laden laden", "einladen", "einzuladen", "eingeladen")]
    [InlineData("waschen, wäscht, hat gewaschen", "wasche wäschst wäscht waschen waschen", "waschen", "zu waschen", "gewaschen")]
    [InlineData("antworten, antwortet, hat geantwortet", "antworte antwortest antwortet antworten antworten", "antworten", "zu antworten", "geantwortet")]
    [InlineData("füttern, füttert, hat gefüttert", "füttere fütterst füttert füttern füttern", "füttern", "zu füttern", "gefüttert")]
    [InlineData("sitzen, sitzt, hat gesessen, saß", "sitze sitzt sitzt sitzen sitzen", "sitzen", "zu sitzen", "gesessen")]
    public void German_forms_follow_from_the_principal_parts(string entry, string present, string infinitive, string zu, string participle)
    {
        var verb = GermanVerb.Parse(entry);

        Assert.Equal(present.Split(' '), verb.Present);
        Assert.Equal((infinitive, zu, participle), (verb.Infinitive, verb.ZuInfinitive, verb.Participle));
    }

    [Theory]
    [InlineData("sitzen, sitzt, hat gesessen, saß", "saß", "saßen")]
    [InlineData("warten, wartet, hat gewartet, wartete", "wartete", "warteten")]
    public void The_german_preterite_has_a_plural(string entry, string singular, string plural)
    {
        var verb = GermanVerb.Parse(entry);

        Assert.Equal((singular, plural), (verb.PreteriteForm(Person.Third), verb.PreteriteForm(Person.They)));
    }

    [Theory]
    [InlineData("fermer, a fermé", "ferme fermes ferme fermons ferment", "fermait")]
    [InlineData("manger, a mangé", "mange manges mange mangeons mangent", "mangeait")]
    [InlineData("commencer, a commencé", "commence commences commence commençons commencent", "commençait")]
    [InlineData("acheter, achèt-, a acheté", "achète achètes achète achetons achètent", "achetait")]
    [InlineData("jeter, jett-, a jeté", "jette jettes jette jetons jettent", "jetait")]
    [InlineData("dormir, dors dors dort dormons dorment, a dormi", "dors dors dort dormons dorment", "dormait")]
    [InlineData("être, suis es est sommes sont, a été", "suis es est sommes sont", "était")]
    public void French_forms_follow_from_the_principal_parts(string entry, string present, string imperfect)
    {
        var verb = FrenchVerb.Parse(entry);

        Assert.Equal(present.Split(' '), verb.Present);
        Assert.Equal(imperfect, verb.Imperfect(Person.Third));
    }

    [Theory]
    [InlineData("se lever, lèv-, est levé", "lever")]
    [InlineData("s'endormir, endors endors endort endormons endorment, est endormi", "endormir")]
    public void A_reflexive_french_verb_is_known_by_its_infinitive(string entry, string infinitive)
    {
        var verb = FrenchVerb.Parse(entry);

        Assert.True(verb is { IsReflexive: true, TakesEtre: true });
        Assert.Equal(infinitive, verb.Infinitive);
    }

    [Fact]
    public void A_french_participle_agrees()
    {
        var read = FrenchVerb.Parse("lire, lis lis lit lisons lisent, a lu");
        var taken = FrenchVerb.Parse("comprendre, comprends comprends comprend comprenons comprennent, a compris");

        Assert.Equal(["lu", "lue", "lus", "lues"], Forms(read));
        Assert.Equal(["compris", "comprise", "compris", "comprises"], Forms(taken));
    }

    private static string[] Forms(FrenchVerb verb) =>
        [.. from number in new[] { Number.Singular, Number.Plural }
            from gender in new[] { Gender.Masculine, Gender.Feminine }
            select verb.ParticipleForm(gender, number)];
}
