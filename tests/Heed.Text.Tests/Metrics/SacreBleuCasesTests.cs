namespace Heed.Text.Tests.Metrics;

public sealed class SacreBleuCasesTests
{
    [Fact]
    public void Every_group_of_the_published_cases_is_run_by_some_test()
    {
        IEnumerable<string> published = SacreBleuCases.ReadOrSkip().AsObject()
            .Where(file => file.Key != "_source")
            .SelectMany(file => file.Value!.AsObject().Select(group => $"{file.Key}/{group.Key}"))
            .Where(name => !name.EndsWith("/EPSILON", StringComparison.Ordinal));
        IEnumerable<string> tested = SacreBleuCases.Tested.SelectMany(file => file.Value.Select(group => $"{file.Key}/{group}"));

        Assert.Equal(published.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }
}
