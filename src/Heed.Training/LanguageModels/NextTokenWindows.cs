using Heed.Models;
using Heed.Training.Data.Texts;

namespace Heed.Training.LanguageModels;

/// <summary>Asks for the token that follows each token of a window; that of the last is the next window's first.</summary>
internal sealed class NextTokenWindows : WindowBatcher<TextBatch>
{
    public override int Overlap => 1;

    public override TextBatch Batch(IReadOnlyList<TokenStretch> windows, int epoch) => TextBatch.OfNextTokens([.. windows.Select(window => window.Ids)]);
}
