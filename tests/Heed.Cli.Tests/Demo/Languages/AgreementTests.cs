using Heed.Cli.Demo.Languages;
using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Sampling;
using Heed.Cli.Demo.Words;
using Heed.Tensors.Random;
using System.Text.RegularExpressions;

namespace Heed.Cli.Tests.Demo.Languages;

/// <summary>Properties that hold of every sentence, checked on the words alone and by rules written down a second time here.</summary>
public sealed partial class AgreementTests
{
    private const int Seed = 20_240;

    private static readonly IReadOnlyList<Sentence> Meanings = Draw(10_000);
    private static readonly HashSet<string> Adjectival =
        [.. Adjectives.All.SelectMany(adjective => new[] { "", "e", "er", "es", "en", "em" }.Select(ending => adjective.German.TrimEnd('e') + ending))];

    [Fact]
    public void A_sentence_has_one_translation_into_the_next_language()
    {
        var (fromGerman, fromEnglish) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        var sampler = new SentenceSampler(new SeededRandom(Seed + 1));
        for (var i = 0; i < 50_000; i++)
        {
            var meaning = sampler.Next();
            var (german, english, french) = (German.Realise(meaning), English.Realise(meaning), French.Realise(meaning));
            Assert.True(fromGerman.TryAdd(german, english) || fromGerman[german] == english, $"\"{german}\" is both \"{fromGerman[german]}\" and \"{english}\"");
            Assert.True(fromEnglish.TryAdd(english, french) || fromEnglish[english] == french, $"\"{english}\" is both \"{fromEnglish[english]}\" and \"{french}\"");
        }
    }

    [Fact]
    public void Sentences_are_spaced_and_closed()
    {
        foreach (var meaning in Meanings)
        {
            AssertMatches(SpacedAndClosed(), German.Realise(meaning));
            AssertMatches(SpacedAndClosed(), English.Realise(meaning));
            AssertMatches(FrenchSpacedAndClosed(), French.Realise(meaning));
        }
    }

    [Fact]
    public void Only_a_question_may_start_with_a_small_letter()
    {
        foreach (var meaning in Meanings)
        {
            string[] wordings = [German.Realise(meaning), English.Realise(meaning), French.Realise(meaning)];
            Assert.All(wordings, text => Assert.Equal(meaning.IsLowerCase, char.IsLower(text[0])));
            Assert.True(meaning.IsQuestion || !meaning.IsLowerCase);
        }
    }

    [Fact]
    public void German_articles_agree_with_their_nouns()
    {
        string[] der = ["der", "den", "dem", "im"], die = ["die", "der"], das = ["das", "dem", "im", "ins"], plural = ["die", "den"];
        string[] ein = ["dies", "ein", "kein", "mein", "dein"];
        var allowed = new Dictionary<string, HashSet<string>>();
        // A noun that needs no article may follow a relative pronoun: "die Männer, die Kaffee trinken".
        foreach (var noun in Nouns.All.Where(noun => !noun.Kind.HasFlag(Kind.Mass)).Select(noun => noun.German))
        {
            var (articles, endings) = noun.Gender switch
            {
                Gender.Masculine => (der, new[] { "", "er", "en", "em" }),
                Gender.Feminine => (die, ["e", "er"]),
                _ => (das, ["", "es", "em"]),
            };
            Allow(noun.Singular, articles, endings);
            Allow(noun.Oblique, articles, endings);
            if (noun.Plural is { } many)
            {
                Allow(many, plural, ["e", "en"]);
                Allow(noun.Form(Number.Plural, Case.Dative), plural, ["e", "en"]);
            }
        }

        foreach (var (article, noun, text) in Meanings.Select(German.Realise).SelectMany(ArticlesAndNouns))
        {
            Assert.True(article is null || allowed[noun].Contains(article), $"\"{article} ... {noun}\" in: {text}");
        }

        void Allow(string form, string[] articles, string[] endings)
        {
            allowed.TryAdd(form, []);
            allowed[form].UnionWith([.. articles, .. ein.SelectMany(stem => endings.Select(ending => stem + ending))]);
        }

        // The word before a noun and its adjectives, where it is an article.
        IEnumerable<(string? Article, string Noun, string Text)> ArticlesAndNouns(string text)
        {
            var words = Word().Matches(text).Select(match => match.Value).ToList();
            for (var i = 1; i < words.Count; i++)
            {
                if (allowed.ContainsKey(words[i]))
                {
                    var before = Adjectival.Contains(words[i - 1].ToLowerInvariant()) && i > 1 ? words[i - 2] : words[i - 1];
                    yield return (GermanArticle().IsMatch(before) ? before.ToLowerInvariant() : null, words[i], text);
                }
            }
        }
    }

    [Fact]
    public void English_articles_agree_with_what_follows()
    {
        foreach (var text in Meanings.Select(English.Realise))
        {
            Assert.DoesNotMatch(WrongEnglishArticle(), text);
        }
    }

    [Fact]
    public void English_this_and_these_agree_with_their_nouns()
    {
        var adjectives = Adjectives.All.Select(adjective => adjective.English).ToHashSet();
        var singular = Nouns.All.Select(noun => noun.English.Singular).ToHashSet();
        var plural = Nouns.All.Select(noun => noun.English.Plural).ToHashSet();

        foreach (var words in Meanings.Select(meaning => Word().Matches(English.Realise(meaning)).Select(match => match.Value).ToList()))
        {
            for (var i = 0; i < words.Count - 1; i++)
            {
                if (words[i].ToLowerInvariant() is "this" or "these")
                {
                    var noun = adjectives.Contains(words[i + 1]) ? words[i + 2] : words[i + 1];
                    Assert.Contains(noun, words[i].Length == "this".Length ? singular : plural);
                }
            }
        }
    }

    [Fact]
    public void French_articles_agree_with_their_nouns()
    {
        var nouns = Nouns.All.Select(noun => noun.French)
            .Where(noun => noun.Plural != noun.Singular) // "la souris" and "les souris" cannot be told apart here
            .SelectMany(noun => new[] { (Form: noun.Singular, noun.Gender, IsPlural: false), (Form: noun.Plural, noun.Gender, IsPlural: true) })
            .ToDictionary(noun => noun.Form);

        foreach (var text in Meanings.Select(French.Realise))
        {
            foreach (var match in FrenchArticleAndNoun().Matches(text).Where(match => nouns.ContainsKey(match.Groups["noun"].Value)))
            {
                var (_, gender, isPlural) = nouns[match.Groups["noun"].Value];
                var article = match.Groups["article"].Value.ToLowerInvariant();
                var expected = isPlural ? "les ces mes tes des aux"
                    : gender == Gender.Feminine ? "la une cette ma ta"
                    : "le un ce cet mon ton du au";
                var startsWithVowel = "aeiouéèêœh".Contains(match.Groups["noun"].Value[0]);
                if (startsWithVowel && !isPlural)
                {
                    expected = gender == Gender.Feminine ? "une cette mon ton" : "un cet mon ton";
                }

                Assert.True(expected.Split(' ').Contains(article), $"\"{article} {match.Groups["noun"].Value}\" in: {text}");
            }
        }
    }

    [Fact]
    public void French_always_elides_and_contracts()
    {
        foreach (var text in Meanings.Select(French.Realise))
        {
            Assert.DoesNotMatch(MissingElision(), text);
            Assert.DoesNotMatch(MissingContraction(), text);
        }
    }

    private static List<Sentence> Draw(int count)
    {
        var sampler = new SentenceSampler(new SeededRandom(Seed));
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Next())];
    }

    private static void AssertMatches(Regex pattern, string text) => Assert.True(pattern.IsMatch(text), $"not well formed: \"{text}\"");

    [GeneratedRegex(@"^(\w+,?[ ])*\w+[.?]$")]
    private static partial Regex SpacedAndClosed();

    [GeneratedRegex(@"^([\w'-]+,?[ ])*[\w'-]+(\.|[ ]\?)$")]
    private static partial Regex FrenchSpacedAndClosed();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(d(er|ie|as|en|em)|im|ins|(dies|k?ein|mein|dein)(e[rsnm]?)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex GermanArticle();

    [GeneratedRegex(@"\ba [aeiou]|\ban [^aeiou]", RegexOptions.IgnoreCase)]
    private static partial Regex WrongEnglishArticle();

    [GeneratedRegex(@"\b(?<article>le|la|les|un|une|ce|cet|cette|ces|mon|ma|mes|ton|ta|tes|du|des|au|aux) (?<noun>\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex FrenchArticleAndNoun();

    [GeneratedRegex(@"(?<![\w-])(je|me|te|se|le|la|de|ne|que) [aeiouhàâéèêîôûœ]", RegexOptions.IgnoreCase)]
    private static partial Regex MissingElision();

    // "de le chercher" is right: there "le" is a pronoun, and an infinitive follows.
    [GeneratedRegex(@"\b(de|à) (le|les) (?!\w+(er|ir|re)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex MissingContraction();
}
