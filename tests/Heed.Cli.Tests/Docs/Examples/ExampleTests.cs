using Heed.Tensors;
using Heed.Tensors.Autograd;
using Heed.Tensors.Random;

namespace Heed.Cli.Tests.Docs.Examples;

/// <summary>The C# of README.md and docs stands in the files of this folder, where it is compiled and run.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Pages() => [.. MarkdownFile.All().Select(page => page.Name).Except(["docs/walkthrough-translate.md", "docs/notation.md"])];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_are_compiled_code(string name)
    {
        MarkdownFile page = MarkdownFile.Open(name);
        string[] sources = [.. Directory.GetFiles(Path.Combine(MarkdownFile.Root, "tests/Heed.Cli.Tests/Docs/Examples"), "*.cs").Select(File.ReadAllText).Select(Trimmed)];
        Assert.All(MarkdownFile.CodeBlocksOf(page.Text, "csharp"), block =>
            Assert.True(sources.Any(source => source.Contains(Trimmed(block), StringComparison.Ordinal)), $"{name}: no file beside this test holds:\n{block}"));
    }

    [Fact]
    public void A_part_of_a_model()
    {
        var part = new GatedFeedForward(8, 16, new SeededRandom(1));
        Assert.Equal(new Shape(3, 8), part.Forward(Tensor.Zeros(new Shape(3, 8))).Shape);
        Assert.Equal(["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"], part.NamedParameters().Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_gradient()
    {
        Tensor a = Tensor.From(2f).WithGradient();
        Tensor b = Tensor.From(3f).WithGradient();
        using Tape tape = Tape.Begin();
        Tensor y = Ops.Sum(Ops.Multiply(Ops.Add(a, b), a));
        tape.Backward(y);
        // a.Gradient holds 7, b.Gradient holds 2
        Assert.Equal((10f, 7f, 2f), (y.Item(), a.Gradient!.Item(), b.Gradient!.Item()));
        Assert.True(MarkdownFile.Open("docs/concepts/autograd.md").HasRow("dy/da = 7, dy/db = 2"));
    }

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
}
