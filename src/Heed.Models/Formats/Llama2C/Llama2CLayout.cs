namespace Heed.Models.Formats.Llama2C;

/// <summary>Where the tensors of a llama2.c file lie.</summary>
internal static class Llama2CLayout
{
    // Name, rows and columns of one layer's share (0 columns for a vector), and whether every layer has one.
    private readonly record struct Part(string Name, long Rows, long Columns, bool PerLayer)
    {
        public Int128 Floats => (Int128)Rows * Math.Max(1, Columns);
    }

    /// <summary>Lays the tensors out and checks that they fill the file.</summary>
    public static Dictionary<string, (CheckpointTensor Tensor, long Offset)> Place(MappedFile file, Llama2CHeader header)
    {
        Part[] parts = header.Version == 0 ? Legacy(header) : Versioned(header);
        Int128 end = header.DataStart;
        foreach (Part part in parts)
        {
            end += part.Floats * (part.PerLayer ? header.Layers : 1) * sizeof(float);
        }

        if (end != file.Length)
        {
            throw new ModelFileException(file.Path, $"the file has {file.Length} bytes, but a model of the sizes it begins with takes {end}: it is cut short, or not a llama2.c file");
        }

        var places = new Dictionary<string, (CheckpointTensor, long)>(StringComparer.Ordinal);
        long offset = header.DataStart;
        foreach (Part part in parts)
        {
            for (int layer = 0; layer < (part.PerLayer ? header.Layers : 1); layer++)
            {
                string name = part.PerLayer ? $"layers.{layer}.{part.Name}" : part.Name;
                long bytes = (long)part.Floats * sizeof(float);
                places.Add(name, (new CheckpointTensor(name, "F32", part.Columns == 0 ? [part.Rows] : [part.Rows, part.Columns], bytes), offset));
                offset += bytes;
            }
        }

        return places;
    }

    private static Part[] Legacy(Llama2CHeader h)
    {
        Part[] rotary = [new("freqs_cos", h.MaxLength, h.HeadDim / 2, false), new("freqs_sin", h.MaxLength, h.HeadDim / 2, false)];
        return
        [
            Embedding(h), AttentionNorm(h), .. AttentionWeights(h), FeedForwardNorm(h), .. FeedForward(h), FinalNorm(h),
            .. rotary.Where(part => part.Columns > 0), .. Output(h),
        ];
    }

    private static Part[] Versioned(Llama2CHeader h) =>
        [AttentionNorm(h), FeedForwardNorm(h), FinalNorm(h), Embedding(h), .. AttentionWeights(h), .. FeedForward(h), .. Output(h)];

    private static Part Embedding(Llama2CHeader h) => new("tok_embeddings.weight", h.VocabSize, h.Dim, false);

    private static Part AttentionNorm(Llama2CHeader h) => new("attention_norm.weight", h.Dim, 0, true);

    private static Part FeedForwardNorm(Llama2CHeader h) => new("ffn_norm.weight", h.Dim, 0, true);

    private static Part FinalNorm(Llama2CHeader h) => new("norm.weight", h.Dim, 0, false);

    private static Part[] AttentionWeights(Llama2CHeader h) =>
    [
        new("attention.wq.weight", h.Dim, h.Dim, true), new("attention.wk.weight", h.KeyWidth, h.Dim, true),
        new("attention.wv.weight", h.KeyWidth, h.Dim, true), new("attention.wo.weight", h.Dim, h.Dim, true),
    ];

    private static Part[] FeedForward(Llama2CHeader h) =>
    [
        new("feed_forward.w1.weight", h.HiddenDim, h.Dim, true), new("feed_forward.w2.weight", h.Dim, h.HiddenDim, true),
        new("feed_forward.w3.weight", h.HiddenDim, h.Dim, true),
    ];

    private static Part[] Output(Llama2CHeader h) => h.SharedClassifier ? [] : [new("output.weight", h.VocabSize, h.Dim, false)];
}
