using Heed.Models.Configuration;
using Heed.Training.Compare;

namespace Heed.Training.Tests.Compare;

public sealed class ArchitectureTests
{
    public static TheoryData<string> Names => [.. Architecture.All.Select(architecture => architecture.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_is_about_as_large_as_its_budget(string name)
    {
        long parameters = Architecture.Find(name).ForBudget(100_000, 36, 80).CreateModel(null).ParameterCount;
        Assert.InRange(parameters, 85_000, 115_000);
    }

    [Fact]
    public void An_unknown_name_is_refused_with_the_known_ones() =>
        Assert.Contains("\"grue\" is not known; the architectures are rnn, lstm, gru", Assert.Throws<ConfigException>(() => Architecture.Find("grue")).Message, StringComparison.Ordinal);
}
