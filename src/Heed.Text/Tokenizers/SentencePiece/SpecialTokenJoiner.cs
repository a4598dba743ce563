using System.Text;
using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>
/// Decodes ids with the special tokens among them as the families' own tokenizers do: each run of text by itself, with the
/// spaces that each family puts beside a special token.
/// </summary>
internal sealed class SpecialTokenJoiner(TokenTable table, SentencePieceDecoder decoder, IReadOnlySet<int> special)
{
    /// <summary>Whether a space comes before the text in front of a special token.</summary>
    public bool SpaceBeforeRun { get; init; }

    /// <summary>Whether that also holds for a special token that is the first of all.</summary>
    public bool SpaceAtStart { get; init; }

    /// <summary>Whether a space comes behind a special token.</summary>
    public bool SpaceBehind { get; init; }

    /// <summary>Whether a space replaces the one that encoding dropped behind a special token at the start.</summary>
    public bool RestoresSpace { get; init; }

    /// <summary>Whether spaces at the ends go.</summary>
    public bool Trims { get; init; }

    /// <summary>Tokens from this id on stand alone: the text before and behind is decoded by itself.</summary>
    public int FirstSeparateId { get; init; } = int.MaxValue;

    public string Decode(int[] ids)
    {
        var result = new StringBuilder();
        var part = new List<int>();
        foreach (int id in ids)
        {
            if (id < FirstSeparateId)
            {
                part.Add(id);
                continue;
            }

            result.Append(DecodePart(part)).Append(table.NameOf(id));
            part.Clear();
        }

        return result.Append(DecodePart(part)).ToString();
    }

    private string DecodePart(List<int> ids)
    {
        var result = new StringBuilder();
        int runStart = 0;
        for (int i = 0; i < ids.Count; i++)
        {
            bool followsSpecial = i > 0 && special.Contains(ids[i - 1]);
            if (!special.Contains(ids[i]))
            {
                bool lacksSpace = RestoresSpace && followsSpecial && i == 1 && table.NameOf(ids[i])?.StartsWith(Vocabulary.SpaceMark) == false;
                result.Append(lacksSpace ? " " : "");
                continue;
            }

            result.Append(SpaceBeforeRun && !followsSpecial && (i > 0 || SpaceAtStart) ? " " : "");
            result.Append(DecodeRun(ids, runStart, i)).Append(table.NameOf(ids[i])).Append(SpaceBehind ? " " : "");
            runStart = i + 1;
        }

        result.Append(DecodeRun(ids, runStart, ids.Count));
        return Trims ? result.ToString().Trim() : result.ToString();
    }

    private string DecodeRun(List<int> ids, int start, int end)
    {
        var assembler = new Utf8Assembler(decoder.MarksEachByte);
        var state = new DecodeState { Tokens = start };
        for (int i = start; i < end; i++)
        {
            decoder.Append(ids[i], ref state, assembler.Pending);
        }

        return assembler.Take(isLast: true);
    }
}
