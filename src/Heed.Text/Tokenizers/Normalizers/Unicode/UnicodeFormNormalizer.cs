using System.Text;

namespace Heed.Text.Tokenizers.Normalizers.Unicode;

/// <summary>The normalization forms NFC, NFD, NFKC and NFKD.</summary>
/// <param name="compatible">Whether compatible characters become alike (the forms with K): a ligature its letters, a wide digit a digit.</param>
/// <param name="composes">Whether letters and marks are joined again (the forms with C).</param>
/// <remarks>Unicode Standard Annex #15; The Unicode Standard, sections 3.11 and 3.12.</remarks>
internal sealed class UnicodeFormNormalizer(bool compatible, bool composes) : Normalizer
{
    public override string Normalize(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var codePoints = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, codePoints);
        }

        SortMarks(codePoints);
        if (composes)
        {
            Compose(codePoints);
        }

        var result = new StringBuilder(codePoints.Count);
        foreach (int codePoint in codePoints)
        {
            result.Append(new Rune(codePoint));
        }

        return result.ToString();
    }

    private void Decompose(int codePoint, List<int> output)
    {
        if (Hangul.IsSyllable(codePoint))
        {
            Hangul.Decompose(codePoint, output);
        }
        else if (codePoint >= 0x80 && UnicodeData.DecompositionOf(codePoint, compatible) is { } parts)
        {
            foreach (int part in parts)
            {
                Decompose(part, output);
            }
        }
        else
        {
            output.Add(codePoint);
        }
    }

    /// <summary>Puts each run of combining marks into the order of their classes; marks of one class keep theirs.</summary>
    private static void SortMarks(List<int> codePoints)
    {
        for (int start = 0; start < codePoints.Count; start++)
        {
            int end = start;
            while (end < codePoints.Count && UnicodeData.ClassOf(codePoints[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                int[] sorted = [.. codePoints.GetRange(start, end - start).OrderBy(UnicodeData.ClassOf)];
                for (int i = 0; i < sorted.Length; i++)
                {
                    codePoints[start + i] = sorted[i];
                }
            }

            start = end;
        }
    }

    /// <summary>Joins each mark with the last starter, unless a mark of the same or a higher class stands between.</summary>
    private static void Compose(List<int> codePoints)
    {
        int written = 0;
        int starter = -1;
        int classBetween = -1;
        for (int read = 0; read < codePoints.Count; read++)
        {
            int codePoint = codePoints[read];
            int combiningClass = UnicodeData.ClassOf(codePoint);
            if (starter >= 0 && classBetween < combiningClass && TryCompose(codePoints[starter], codePoint, out int composed))
            {
                codePoints[starter] = composed;
                continue;
            }

            if (combiningClass == 0)
            {
                (starter, classBetween) = (written, -1);
            }
            else
            {
                classBetween = combiningClass;
            }

            codePoints[written++] = codePoint;
        }

        codePoints.RemoveRange(written, codePoints.Count - written);
    }

    private static bool TryCompose(int first, int second, out int composed) =>
        Hangul.TryCompose(first, second, out composed) || UnicodeData.TryCompose(first, second, out composed);
}
