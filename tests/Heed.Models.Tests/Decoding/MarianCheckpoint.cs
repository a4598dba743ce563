using Heed.Models.Decoding;
using Heed.Models.Formats;
using Heed.Models.Seq2Seq;
using Heed.Tensors;

namespace Heed.Models.Tests.Decoding;

/// <summary>A tiny Marian model of Hugging Face as our <see cref="TransformerModel"/>, so that its searches can be compared.</summary>
/// <remarks>
/// Marian puts all sines of a position before all cosines, where ours alternate; the order of a residual stream's axes
/// is free, so the weights are reordered instead. It adds a bias to the logits, which <see cref="Begin"/> does too.
/// </remarks>
internal sealed class MarianCheckpoint
{
    private const int Width = 32;

    private readonly float[] logitsBias;

    public MarianCheckpoint(string folder)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, "model.safetensors"));
        logitsBias = file.ReadFloat32("final_logits_bias");
        var tensors = file.Entries.Where(e => e.Name.StartsWith("model.", StringComparison.Ordinal)).ToDictionary(
            e => e.Name["model.".Length..],
            e => Reorder(e.Name, Tensor.From(file.ReadFloat32(e.Name), new Shape([.. e.Shape.Select(length => (int)length)]))));
        Model.Load(tensors);
    }

    public TransformerModel Model { get; } = new(
        new TransformerConfig
        {
            VocabSize = 101, DModel = Width, NumHeads = 4, DFeedForward = 64, NumEncoderLayers = 2, NumDecoderLayers = 2,
            Activation = Activation.Silu, MaxLength = 64, PadId = 100, BosId = 100, EosId = 0,
        },
        random: null);

    public DecodingSession Begin(IReadOnlyList<int[]> sources) =>
        new Biased(Model.Begin(sources.SelectMany(s => s).ToArray(), Segments.FromLengths([.. sources.Select(s => s.Length)])), logitsBias);

    private static Tensor Reorder(string name, Tensor tensor)
    {
        bool writesStream = name.Contains("out_proj", StringComparison.Ordinal) || name.Contains("fc2", StringComparison.Ordinal) || name.Contains("layer_norm", StringComparison.Ordinal);
        bool readsStream = !writesStream && tensor.Shape.Rank == 2;
        var result = Tensor.Uninitialized(tensor.Shape);
        Span<float> values = result.MutableValues();
        for (int row = 0; row < tensor.Rows; row++)
        {
            for (int column = 0; column < tensor.Columns; column++)
            {
                int fromRow = writesStream && tensor.Shape.Rank == 2 ? From(row) : row;
                int fromColumn = readsStream || (writesStream && tensor.Shape.Rank == 1) ? From(column) : column;
                values[(row * tensor.Columns) + column] = tensor.Values[(fromRow * tensor.Columns) + fromColumn];
            }
        }

        return result;

        static int From(int axis) => axis % 2 == 0 ? axis / 2 : (Width / 2) + (axis / 2);
    }

    private sealed class Biased(DecodingSession inner, float[] bias) : DecodingSession
    {
        public override int VocabSize => inner.VocabSize;

        public override int MaxLength => inner.MaxLength;

        public override Tensor Step(ReadOnlySpan<int> parents, ReadOnlySpan<int> tokens) =>
            Ops.Add(inner.Step(parents, tokens), Tensor.From([.. tokens.ToArray().SelectMany(_ => bias)], new Shape(tokens.Length, bias.Length)));

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
