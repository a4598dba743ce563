namespace Heed.Training.Compare;

/// <summary>One measured number.</summary>
/// <param name="Chart">The chart it belongs to.</param>
/// <param name="Architecture">The label of the architecture or run.</param>
/// <param name="X">Where on the chart.</param>
/// <param name="Value">The number.</param>
/// <param name="Low">The lower end of its 95 % interval, or null.</param>
/// <param name="High">The upper end.</param>
/// <param name="Note">What else there is to know, or null: a metric's signature.</param>
public sealed record Measurement(string Chart, string Architecture, double X, double Value, double? Low = null, double? High = null, string? Note = null);

/// <summary>What one piece of a comparison found: all that is kept of it.</summary>
/// <param name="Name">The piece.</param>
/// <param name="Fingerprint">The settings that it was made with; others make it void.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Measurements">The numbers.</param>
public sealed record UnitResult(string Name, string Fingerprint, double Seconds, IReadOnlyList<Measurement> Measurements);

/// <summary>All that a comparison found, as <c>results.json</c> holds it.</summary>
/// <param name="Settings">What was measured.</param>
/// <param name="Machine">On what.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Notes">What was left out, and why.</param>
/// <param name="Measurements">The numbers.</param>
public sealed record CompareResults(CompareSettings Settings, string Machine, double Seconds, IReadOnlyList<string> Notes, IReadOnlyList<Measurement> Measurements);
