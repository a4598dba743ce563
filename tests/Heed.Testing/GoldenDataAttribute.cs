using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Heed.Testing;

/// <summary>Runs a theory once for each file of reference numbers whose name fits.</summary>
/// <param name="pattern">A file name without extension; <c>*</c> stands for anything.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class GoldenDataAttribute(string pattern) : DataAttribute
{
    /// <summary>The names of the files.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>The names of all files of reference numbers that fit a pattern, without extension, in order.</summary>
    public static IReadOnlyList<string> FilesLike(string pattern) =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), pattern + ".safetensors").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. FilesLike(Pattern).Select(name => new TheoryDataRow<string>(name))]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
