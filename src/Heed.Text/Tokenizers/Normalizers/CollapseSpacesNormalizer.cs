using System.Text;

namespace Heed.Text.Tokenizers.Normalizers;

/// <summary>Replaces each run of at least a number of spaces by a string.</summary>
internal sealed class CollapseSpacesNormalizer(int least, string replacement) : Normalizer
{
    public override double Growth => Math.Max(1, (double)replacement.Length / least);

    public override string Normalize(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int start = 0; start < text.Length;)
        {
            int run = text.AsSpan(start).IndexOfAnyExcept(' ');
            run = run < 0 ? text.Length - start : run;
            if (run >= least)
            {
                result.Append(replacement);
                start += run;
                continue;
            }

            result.Append(' ', run);
            start += run;
            if (start < text.Length)
            {
                result.Append(text[start++]);
            }
        }

        return result.ToString();
    }
}
