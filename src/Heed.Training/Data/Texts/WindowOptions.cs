namespace Heed.Training.Data.Texts;

/// <summary>How windows of a text are put together into batches.</summary>
/// <param name="Length">The tokens of a window.</param>
/// <param name="Sequences">The windows of a batch.</param>
/// <param name="Seed">Decides where windows begin and in which order they come.</param>
internal sealed record WindowOptions(int Length, int Sequences, ulong Seed);
