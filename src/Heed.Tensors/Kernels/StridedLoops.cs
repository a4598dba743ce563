using System.Runtime.CompilerServices;
using Heed.Tensors.Devices;

namespace Heed.Tensors.Kernels;

/// <summary>
/// The loops of a strided copy in the order in which a kernel runs them: first those that reach different destinations and may
/// be shared out over threads, then those that add to the same destination again and again, last the innermost one.
/// </summary>
/// <remarks>
/// Axes of length 1 are dropped, and neighbours that both sides store without a gap become one. The destination's strides
/// other than 0 must not make two elements coincide.
/// </remarks>
internal struct StridedLoops
{
    private Axes lengths;
    private Axes from;
    private Axes to;
    private int outer;
    private int repeated;

    public StridedLoops(in StridedCopy layout)
    {
        int count = 0;
        for (int axis = 0; axis < layout.Extents.Rank; axis++)
        {
            Append(layout.Extents[axis], layout.SourceStrides[axis], layout.DestinationStrides[axis], ref count);
        }

        if (count == 0)
        {
            (Length, From, To) = (1, 1, 1);
            return;
        }

        int inner = Innermost(count);
        (Length, From, To) = (lengths[inner], from[inner], to[inner]);
        Arrange(count, inner);
    }

    /// <summary>The innermost loop's length, and its strides.</summary>
    public int Length { get; }

    public int From { get; }

    public int To { get; }

    /// <summary>How many pieces the innermost loop may be cut into for different threads: none where it adds to one element.</summary>
    public readonly int Pieces => To == 0 ? 1 : Length;

    /// <summary>How many times the innermost loop runs for different destinations.</summary>
    public readonly int Items => Product(0, outer);

    /// <summary>How many times the innermost loop runs for the same destinations.</summary>
    public readonly int Repetitions => Product(outer, outer + repeated);

    /// <summary>Where the innermost loop begins.</summary>
    public readonly void Offsets(int item, int repetition, ref nint source, ref nint destination)
    {
        Offsets(0, outer, item, ref source, ref destination);
        Offsets(outer, outer + repeated, repetition, ref source, ref destination);
    }

    /// <summary>Takes the loop over the elements that lie side by side in the source out of the outer loops: the rows of a transposition.</summary>
    public bool TakeColumns(out int columns, out int stride)
    {
        (columns, stride) = (0, 0);
        for (int axis = 0; axis < outer; axis++)
        {
            if (from[axis] == 1 && To == 1 && From > 1 && repeated == 0)
            {
                (columns, stride) = (lengths[axis], to[axis]);
                for (int next = axis + 1; next < outer; next++)
                {
                    Move(next, next - 1);
                }

                outer--;
                return true;
            }
        }

        return false;
    }

    private void Append(int length, int sourceStride, int destinationStride, ref int count)
    {
        if (length == 1)
        {
            return;
        }

        bool joins = count > 0 && from[count - 1] == (long)sourceStride * length && to[count - 1] == (long)destinationStride * length;
        int axis = joins ? count - 1 : count++;
        lengths[axis] = joins ? lengths[axis] * length : length;
        from[axis] = sourceStride;
        to[axis] = destinationStride;
    }

    // Best both sides side by side; then the destination, which is written; then the source; then whatever comes last.
    private readonly int Innermost(int count)
    {
        int best = count - 1;
        int bestRank = 0;
        for (int axis = count - 1; axis >= 0; axis--)
        {
            int rank = (to[axis] == 1 ? 2 : 0) + (from[axis] == 1 ? 1 : 0);
            bool sums = from[axis] == 1 && to[axis] == 0;
            rank = sums ? 3 : rank;
            if (rank > bestRank)
            {
                (best, bestRank) = (axis, rank);
            }
        }

        return best;
    }

    private void Arrange(int count, int inner)
    {
        StridedLoops original = this;
        for (int axis = 0; axis < count; axis++)
        {
            if (axis != inner && original.to[axis] != 0)
            {
                Take(original, axis, outer++);
            }
        }

        for (int axis = 0; axis < count; axis++)
        {
            if (axis != inner && original.to[axis] == 0)
            {
                Take(original, axis, outer + repeated++);
            }
        }
    }

    private void Take(in StridedLoops original, int axis, int place)
    {
        lengths[place] = original.lengths[axis];
        from[place] = original.from[axis];
        to[place] = original.to[axis];
    }

    private void Move(int axis, int place) => Take(this, axis, place);

    private readonly int Product(int start, int end)
    {
        int product = 1;
        for (int axis = start; axis < end; axis++)
        {
            product *= lengths[axis];
        }

        return product;
    }

    private readonly void Offsets(int start, int end, int number, ref nint source, ref nint destination)
    {
        for (int axis = end - 1; axis >= start; axis--)
        {
            (number, int index) = Math.DivRem(number, lengths[axis]);
            source += (nint)index * from[axis];
            destination += (nint)index * to[axis];
        }
    }

    [InlineArray(Shape.MaxRank)]
    private struct Axes
    {
        private int first;
    }
}
