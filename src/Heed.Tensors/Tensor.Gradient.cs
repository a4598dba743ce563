using Heed.Tensors.Autograd;
using Heed.Tensors.Memory;

namespace Heed.Tensors;

/// <content>The tensor's side of automatic differentiation: what the tape adds up during the backward pass.</content>
public sealed partial class Tensor
{
    private Tensor? gradient;
    private bool gradientIsSet;
    private bool gradientIsShared;
    private bool isParameter;
    private bool isFrozen;
    private Tape? tape;
    private int node;

    /// <summary>Whether gradients flow to this tensor: true for parameters that are not frozen, and for results computed from them on a tape that has not ended.</summary>
    public bool RequiresGradient => (isParameter && !isFrozen) || IsRecorded;

    /// <summary>dL/d(this) after a backward pass, or null when none has reached this tensor since it was cleared.</summary>
    public Tensor? Gradient => CurrentGradient?.Show();

    /// <summary><see cref="Gradient"/>, for operations: who reads it here does not keep it.</summary>
    internal Tensor? CurrentGradient => gradientIsSet ? gradient : null;

    /// <summary>Whether this tensor is the result of an operation on a tape that has not ended (a parameter's gradient outlives the tape).</summary>
    internal bool IsRecorded => tape is { HasEnded: false };

    /// <summary>Declares this tensor a parameter: backward passes add to its <see cref="Gradient"/>.</summary>
    /// <returns>This tensor.</returns>
    public Tensor WithGradient()
    {
        (isParameter, isFrozen) = (true, false);
        return this;
    }

    /// <summary>Stops gradients from flowing to this parameter, until <see cref="WithGradient"/>, and gives the memory of its gradient back.</summary>
    /// <remarks>What is computed from frozen parameters alone is not recorded on a tape.</remarks>
    public void Freeze()
    {
        (isFrozen, gradientIsSet, gradient) = (true, false, null);
    }

    /// <summary>Forgets the gradient; the next backward pass starts from zero. The memory is kept for it.</summary>
    public void ClearGradient() => gradientIsSet = false;

    internal bool IsRecordedOn(Tape other) => tape == other;

    internal void MarkRecorded(Tape on, int asNode) => (tape, node) = (on, asNode);

    /// <summary>Adds to the gradient. The first addition to a recorded tensor takes <paramref name="addend"/> over without a copy.</summary>
    /// <param name="addend">The term; same element count as this tensor.</param>
    /// <param name="shared">Whether the caller or another tensor goes on using <paramref name="addend"/>.</param>
    internal void AddGradient(Tensor addend, bool shared = false)
    {
        if (!RequiresGradient)
        {
            return;
        }

        GuardNotYetRun();
        if (shared)
        {
            addend.buffer.Share();
        }

        if (gradientIsSet && gradientIsShared)
        {
            Tensor sum = GradientLike(this);
            Device.Add(gradient!, addend, sum);
            (gradient, gradientIsShared) = (sum, false);
            addend.Retire();
        }
        else if (gradientIsSet)
        {
            Device.Add(gradient!, addend, gradient!);
            addend.Retire();
        }
        else if (IsRecorded)
        {
            (gradient, gradientIsShared, gradientIsSet) = (addend.Shape == Shape ? addend : addend.View(Shape), shared, true);
        }
        else
        {
            Device.Copy(addend, GradientTarget(out _));
            addend.Retire();
        }
    }

    /// <summary>The tensor that a kernel may write the gradient into, or add to when <paramref name="accumulate"/>.</summary>
    internal Tensor GradientTarget(out bool accumulate)
    {
        GuardNotYetRun();
        accumulate = gradientIsSet;
        if (gradientIsSet && gradientIsShared)
        {
            Tensor copy = GradientLike(this);
            Device.Copy(gradient!, copy);
            (gradient, gradientIsShared) = (copy, false);
        }
        else if (!gradientIsSet && (IsRecorded || gradient is null))
        {
            gradient = IsRecorded ? GradientLike(this) : PersistentLike(this);
            gradientIsShared = false;
        }

        gradientIsSet = true;
        return gradient!;
    }

    /// <summary>
    /// Memory for a gradient that an operation computes in its forward pass: a parameter's own, where no gradient is in it.
    /// <see cref="AddComputedGradient"/> hands it back.
    /// </summary>
    internal Tensor GradientMemory()
    {
        if (!isParameter || gradientIsSet)
        {
            return GradientLike(this);
        }

        Tensor idle = gradient ?? PersistentLike(this);
        gradient = null;
        return idle;
    }

    /// <summary>Adds a gradient that was computed in <see cref="GradientMemory"/>, without a copy where it is the first.</summary>
    internal void AddComputedGradient(Tensor computed)
    {
        if (isParameter && gradient is null)
        {
            (gradient, gradientIsShared, gradientIsSet) = (computed, false, true);
        }
        else
        {
            AddGradient(computed);
        }
    }

    /// <summary>Forgets a recorded tensor's gradient once its node has run; nobody reads it again.</summary>
    internal void DropGradient()
    {
        if (gradientIsSet && !gradientIsShared)
        {
            gradient!.Retire();
        }

        (gradient, gradientIsSet) = (null, false);
    }

    // A gradient that arrives later than its node would be lost without a word.
    private void GuardNotYetRun()
    {
        if (tape is not null && tape.HasRun(node))
        {
            throw new InvalidOperationException($"Backward: a gradient reached a result {Shape} whose own backward pass has run already; call Backward once, on the sum of the losses that share it");
        }
    }

    private static Tensor PersistentLike(Tensor tensor)
    {
        using TensorScope.Suspension _ = TensorScope.Suspend();
        return Like(tensor);
    }
}
