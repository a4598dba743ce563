using Heed.Models.Seq2Seq;
using Heed.Tensors.Random;
using Heed.Testing;
using Heed.Training.Compare.Tasks;
using Heed.Training.Data;

namespace Heed.Training.Tests.Compare;

public sealed class TaskTests
{
    public static TheoryData<SequenceTask> Tasks =>
    [
        new AgreementTask { LongestTrained = 3, Measured = [0, 5] },
        new NamedSubjectTask(nouns: 16) { LongestTrained = 4, Measured = [0, 12] },
        new NamedSubjectTask(NamedSubjectTask.MostNouns) { LongestTrained = 4, Measured = [0, 12] },
        new RecallTask { Labels = 24, LongestTrained = 8, Measured = [1, 20] },
        new CopyTask { LongestTrained = 8, Measured = [1, 20] },
    ];

    [Fact]
    public void The_verb_agrees_with_the_first_noun_and_every_clause_with_its_own()
    {
        int seed = RandomTensor.FreshSeed();
        var random = new SeededRandom((ulong)seed);
        var numbers = new HashSet<bool>();
        for (int i = 0; i < 300; i++)
        {
            (string[] words, string verb) = AgreementTask.Words(random, clauses: i % 6);
            bool plural = false;
            int auxiliaries = 0;
            for (int w = 0; w < words.Length - 2; w++)
            {
                if (words[w] is "was" or "were")
                {
                    string noun = words[w - 2] == "," ? words[w - 3] : words[w - 2]; // "... noun , which were" or "noun that was"
                    Assert.True(IsPlural(noun) == (words[w] == "were"), $"seed {seed}: {string.Join(' ', words)}");
                    auxiliaries++;
                }
            }

            plural = IsPlural(words[1] is "small" or "old" or "black" or "happy" or "quiet" ? words[2] : words[1]);
            Assert.Equal(i % 6, auxiliaries);
            Assert.Equal(plural ? words[^1] : words[^1] + "s", verb);
            numbers.Add(plural);
        }

        Assert.Equal(2, numbers.Count);

        static bool IsPlural(string noun) => noun.EndsWith('s');
    }

    [Fact]
    public void The_verb_agrees_with_the_number_that_its_subject_was_mentioned_in()
    {
        int seed = RandomTensor.FreshSeed();
        var random = new SeededRandom((ulong)seed);
        var numbers = new HashSet<string>();
        for (int i = 0; i < 300; i++)
        {
            int nouns = 4 + random.Next(NamedSubjectTask.MostNouns - 3);
            int clauses = random.Next(NamedSubjectTask.MostClauses(nouns) + 1);
            (string[] words, string[] answer) = new NamedSubjectTask(nouns) { LongestTrained = 0, Measured = [] }.Words(random, clauses);
            string sentence = $"seed {seed}: {string.Join(' ', words)} / {string.Join(' ', answer)}";
            int mention = Assert.Single(Enumerable.Range(0, words.Length - 3), w => words[w] == words[^2]);
            Assert.True(words[(mention + 1)..].Count(word => word == "stood") == clauses, sentence);
            Assert.True(words[mention - 1] is "this" or "these", sentence);
            Assert.True(answer.SequenceEqual(["the", words[^2], words[mention - 1] == "these" ? words[^1] : words[^1] + "s"]), sentence);
            numbers.Add(words[mention - 1]);
        }

        Assert.Equal(2, numbers.Count);
    }

    [Fact]
    public void The_answer_is_the_value_of_the_item_with_the_label_that_is_asked_for()
    {
        int seed = RandomTensor.FreshSeed();
        var random = new SeededRandom((ulong)seed);
        int labels = 2 + random.Next(100);
        var task = new RecallTask { Labels = labels, LongestTrained = 4, Measured = [4] };
        for (int round = 0; round < 100; round++)
        {
            (int[] source, int[] target) = task.Draw(random, 30);
            int label = source[^1] - 4 - (labels * 4);
            int[] items = [.. source[..^1].Select(token => token - 4)];
            int asked = Assert.Single(Enumerable.Range(0, items.Length), i => items[i] / 4 == label);
            Assert.Equal(30, items.Length - 1 - asked);
            Assert.Equal([source[^1], 4 + (labels * 5) + (items[asked] % 4)], target);
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_token_is_in_the_vocabulary_and_no_sequence_longer_than_promised(SequenceTask task)
    {
        var random = new SeededRandom(2);
        for (int i = 0; i < 200; i++)
        {
            (int[] source, int[] target) = task.Draw(random, task.LongestTrained);
            Assert.All(source.Concat(target), token => Assert.InRange(token, 4, task.VocabSize - 1));
            Assert.True(source.Length < task.LongestSequence());
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Batches_depend_on_seed_and_number_alone(SequenceTask task)
    {
        TokenBatch[] Read(ulong seed, int start) => [.. new TaskBatches(task, 4, seed).Read(new DataPosition(0, start)).Take(3).Select(batch => batch.Batch)];
        Assert.Equal(Read(1, 0)[2].SourceIds, Read(1, 2)[0].SourceIds);
        Assert.NotEqual(Read(1, 0)[0].SourceIds, Read(1, 0)[1].SourceIds);
        Assert.NotEqual(Read(1, 0)[0].SourceIds, Read(2, 0)[0].SourceIds);
    }
}
