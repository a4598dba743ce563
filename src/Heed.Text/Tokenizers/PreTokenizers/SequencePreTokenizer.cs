using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.PreTokenizers;

/// <summary>Cuts by one rule, then each piece by the next.</summary>
internal sealed class SequencePreTokenizer(IReadOnlyList<PreTokenizer> steps) : PreTokenizer
{
    public override void Split(TextPart part, bool startsText, List<TextPart> output)
    {
        List<TextPart> parts = [part];
        foreach (PreTokenizer step in steps)
        {
            var finer = new List<TextPart>(parts.Count);
            for (int i = 0; i < parts.Count; i++)
            {
                step.Split(parts[i], startsText && i == 0, finer);
            }

            parts = finer;
        }

        output.AddRange(parts);
    }
}
