using Heed.Cli.Demo.Words;

namespace Heed.Cli.Tests.Demo.Words;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("dog", "dogs")]
    [InlineData("fox", "foxes")]
    [InlineData("bus", "buses")]
    [InlineData("story", "stories")]
    [InlineData("key", "keys")]
    [InlineData("wash", "washes")]
    [InlineData("watch", "watches")]
    [InlineData("laugh", "laughs")]
    [InlineData("go", "goes")]
    [InlineData("carry", "carries")]
    public void English_s_is_spelled(string word, string expected) => Assert.Equal(expected, EnglishSpelling.AddS(word));

    [Theory]
    [InlineData("open", "opening")]
    [InlineData("write", "writing")]
    [InlineData("see", "seeing")]
    [InlineData("lie", "lying")]
    [InlineData("sit", "sitting")]
    [InlineData("swim", "swimming")]
    [InlineData("get", "getting")]
    [InlineData("eat", "eating")]
    [InlineData("show", "showing")]
    [InlineData("buy", "buying")]
    [InlineData("answer", "answering")]
    public void English_ing_is_spelled(string verb, string expected) => Assert.Equal(expected, EnglishSpelling.AddIng(verb));

    [Theory]
    [InlineData("chat", "chats")]
    [InlineData("souris", "souris")]
    [InlineData("vieux", "vieux")]
    [InlineData("gâteau", "gâteaux")]
    [InlineData("cheval", "chevaux")]
    public void French_plurals_are_spelled(string word, string expected) => Assert.Equal(expected, FrenchSpelling.Plural(word));

    [Theory]
    [InlineData("je ouvre le œuf", "j'ouvre l'œuf")]
    [InlineData("il ne a pas de eau", "il n'a pas d'eau")]
    [InlineData("parce que elle se endort", "parce qu'elle s'endort")]
    [InlineData("le homme qui arrive", "l'homme qui arrive")]
    [InlineData("la école que tu vois", "l'école que tu vois")]
    public void French_elides_before_a_vowel(string text, string expected) => Assert.Equal(expected, FrenchSpelling.Elide(text));
}
