package dev.hypha.testkit;

import dev.hypha.learn.RowBatch;

/// A [RandomDatabase] as models over rows see it.
///
/// @param hops that a batch reaches
record DatabaseTrial(RandomDatabase database, int hops, long key) implements Trial<RowBatch> {
    private static final int FEW = 9;

    static DatabaseTrial of(int hops, long key, int size) {
        return new DatabaseTrial(new RandomDatabase(key, size), hops, key);
    }

    @Override
    public RowBatch batch(int seeds) {
        return database.batch(hops, seeds);
    }

    @Override
    public RowBatch alone(int seed) {
        return database.source(hops, database.seeds(FEW)).batch(new int[] {seed}, 0);
    }

    @Override
    public RowBatch bare() {
        return database.source(hops, database.seedBeforeAll()).batch(new int[] {0}, 0);
    }

    @Override
    public Trial<RowBatch> renumbered(long order) {
        return new DatabaseTrial(database.renumbered(order), hops, key);
    }

    @Override
    public Trial<RowBatch> readBackwards() {
        return new DatabaseTrial(database.readBackwards(), hops, key);
    }

    @Override
    public Trial<RowBatch> ofSize(int size) {
        return of(hops, key, size);
    }

    @Override
    public void close() {
        database.close();
    }
}
