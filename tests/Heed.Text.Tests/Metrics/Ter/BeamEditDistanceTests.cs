using Heed.Text.Metrics.Ter;

namespace Heed.Text.Tests.Metrics.Ter;

public sealed class BeamEditDistanceTests
{
    [Fact]
    public void Within_the_beam_it_is_the_edit_distance()
    {
        var random = new Random(20240611);
        var distance = new BeamEditDistance();
        for (int trial = 0; trial < 500; trial++)
        {
            int[] hypothesis = Words(random, 20), reference = [1, .. Words(random, 19)];

            Assert.Equal(Levenshtein(hypothesis, reference), distance.Align(hypothesis, reference));
        }
    }

    [Fact]
    public void A_reordering_costs_the_same_when_its_first_rows_are_not_computed_again()
    {
        var random = new Random(20240612);
        var reused = new BeamEditDistance();
        var fresh = new BeamEditDistance();
        for (int trial = 0; trial < 500; trial++)
        {
            int[] hypothesis = [1, .. Words(random, 80)], reference = [1, .. Words(random, 120)];
            reused.Align(hypothesis, reference);
            int same = random.Next(hypothesis.Length + 1);
            int[] reordered = [.. hypothesis];
            random.Shuffle(reordered.AsSpan(same));

            Assert.Equal(fresh.Align(reordered, reference), reused.Distance(reordered, same));
        }
    }

    [Fact]
    public void The_trace_leads_from_one_to_the_other_at_the_cost_of_the_distance()
    {
        var random = new Random(20240613);
        var distance = new BeamEditDistance();
        for (int trial = 0; trial < 200; trial++)
        {
            int[] hypothesis = Words(random, 60), reference = [1, .. Words(random, 60)];
            int expected = distance.Align(hypothesis, reference);

            int cost = 0;
            for (int i = hypothesis.Length, j = reference.Length; i > 0 || j > 0;)
            {
                EditOperation operation = distance.OperationAt(i, j);
                i -= operation == EditOperation.Insert ? 0 : 1;
                j -= operation == EditOperation.Delete ? 0 : 1;
                cost += operation == EditOperation.Keep ? 0 : 1;
                Assert.NotEqual(EditOperation.Unreachable, operation);
                Assert.True(operation is EditOperation.Insert or EditOperation.Delete
                    || (operation == EditOperation.Keep) == (hypothesis[i] == reference[j]));
            }

            Assert.Equal(expected, cost);
        }
    }

    [Fact]
    public void Moves_never_cost_more_than_they_save()
    {
        var random = new Random(20240614);
        var search = new TercomSearch();
        for (int trial = 0; trial < 300; trial++)
        {
            int[] hypothesis = Words(random, 20), reference = Words(random, 20);

            Assert.InRange(search.CountEdits(hypothesis, reference), Math.Abs(hypothesis.Length - reference.Length), Levenshtein(hypothesis, reference));
        }
    }

    private static int[] Words(Random random, int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.Next(1, 9))];

    private static int Levenshtein(int[] a, int[] b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1),
                        1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
            }
        }

        return cost[a.Length, b.Length];
    }
}
