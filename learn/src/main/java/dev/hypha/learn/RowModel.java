package dev.hypha.learn;

import java.util.List;

/// A model over the rows of a database: it looks at trees of rows that are sampled around each seed.
public interface RowModel extends Model<RowBatch> {
    /// How many neighbors per edge type are to be sampled at each hop, the seeds' first; -1 means all.
    List<Integer> fanouts();
}
