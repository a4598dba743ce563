using Heed.Nn.Attention;
using Heed.Tensors;
using Heed.Tensors.Random;

namespace Heed.Nn.Recurrent;

/// <summary>A recurrent stack that writes one sequence while it may look at the states of another.</summary>
public abstract class RecurrentDecoder : Module
{
    private protected RecurrentDecoder(RecurrentStack stack) => Stack = Child(string.Empty, stack);

    /// <summary>The cells.</summary>
    public RecurrentStack Stack { get; }

    /// <summary>The width of an output.</summary>
    public abstract int OutputSize { get; }

    /// <summary>The attention, under which a recorder keeps its weights; null where there is none.</summary>
    public abstract Module? Attention { get; }

    /// <summary>Creates a decoder.</summary>
    /// <param name="attention">What it looks at.</param>
    /// <param name="stack">The cells, in one direction.</param>
    /// <param name="memorySize">The width of a memory row.</param>
    /// <param name="random">Draws the parameters; null leaves them zero, to be loaded.</param>
    public static RecurrentDecoder Create(RecurrentAttentionKind attention, RecurrentStack stack, int memorySize, RandomSource? random) => attention switch
    {
        RecurrentAttentionKind.None => new PlainDecoder(stack),
        RecurrentAttentionKind.Bahdanau => new BahdanauDecoder(stack, memorySize, random),
        RecurrentAttentionKind.LuongDot => new LuongDecoder(stack, memorySize, LuongAttention.Dot()),
        RecurrentAttentionKind.LuongGeneral => new LuongDecoder(stack, memorySize, LuongAttention.General(stack.OutputSize, memorySize, random)),
        _ => throw new ArgumentOutOfRangeException(nameof(attention), attention, "not a kind of attention for a recurrent decoder"),
    };

    /// <summary>What attention makes of the memory once, for all steps.</summary>
    /// <param name="memory">The encoder's outputs, [source tokens, memorySize].</param>
    public virtual KeyValues Project(Tensor memory) => new(memory, memory);

    /// <summary>Reads whole targets.</summary>
    /// <param name="x">[target tokens, inputSize].</param>
    /// <param name="targets">The targets.</param>
    /// <param name="initial">The state of each layer before the first token.</param>
    /// <param name="memory">What <see cref="Project"/> made of the encoder's outputs.</param>
    /// <param name="sources">The memory rows of each target.</param>
    /// <param name="dropout">Dropout's random streams; null for inference.</param>
    /// <returns>[target tokens, <see cref="OutputSize"/>].</returns>
    public abstract Tensor Forward(Tensor x, Segments targets, IReadOnlyList<RecurrentState> initial, KeyValues memory, Segments sources, DropoutSource? dropout = null);

    /// <summary>Reads one token of each target, in inference.</summary>
    /// <param name="x">[targets, inputSize].</param>
    /// <param name="states">The state of each layer.</param>
    /// <param name="memory">What <see cref="Project"/> made of the encoder's outputs.</param>
    /// <param name="sources">The memory rows of each target; several may share rows.</param>
    /// <param name="recorder">Receives the attention weights when not null.</param>
    /// <returns>The outputs, [targets, <see cref="OutputSize"/>], and the states after the token.</returns>
    public abstract (Tensor Output, IReadOnlyList<RecurrentState> States) Step(
        Tensor x, IReadOnlyList<RecurrentState> states, KeyValues memory, Segments sources, AttentionRecorder? recorder = null);
}
