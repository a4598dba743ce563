using Heed.Text.Tokenizers;

namespace Heed.Training;

/// <summary>What a run is made with, beside its configuration.</summary>
/// <param name="Directory">Its folder.</param>
/// <param name="IsNew">Whether it begins now; otherwise its folder holds what it began with.</param>
/// <param name="Status">Is told what is being done.</param>
/// <param name="Cancellation">Stops the preparation.</param>
internal sealed record RunSetup(RunDirectory Directory, bool IsNew, IProgress<string>? Status, CancellationToken Cancellation)
{
    /// <summary>The tokenizer of a run: made now, or the one that it began with.</summary>
    /// <param name="create">Trains or loads it.</param>
    public Tokenizer TokenizerOf(Func<Tokenizer> create) => IsNew ? create() : Tokenizer.Load(Directory.TokenizerPath);
}
