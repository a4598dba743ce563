using System.Buffers;
using System.Text;

namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>Says how a single character is written in ids: by its own, by those of its bytes, or as unknown.</summary>
internal interface ICharacterIds
{
    /// <summary>Adds the ids of one character to a list.</summary>
    /// <param name="character">One code point, in UTF-16.</param>
    /// <param name="output">Receives the ids.</param>
    /// <param name="start">Where the word began in <paramref name="output"/>: a run of unknown characters is joined only within it.</param>
    void AppendCharacter(ReadOnlySpan<char> character, List<int> output, int start);

    /// <summary>Adds the ids of a run of characters, none of which is a piece.</summary>
    /// <param name="run">The characters.</param>
    /// <param name="output">Receives the ids.</param>
    /// <param name="start">Where the word began in <paramref name="output"/>.</param>
    void AppendUnknown(ReadOnlySpan<char> run, List<int> output, int start)
    {
        while (Rune.DecodeFromUtf16(run, out _, out int width) == OperationStatus.Done)
        {
            AppendCharacter(run[..width], output, start);
            run = run[width..];
        }
    }
}
