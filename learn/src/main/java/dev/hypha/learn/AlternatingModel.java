package dev.hypha.learn;

import java.util.List;

/// A model whose parts are trained in turns: for some epochs one of them learns, and the others stay as they are.
///
/// @param <B> what it looks at
public interface AlternatingModel<B extends Batch> extends Model<B> {
    /// The parts in the order of their turns, after which the first has its turn again, by the names that the model
    /// gives them ([Context#part]); together they have all parameters. With none, everything learns all the time.
    List<String> turns();

    /// How many epochs a turn is long, at least 1.
    int epochsPerTurn();

    /// Whether a parameter learns in an epoch.
    ///
    /// @param name of the parameter
    /// @param epoch its number, from 1
    default boolean learns(String name, int epoch) {
        List<String> turns = turns();
        return turns.isEmpty() || name.startsWith(turns.get((epoch - 1) / epochsPerTurn() % turns.size()) + "/");
    }
}
