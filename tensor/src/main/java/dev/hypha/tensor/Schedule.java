package dev.hypha.tensor;

import java.util.ArrayList;
import java.util.List;

/// When the operations of a tape run, and how long their values live.
///
/// A model keeps its intermediate results in variables, so that nobody can tell, while it runs, which of them it will
/// use again. Operations are therefore only noted, and run when a value or a gradient is wanted: all their readers are
/// known then, and the memory of a value is given back after the last of them. What a gradient reads counts as a
/// reader ([Reads]), and so does a slice that shares the memory. An operation on single elements writes over an
/// operand that nothing else will read.
///
/// On a tape that records, nothing is given back before the gradients are asked for: whoever looks at values first may
/// still have use for others.
final class Schedule {
    private final Tape tape;
    private final Forward forward;
    private final List<Tensor> waiting = new ArrayList<>();
    private final List<Tensor> spent = new ArrayList<>();
    private boolean gives;
    private boolean runs;

    /// @param gives whether values are given back from the start
    Schedule(Tape tape, Forward forward, boolean gives) {
        this.tape = tape;
        this.forward = forward;
        this.gives = gives;
    }

    /// Notes the operation of a result.
    void add(Tensor out) {
        Op op = out.op();
        for (Tensor input : op.inputs()) input.uses++;
        if (op instanceof Op.SliceRows(Tensor x, int _, int _)) x.uses++;
        if (out.needsGradient()) for (Tensor read : Reads.of(op, out)) read.uses++;
        waiting.add(out);
    }

    /// From now on values are given back, among them those that nothing will read any more.
    void give() {
        gives = true;
        for (Tensor value : spent) if (value.uses == 0) giveBack(value);
        spent.clear();
    }

    /// Runs all that was noted, unless that is going on: an operand that was given back is then wanted again.
    void run() {
        if (runs) return;
        runs = true;
        try {
            for (Tensor out : waiting) {
                make(out);
                for (Tensor input : out.op().inputs()) release(input);
            }
        } finally {
            waiting.clear();
            runs = false;
        }
    }

    /// The value of a result: what is noted runs, and what was given back is worked out again.
    Matrix value(Tensor out) {
        run();
        if (out.value == null) {
            if (out.op() instanceof Op.BatchNorm norm && norm.training()) {
                throw new IllegalStateException(out + " moves its running moments, and so can be worked out only once");
            }
            make(out);
        }
        return out.value;
    }

    private void make(Tensor out) {
        Op op = out.op();
        Tensor replaced = gives ? replaceable(op, out.shape()) : null;
        if (replaced != null) out.value = replaced.value;
        else if (!(op instanceof Op.SliceRows)) out.value = tape.allocate(out.rows(), out.cols());
        forward.run(op, out);
        if (replaced != null) replaced.value = null;
        if (!out.needsGradient()) giveSaved(out);
    }

    /// The operand in whose place the result can be written, or null.
    private static Tensor replaceable(Op op, Shape shape) {
        Tensor x = switch (op) {
            case Op.Add add -> add.a();
            case Op.Multiply multiply -> multiply.a();
            case Op.Affine affine -> affine.x();
            case Op.Map map -> map.x();
            case Op.BiasActivation activation -> activation.x();
            case Op.Dropout dropout -> dropout.x();
            default -> null;
        };
        if (x == null || x.uses != 1 || !x.ownsValue() || !x.shape().equals(shape)) return null;
        return x.value == null ? null : x;
    }

    /// Counts one reader less.
    void release(Tensor value) {
        if (--value.uses > 0) return;
        if (gives) giveBack(value);
        else spent.add(value);
    }

    private void giveBack(Tensor value) {
        if (value.value == null || value.wanted || value.op() == null) return;
        if (value.op() instanceof Op.SliceRows(Tensor x, int _, int _)) release(x);
        else tape.give(value.value);
        value.value = null;
    }

    /// Ends the readings of a result's gradient, and what was kept for it alone.
    void pass(Tensor out) {
        for (Tensor read : Reads.of(out.op(), out)) release(read);
        giveSaved(out);
    }

    private void giveSaved(Tensor out) {
        boolean lent = out.op() instanceof Op.BatchNorm norm && out.saved == norm.running();
        if (out.saved != null && !lent) tape.give(out.saved);
        if (out.above != null) tape.give(out.above);
        out.saved = null;
        out.above = null;
    }
}
