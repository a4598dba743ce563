using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>A decoder that attends after each step: the new state is the query, and state and context together are the output.</summary>
/// <remarks>
/// output_t = [h_t; c_t], with c_t from <see cref="LuongAttention"/>. Luong et al. 2015, section 3, without input feeding
/// (section 3.3). So no step waits for attention, and all steps attend in one operation.
/// </remarks>
public sealed class LuongDecoder : RecurrentDecoder
{
    private readonly LuongAttention attention;
    private readonly int memorySize;

    /// <summary>Creates a decoder.</summary>
    /// <param name="stack">The cells, in one direction.</param>
    /// <param name="memorySize">The width of a memory row.</param>
    /// <param name="attention">How rows are scored.</param>
    public LuongDecoder(RecurrentStack stack, int memorySize, LuongAttention attention)
        : base(stack)
    {
        this.memorySize = memorySize;
        this.attention = Child("attention", attention);
    }

    /// <inheritdoc/>
    public override int OutputSize => Stack.OutputSize + memorySize;

    /// <inheritdoc/>
    public override Module Attention => attention;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, Segments targets, IReadOnlyList<RecurrentState> initial, KeyValues memory, Segments sources, DropoutSource? dropout = null) =>
        WithContext(Stack.Forward(x, targets, initial, dropout).Outputs, memory, new AttentionPattern(targets, sources), recorder: null);

    /// <inheritdoc/>
    public override (Tensor Output, IReadOnlyList<RecurrentState> States) Step(
        Tensor x, IReadOnlyList<RecurrentState> states, KeyValues memory, Segments sources, AttentionRecorder? recorder = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        (Tensor hidden, IReadOnlyList<RecurrentState> after) = Stack.Step(x, states);
        return (WithContext(hidden, memory, new AttentionPattern(Segments.Uniform(sources.Count, 1), sources), recorder), after);
    }

    private Tensor WithContext(Tensor hidden, KeyValues memory, AttentionPattern pattern, AttentionRecorder? recorder) =>
        Ops.Concat(1, hidden, attention.Forward(hidden, memory, pattern, recorder)); // [rows, hidden + memory]
}
