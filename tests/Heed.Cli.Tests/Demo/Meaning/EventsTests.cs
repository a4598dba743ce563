using Heed.Cli.Demo.Meaning;
using Heed.Cli.Demo.Sampling;
using static Heed.Cli.Tests.Demo.Lexicon;

namespace Heed.Cli.Tests.Demo.Meaning;

public sealed class EventsTests
{
    [Fact]
    public void Each_verb_of_a_sentence_is_an_event_with_its_own_actor()
    {
        Assert.Equal(["you help I", "I translate sentence"], Events.Of(Showcase.Request));
        Assert.Equal(["cat jump", "cat sit mat", "mat be dog"], Events.Of(Showcase.Nested));
    }

    [Fact]
    public void Tense_number_and_article_do_not_make_another_event()
    {
        var one = Now(The("teacher"), Do("open", A("door"))).Told();
        var other = Did(My("teacher").Many(), Do("open", This("door").Many())).Not().Told();

        Assert.Equal(Events.Of(one), Events.Of(other));
    }

    [Fact]
    public void Content_words_are_told_apart_from_small_words()
    {
        var sentence = Did(The("woman").Being("old"), Do("give", The("apple")).To(Pronoun.I)).Told();

        Assert.Equal(["apple", "give", "old", "woman"], Events.ContentWords(sentence).Order(StringComparer.Ordinal));
    }
}
