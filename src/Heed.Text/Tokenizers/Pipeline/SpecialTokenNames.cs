namespace Heed.Text.Tokenizers.Pipeline;

/// <summary>Finds the tokens that play a part: by what the files say, else by the names in common use.</summary>
internal static class SpecialTokenNames
{
    private static readonly (string Role, string[] Names)[] Known =
    [
        ("pad_token", ["<pad>", "[PAD]", "<|pad|>", "<|finetune_right_pad_id|>"]),
        ("bos_token", ["<s>", "<|begin_of_text|>", "<|startoftext|>"]),
        ("eos_token", ["</s>", "<|end_of_text|>", "<|endoftext|>"]),
        ("unk_token", ["<unk>", "[UNK]"]),
        ("mask_token", ["[MASK]", "<mask>"]),
        ("cls_token", ["[CLS]"]),
        ("sep_token", ["[SEP]"]),
    ];

    public static SpecialTokens Find(TokenizerPipeline pipeline)
    {
        int[] ids = [.. Known.Select(known => Find(pipeline, known.Role, known.Names))];
        return new SpecialTokens(ids[0], ids[1], ids[2], ids[3] != SpecialTokens.None ? ids[3] : pipeline.Table.UnknownId)
        {
            MaskId = ids[4],
            ClassificationId = ids[5],
            SeparatorId = ids[6],
        };
    }

    private static int Find(TokenizerPipeline pipeline, string role, string[] names)
    {
        IEnumerable<string> candidates = pipeline.Roles.TryGetValue(role, out string? said) ? [said] : names;
        foreach (string name in candidates)
        {
            if (pipeline.Table.TryGetAny(name, out int id))
            {
                return id;
            }
        }

        return SpecialTokens.None;
    }
}
