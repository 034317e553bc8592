package dev.hypha.learn.zoo;

import dev.hypha.tensor.Tensor;
import java.util.List;

/// What the answer is read off: Xu et al., "Representation learning on graphs with jumping knowledge networks", ICML
/// 2018.
public enum Jumping {
    /// The last layer gives the answer itself.
    NONE,
    /// A linear map of what the last layer gives.
    LAST,
    /// A linear map of what all layers give, beside each other.
    CONCAT,
    /// A linear map of the largest that any layer gives, number by number.
    MAX;

    /// What the layers gave, as one row per node.
    ///
    /// @param hidden of each layer, equal numbers of rows and columns
    Tensor of(List<Tensor> hidden) {
        return switch (this) {
            case NONE, LAST -> hidden.getLast();
            case CONCAT -> Tensor.concat(hidden);
            case MAX -> hidden.stream().reduce(Jumping::larger).orElseThrow();
        };
    }

    private static Tensor larger(Tensor a, Tensor b) {
        return a.plus(b.minus(a).relu());
    }
}
