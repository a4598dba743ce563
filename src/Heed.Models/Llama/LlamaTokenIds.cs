namespace Heed.Models.Llama;

/// <summary>The special tokens that a file of weights names.</summary>
/// <param name="Bos">What begins a text, or null.</param>
/// <param name="Eos">What ends a text, or null.</param>
/// <param name="Pad">What fills short lines, or null.</param>
internal sealed record LlamaTokenIds(int? Bos, int? Eos, int? Pad);
