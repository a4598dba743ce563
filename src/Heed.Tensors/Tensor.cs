using Heed.Tensors.Devices;
using Heed.Tensors.Memory;

namespace Heed.Tensors;

/// <summary>
/// A dense, row-major block of 32-bit floats with a <see cref="Shape"/>. Reshapes and slices along the first axis are
/// views of the same memory.
/// </summary>
/// <remarks>
/// Nothing needs to be disposed: see <see cref="TensorScope"/> and <see cref="Autograd.Tape"/> for who gives memory back.
/// The operations are in <see cref="Ops"/>; the most common ones are also operators and methods here.
/// </remarks>
public sealed partial class Tensor
{
    private TensorBuffer buffer;

    private Tensor(TensorBuffer buffer, Shape shape, Device device)
    {
        this.buffer = buffer;
        Shape = shape;
        Device = device;
    }

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; private set; }

    /// <summary>Where the numbers are and are computed.</summary>
    public Device Device { get; private set; }

    /// <summary>The number of elements.</summary>
    public int Count => Shape.Count;

    /// <summary>The number of rows when the tensor is seen as a matrix: all axes but the last.</summary>
    public int Rows => Shape.Rank == 0 ? 1 : Shape[^1] == 0 ? 0 : Count / Shape[^1];

    /// <summary>The length of the last axis (1 for a scalar).</summary>
    public int Columns => Shape.Rank == 0 ? 1 : Shape[^1];

    /// <summary>The elements, to read.</summary>
    public ReadOnlySpan<float> Values => buffer.Span(Count);

    /// <summary>Grows with every write through <see cref="MutableValues"/>; a cache of repacked weights compares it.</summary>
    internal int Version => buffer.Version;

    internal unsafe float* Pointer => buffer.Pointer;

    /// <summary>The elements, for a kernel that writes to a tensor others may have cached a copy of.</summary>
    internal unsafe float* MutablePointer()
    {
        buffer.CountWrite();
        return Pointer;
    }

    /// <summary>Makes a tensor whose elements are not yet set.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="device">Where; the default device when omitted.</param>
    public static Tensor Uninitialized(Shape shape, Device? device = null) =>
        new(TensorBuffer.Rent(shape.Count), shape, device ?? Device.Default);

    /// <summary>Makes a tensor of zeros.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="device">Where; the default device when omitted.</param>
    public static Tensor Zeros(Shape shape, Device? device = null) => Full(shape, 0f, device);

    /// <summary>Makes a tensor with every element set to one value.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="value">The value.</param>
    /// <param name="device">Where; the default device when omitted.</param>
    public static Tensor Full(Shape shape, float value, Device? device = null)
    {
        Tensor tensor = Uninitialized(shape, device);
        tensor.MutableValues().Fill(value);
        return tensor;
    }

    /// <summary>Makes a tensor from values in row-major order.</summary>
    /// <param name="values">As many as the shape holds.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="device">Where; the default device when omitted.</param>
    /// <exception cref="ShapeException">The number of values is not the shape's.</exception>
    public static Tensor From(ReadOnlySpan<float> values, Shape shape, Device? device = null)
    {
        if (values.Length != shape.Count)
        {
            throw new ShapeException($"Tensor.From: {values.Length} values for shape {shape}, which holds {shape.Count}");
        }

        Tensor tensor = Uninitialized(shape, device);
        values.CopyTo(tensor.MutableValues());
        return tensor;
    }

    /// <summary>Makes a vector from values.</summary>
    /// <param name="values">The elements.</param>
    public static Tensor From(params ReadOnlySpan<float> values) => From(values, new Shape(values.Length));

    /// <summary>The elements, to write. Results computed earlier from this tensor do not change.</summary>
    public Span<float> MutableValues()
    {
        buffer.CountWrite();
        return buffer.Span(Count);
    }

    /// <summary>The one element of a scalar or one-element tensor.</summary>
    /// <exception cref="ShapeException">There is more or less than one element.</exception>
    public float Item() => Count == 1 ? Values[0] : throw new ShapeException($"Item: {Shape} does not hold exactly one element");

    /// <summary>Keeps the tensor readable after the scope or tape that made it ends.</summary>
    /// <returns>This tensor.</returns>
    /// <exception cref="ObjectDisposedException">The scope has ended already.</exception>
    public Tensor Keep()
    {
        buffer.Keep();
        return this;
    }

    /// <summary>The elements as a new array, in row-major order.</summary>
    public float[] ToArray() => Values.ToArray();

    /// <summary>The shape and the first elements, for the debugger.</summary>
    public override string ToString()
    {
        string first = string.Join(", ", Values[..Math.Min(8, Count)].ToArray().Select(v => v.ToString("G5", System.Globalization.CultureInfo.InvariantCulture)));
        return $"Tensor {Shape}: {first}{(Count > 8 ? ", ..." : "")}";
    }

    /// <summary>
    /// Whether the right operand of a product is worth packing once and keeping: a parameter in inference. While a tape
    /// records, the optimiser is about to change it.
    /// </summary>
    internal bool IsPackedOnce => isParameter && !IsRecorded && Shape.Rank == 2 && !Autograd.Tape.IsActive;

    /// <summary>The repacked copy of this parameter, if one was made and the parameter has not been written since.</summary>
    internal TPacked? PackedCopy<TPacked>(bool transposed)
        where TPacked : struct => buffer.Packed<TPacked>(transposed, Shape);

    /// <summary>Who makes the repacked copy holds this.</summary>
    internal object PackingGate => buffer.PackingGate;

    internal void SetPackedCopy(object packed, bool transposed) => buffer.KeepPacked(packed, transposed, Shape);

    /// <summary>A view of the same memory under another shape, without recording it on the tape.</summary>
    internal Tensor View(Shape shape, int start = 0) => new(buffer.From(start), shape, Device);

    internal static Tensor Like(Tensor other) => Uninitialized(other.Shape, other.Device);

    /// <summary>
    /// Gives the memory back now, instead of with its scope or at some garbage collection: for whoever <see cref="Keep"/>s large
    /// tensors over many short works. Reading this tensor, or another view of its memory, is an error from then on.
    /// </summary>
    public void Release() => buffer.Release();
}
