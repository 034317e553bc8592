package dev.hypha.learn;

import dev.hypha.tensor.Tensor;
import java.util.List;

/// A method that answers for the seeds of a batch. Best a record whose components are its hyper-parameters, each with
/// an
/// [Option]; it holds no weights: those it asks its [Context] for, by name.
public interface Model {
    /// What the method says about the seeds.
    ///
    /// @return logits, shape [seeds, c.outputs()]
    Tensor forward(Context c, Batch in);

    /// How many neighbors per edge type are to be sampled at each hop, the seeds' first; -1 means all.
    List<Integer> fanouts();
}
