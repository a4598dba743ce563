using System.Text;
using Heed.Text.Tokenizers.Decoders;
using Heed.Text.Tokenizers.Pipeline;

namespace Heed.Text.Tokenizers.SentencePiece;

/// <summary>SentencePiece's decoding: marks become spaces, and those that encoding put at the start are dropped.</summary>
internal sealed class SentencePieceDecoder(TokenTable table, SentencePieceFile file) : TokenDecoder
{
    private readonly Dictionary<string, PieceType> types = file.Pieces.ToDictionary(piece => piece.Text, piece => piece.Type, StringComparer.Ordinal);
    private readonly bool dropsMark = file.AddsDummyPrefix || file.RemovesExtraSpaces;

    /// <summary>Whether the first token loses a mark before anything else, as the families do it that put one in front themselves.</summary>
    public bool DropsFirstMark { get; init; }

    /// <summary>Whether spaces at both ends of the text go.</summary>
    public bool Trims { get; init; }

    /// <summary>Whether an unknown token is written by its name.</summary>
    public bool NamesUnknown { get; init; }

    public override bool MarksEachByte => true;

    public override void Append(int id, ref DecodeState state, List<byte> output)
    {
        string name = table.NameOf(id) ?? "";
        bool isFirst = state.Tokens++ == 0;
        bool isKnown = types.TryGetValue(name, out PieceType type);
        if (type == PieceType.Byte)
        {
            Write([ByteToken.ValueOf(name)!.Value], ref state, output);
            return;
        }

        // Once anything was written or a mark dropped, further marks are spaces.
        state.Begun |= state.HasText || state.MarkDropped;
        string text = type == PieceType.Unknown && !NamesUnknown ? file.UnknownSurface : name;
        if (isFirst && DropsFirstMark && text.StartsWith(Vocabulary.SpaceMark))
        {
            text = text[1..];
        }

        state.MarkDropped = false;
        if (isKnown && !state.Begun && dropsMark && text.StartsWith(Vocabulary.SpaceMark))
        {
            text = text[1..];
            state.MarkDropped = !file.RemovesExtraSpaces;
        }

        Write(Encoding.UTF8.GetBytes(text.Replace(Vocabulary.SpaceMark, ' ')), ref state, output);
    }

    private void Write(ReadOnlySpan<byte> text, ref DecodeState state, List<byte> output)
    {
        state.HasText |= text.Length > 0;
        if (!Trims)
        {
            output.AddRange(text);
            return;
        }

        foreach (byte value in text)
        {
            if (value == (byte)' ')
            {
                state.HeldSpaces++;
                continue;
            }

            output.AddRange(Enumerable.Repeat((byte)' ', state.HasVisibleText ? state.HeldSpaces : 0));
            output.Add(value);
            (state.HeldSpaces, state.HasVisibleText) = (0, true);
        }
    }
}
