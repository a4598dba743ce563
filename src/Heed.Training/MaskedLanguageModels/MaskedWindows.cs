using Heed.Models;
using Heed.Tensors;
using Heed.Tensors.Random;
using Heed.Text.Tokenizers;
using Heed.Training.Configuration;
using Heed.Training.Data.Texts;

namespace Heed.Training.MaskedLanguageModels;

/// <summary>Hides tokens of windows and asks for them. What is hidden is a function of the seed, the epoch and the window's place.</summary>
/// <param name="tokens">The tokenizer's part in it.</param>
/// <param name="masking">How much is hidden, and how.</param>
/// <param name="seed">The seed.</param>
internal sealed class MaskedWindows(MaskingTokens tokens, MaskingSection masking, ulong seed) : WindowBatcher<TextBatch>
{
    public override int Overlap => 0;

    public override TextBatch Batch(IReadOnlyList<TokenStretch> windows, int epoch)
    {
        int around = tokens.Prefix.Length + tokens.Suffix.Length;
        var segments = Segments.FromLengths([.. windows.Select(window => window.Ids.Length + around)]);
        int[] ids = new int[segments.Rows], labels = new int[segments.Rows];
        Array.Fill(labels, TextBatch.NoLabel);
        for (int i = 0; i < windows.Count; i++)
        {
            Span<int> sequence = ids.AsSpan(segments.Starts[i], segments.Lengths[i]);
            tokens.Prefix.CopyTo(sequence);
            tokens.Suffix.CopyTo(sequence[^tokens.Suffix.Length..]);
            ReadOnlySpan<int> window = windows[i].Ids.Span;
            window.CopyTo(sequence[tokens.Prefix.Length..]);
            var random = new SeededRandom(SplitMix64.For(seed, epoch, windows[i].Start).NextUInt64());
            Hide(window, sequence[tokens.Prefix.Length..], labels.AsSpan(segments.Starts[i] + tokens.Prefix.Length), random);
        }

        return new TextBatch(ids, segments, labels);
    }

    private void Hide(ReadOnlySpan<int> window, Span<int> seen, Span<int> labels, SeededRandom random)
    {
        int wanted = Math.Max(1, (int)Math.Round(masking.Share * window.Length));
        List<Range> units = Units(window);
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(units));
        int hidden = 0;
        foreach (Range unit in units)
        {
            (int start, int length) = unit.GetOffsetAndLength(window.Length);
            if (hidden + length > wanted && hidden > 0)
            {
                continue; // a long word where less is still wanted; a shorter one may follow
            }

            for (int place = start; place < start + length; place++)
            {
                labels[place] = window[place];
                seen[place] = Shown(window[place], random);
            }

            hidden += length;
            if (hidden >= wanted)
            {
                break;
            }
        }
    }

    private int Shown(int token, SeededRandom random)
    {
        double draw = random.NextDouble();
        return draw < masking.MaskedShare ? tokens.MaskId
            : draw < masking.MaskedShare + masking.RandomShare ? tokens.Ordinary[random.Next(tokens.Ordinary.Length)]
            : token;
    }

    // What is hidden together: single tokens, or the tokens of a word.
    private List<Range> Units(ReadOnlySpan<int> window)
    {
        var units = new List<Range>();
        int start = 0;
        for (int end = 1; end <= window.Length; end++)
        {
            if (end == window.Length || !masking.WholeWords || !tokens.ContinuesWord(window[end - 1], window[end]))
            {
                units.Add(start..end);
                start = end;
            }
        }

        return units;
    }
}
