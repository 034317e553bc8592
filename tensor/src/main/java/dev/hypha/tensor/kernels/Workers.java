package dev.hypha.tensor.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Threads that share out the ranges of a loop. Where a range starts and ends depends on the loop's size
/// alone, so the result has the same bits with any number of threads, or while another caller keeps the
/// threads busy.
public final class Workers implements AutoCloseable {
    /// Elements worth handing to another thread: some 10 microseconds of streaming, a few times the cost of
    /// handing over.
    private static final int ELEMENTS = 1 << 15;
    /// Elements of source rows worth handing to another thread: some 20 microseconds of random reading.
    private static final int ENTRY_ELEMENTS = 1 << 17;

    private static final int MOST_PIECES = 1 << 14;
    /// One cache line of float32, so that two threads never write into the same one.
    private static final int COLUMNS = 16;
    /// Multiplications worth handing to another thread, and rows below which packing the right operand would
    /// cost more.
    private static final int MULTIPLICATIONS = 1 << 21;
    private static final int PRODUCT_ROWS = 64;
    /// Multiplications per row from which the right operand is large: each piece packs it anew, so that
    /// pieces are then as long as two threads allow.
    private static final int LARGE = 1 << 19;

    private static final int FEW_PIECES = 2;
    private static final int MOST_ROWS_LARGE = 1024;
    private static final int SOME_PIECES = 8;
    private static final int MOST_ROWS = 512;

    /// How often an idle thread looks for work before it sleeps; a training step has an operation every few
    /// microseconds.
    private static final int SPINS = 2000;

    /// How long a caller that has looked that often sleeps between looks.
    private static final long WAIT_NANOS = 20_000;

    private final List<Thread> threads = new ArrayList<>();
    private final int count;
    private final boolean idle;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Job current;
    private volatile boolean closed;

    /// The body of a loop over one range.
    @FunctionalInterface
    public interface Range {
        /// @param from inclusive
        /// @param to exclusive
        void run(int from, int to);
    }

    /// The body of a sum over one range.
    @FunctionalInterface
    public interface Sum {
        /// @param from inclusive
        /// @param to exclusive
        double run(int from, int to);
    }

    /// The body of a loop over numbered pieces.
    @FunctionalInterface
    public interface Piece {
        /// @param from inclusive
        /// @param to exclusive
        void run(int piece, int from, int to);
    }

    /// @param count number of threads that work at once, the calling one among them
    public Workers(int count) {
        this(count, false);
        for (int i = 1; i < count; i++) {
            threads.add(Thread.ofPlatform().daemon().name("hypha-kernel-" + i).start(this::serve));
        }
    }

    private Workers(int count, boolean idle) {
        if (count < 1) throw new IllegalArgumentException("number of threads " + count + " is below 1");
        this.count = count;
        this.idle = idle;
    }

    /// Workers that run no body and give 1 for every sum, by which one may divide; for finding out what
    /// memory a step takes.
    public static Workers idle(int count) {
        return new Workers(count, true);
    }

    /// Number of threads that work at once, the calling one among them.
    public int count() {
        return count;
    }

    /// Runs the body on the calling thread: for what is too little to be shared out.
    public void alone(Runnable body) {
        if (!idle) body.run();
    }

    /// Runs the body over `n` elements.
    public void elements(int n, Range body) {
        ranges(n, ELEMENTS, body);
    }

    /// Runs the body over rows that touch `perRow` elements each.
    public void rows(int rows, long perRow, Range body) {
        ranges(rows, (int) Math.max(1, ELEMENTS / Math.max(1, perRow)), body);
    }

    /// Runs the body over the rows of a sparse pattern, in ranges of about the same number of entries.
    ///
    /// @param offsets where each row's entries start, at least rows + 1
    /// @param perEntry elements that an entry touches
    public void balanced(int rows, int[] offsets, long perEntry, Range body) {
        if (rows == 0 || idle) return;
        long work = (long) offsets[rows] + rows;
        int pieces = Math.clamp(work * Math.max(1, perEntry) / ENTRY_ELEMENTS, 1, Math.min(rows, MOST_PIECES));
        ranges(pieces, 1, (from, to) -> {
            int first = rowAt(rows, offsets, work * from / pieces);
            int last = rowAt(rows, offsets, work * to / pieces);
            if (first < last) body.run(first, last);
        });
    }

    /// Runs the body over the rows of a sparse pattern, in a given number of pieces of about the same
    /// number of entries; each piece is run once, and an empty one is left out.
    public void pieces(int rows, int[] offsets, int pieces, Piece body) {
        long work = (long) offsets[rows] + rows;
        ranges(pieces, 1, (piece, _) -> {
            int first = rowAt(rows, offsets, work * piece / pieces);
            int last = rowAt(rows, offsets, work * (piece + 1) / pieces);
            if (first < last) body.run(piece, first, last);
        });
    }

    /// Runs the body over 0..n in a given number of pieces of about the same length.
    public void pieces(int n, int pieces, Piece body) {
        ranges(
                pieces,
                1,
                (piece, _) ->
                        body.run(piece, (int) ((long) n * piece / pieces), (int) ((long) n * (piece + 1) / pieces)));
    }

    /// The first row with at least this many entries and rows before it.
    private static int rowAt(int rows, int[] offsets, long work) {
        int low = 0;
        int high = rows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offsets[middle] + (long) middle < work) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// Runs the body over columns, each of which visits all rows.
    public void columns(int rows, int cols, Range body) {
        int step = (int) Math.min(cols, Math.max(1, ELEMENTS / Math.max(1L, rows)));
        ranges(cols, (step + COLUMNS - 1) / COLUMNS * COLUMNS, body);
    }

    /// Runs the body over the rows of a dense product.
    ///
    /// @param perRow multiplications per row
    public void products(int rows, long perRow, Range body) {
        long share = perRow >= LARGE
                ? Math.clamp(rows / FEW_PIECES, PRODUCT_ROWS, MOST_ROWS_LARGE)
                : Math.clamp(rows / SOME_PIECES, PRODUCT_ROWS, MOST_ROWS);
        long step = Math.max(share, MULTIPLICATIONS / Math.max(1, perRow));
        ranges(rows, (int) Math.min(Integer.MAX_VALUE, (step + COLUMNS - 1) / COLUMNS * COLUMNS), body);
    }

    /// Adds up what the body gives for each range of elements, in order.
    public double sum(int n, Sum body) {
        return sum(n, 1, body);
    }

    /// Adds up what the body gives for each range of rows that touch `perRow` elements each, in order.
    public double sum(int rows, long perRow, Sum body) {
        if (idle) return 1;
        int step = (int) Math.max(1, ELEMENTS / Math.max(1, perRow));
        if (rows <= step) return body.run(0, rows);
        double[] parts = new double[Math.ceilDiv(rows, step)];
        ranges(rows, step, (from, to) -> parts[from / step] = body.run(from, to));
        double sum = 0;
        for (double part : parts) sum += part;
        return sum;
    }

    /// Runs the body over 0..n in ranges of `step`, the last one shorter.
    public void ranges(int n, int step, Range body) {
        if (n <= 0 || idle) return;
        if (n <= step) {
            body.run(0, n);
            return;
        }
        Job job = new Job(body, n, step);
        // A caller that finds the threads taken does its ranges alone rather than wait for them.
        if (threads.isEmpty() || !lock.tryLock()) {
            job.work();
        } else {
            try {
                share(job);
            } finally {
                lock.unlock();
            }
        }
        job.rethrow();
    }

    private void share(Job job) {
        current = job;
        for (int i = 0; i < Math.min(threads.size(), job.count - 1); i++) LockSupport.unpark(threads.get(i));
        job.work();
        // The last range may be on a thread that the machine has put aside: then let it have this processor.
        for (int spins = 0; job.done.get() < job.count; spins++) {
            if (spins < SPINS) Thread.onSpinWait();
            else LockSupport.parkNanos(WAIT_NANOS);
        }
        current = null;
    }

    private void serve() {
        int idle = 0;
        while (!closed) {
            Job job = current;
            if (job != null && job.work()) {
                idle = 0;
            } else if (++idle < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                idle = 0;
            }
        }
    }

    /// Ends the threads.
    @Override
    public void close() {
        closed = true;
        threads.forEach(LockSupport::unpark);
    }

    private static final class Job {
        private final Range body;
        private final int n;
        private final int step;
        private final int count;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile Throwable failure;

        Job(Range body, int n, int step) {
            this.body = body;
            this.n = n;
            this.step = step;
            this.count = Math.ceilDiv(n, step);
        }

        /// Takes ranges until none is left.
        ///
        /// @return whether there was one
        boolean work() {
            boolean any = false;
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                any = true;
                try {
                    body.run(i * step, (int) Math.min(n, (i + 1L) * step));
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    done.incrementAndGet();
                }
            }
            return any;
        }

        void rethrow() {
            if (failure instanceof Error e) throw e;
            if (failure instanceof RuntimeException e) throw e;
        }
    }
}
