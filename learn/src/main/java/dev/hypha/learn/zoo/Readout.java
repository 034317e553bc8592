package dev.hypha.learn.zoo;

import dev.hypha.learn.Context;
import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.NodeBatch;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Reduce;
import dev.hypha.tensor.Tensor;
import java.util.stream.IntStream;

/// What the answer for a node is read off in its scope.
enum Readout {
    /// The node alone.
    CENTER,
    /// The node, and beside it the mean of all nodes of its scope.
    MEAN,
    /// The node, and beside it their sum.
    SUM,
    /// The node, and beside it the largest that any of them has, number by number.
    MAX;

    /// @param h of the last layer, one row per target
    /// @return one row per scope, or per target where there are none: then these together are the scope of each
    Tensor of(Context c, NodeBatch in, Tensor h) {
        if (in.scopes().isPresent()) {
            Csr scopes = in.scopes().get();
            Tensor own = h.firstRows(scopes.rows());
            return this == CENTER ? own : own.concat(h.spmm(scopes, reduce()));
        }
        if (this == CENTER) return h;
        Tensor pooled = h.spmm(everyone(in), reduce());
        return h.concat(c.constant(h.rows(), _ -> 1).times(pooled));
    }

    private Reduce reduce() {
        return switch (this) {
            case MEAN -> Reduce.MEAN;
            case SUM -> Reduce.SUM;
            case MAX -> Reduce.MAX;
            case CENTER -> throw new IllegalStateException("nothing is pooled");
        };
    }

    private static Csr everyone(NodeBatch in) {
        LayerEdges last = in.layer(in.layers() - 1);
        return last.once(Readout.class, Csr.class, () -> {
            int[] all = IntStream.range(0, last.targets()).toArray();
            return new Csr(1, all.length, new int[] {0, all.length}, all);
        });
    }
}
