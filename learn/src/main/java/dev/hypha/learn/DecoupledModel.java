package dev.hypha.learn;

import dev.hypha.tensor.Tensor;

/// A node model in two halves: one that passes messages and has no parameters, and one that has them and looks at each
/// node alone. What the first gives is the same in every step, so it may be worked out once for a whole graph
/// ([Propagation]); training then reads rows of it as if there were no edges.
public interface DecoupledModel extends NodeModel {
    /// What is read off the graph: a function of features and edges alone. It asks for no parameter and no randomness.
    ///
    /// @return one row per target of the last layer, of a width that `classify` can read
    Tensor propagate(Context c, NodeBatch in);

    /// What is said of nodes by what was read off the graph for them, each row by itself.
    ///
    /// @param x rows of what `propagate` gives, as they are stored
    /// @return logits, shape [x.rows, c.outputs()]
    Tensor classify(Context c, Tensor x);

    @Override
    default Tensor forward(Context c, NodeBatch in) {
        return classify(c, propagate(c, in));
    }

    /// The second half alone, with the same parameters: a model without layers, for [FeatureRows] of what [Propagation]
    /// gave.
    default NodeModel onPropagated() {
        return new Classifier(this);
    }

    /// The second half of a model.
    ///
    /// @param model whose half it is
    record Classifier(DecoupledModel model) implements NodeModel {
        @Override
        public int layers() {
            return 0;
        }

        @Override
        public Tensor forward(Context c, NodeBatch in) {
            return model.classify(c, c.features(in));
        }
    }
}
