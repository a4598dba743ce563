namespace Heed.Models.Tests;

/// <summary>Tests that change the default device run one at a time.</summary>
[CollectionDefinition(nameof(DefaultDevice), DisableParallelization = true)]
public sealed class DefaultDevice;
