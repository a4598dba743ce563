using System.Reflection;
using Heed.Testing;

namespace Heed.Nn.Tests;

public sealed class GoldenCoverageTests
{
    // The whole model is compared in the tests of Heed.Models.
    private const string TestedElsewhere = "transformer_seq2seq";

    [Fact]
    public void Every_file_of_reference_numbers_is_tested()
    {
        IEnumerable<string> tested = typeof(GoldenCoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<GoldenDataAttribute>())
            .SelectMany(attribute => GoldenDataAttribute.FilesLike(attribute.Pattern));
        Assert.Equal(GoldenDataAttribute.FilesLike("*"), tested.Append(TestedElsewhere).Order(StringComparer.Ordinal));
    }
}
