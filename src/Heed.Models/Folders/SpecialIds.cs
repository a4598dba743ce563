namespace Heed.Models.Folders;

/// <summary>The ids of a model's special tokens, as its files name them.</summary>
/// <param name="Bos">What begins a target, <c>bos_token_id</c>; null where the model knows none.</param>
/// <param name="Eos">What ends a sequence, <c>eos_token_id</c>.</param>
/// <param name="Pad">What fills short lines, <c>pad_token_id</c>.</param>
/// <param name="DecoderStart">What the decoder is started with, <c>decoder_start_token_id</c>.</param>
internal sealed record SpecialIds(int? Bos, int Eos, int Pad, int DecoderStart);
