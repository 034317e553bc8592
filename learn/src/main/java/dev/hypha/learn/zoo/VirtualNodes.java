package dev.hypha.learn.zoo;

import dev.hypha.learn.FeatureStorage;
import dev.hypha.learn.LayerEdges;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Matrix;
import dev.hypha.tensor.Memory;
import dev.hypha.tensor.Purpose;
import dev.hypha.tensor.SparseMatrix;
import dev.hypha.tensor.StoredMatrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A graph with one virtual node for each class, after all others: linked both ways to the nodes that are
/// known to be of the class.
///
/// @param problem the graph without them
/// @param edges with them
/// @param known the nodes whose class is known, in rising order
@SuppressWarnings("ArrayRecordComponent") // never compared
record VirtualNodes(LabelProblem problem, LayerEdges edges, int[] known) {
    /// @throws IllegalArgumentException where no class is known
    static VirtualNodes of(LabelProblem problem) {
        int[] known = IntStream.range(0, problem.nodes()).filter(problem::knows).toArray();
        if (known.length == 0) throw new IllegalArgumentException("no label is known");
        return new VirtualNodes(problem, edges(problem, known), known);
    }

    private static LayerEdges edges(LabelProblem problem, int[] known) {
        Csr of = problem.edges().pattern();
        int nodes = problem.nodes();
        int all = nodes + problem.classCount();
        int[] degrees = new int[all];
        int[] offsets = new int[all + 1];
        int[] sources = new int[Math.addExact(of.edges(), 2 * known.length)];
        int at = 0;
        for (int i = 0; i < nodes; i++) {
            System.arraycopy(of.indices(), of.offsets()[i], sources, at, of.degree(i));
            at += of.degree(i);
            degrees[i] = problem.edges().degree(i);
            if (problem.knows(i)) {
                sources[at++] = nodes + problem.known()[i];
                degrees[i]++;
            }
            offsets[i + 1] = at;
        }
        for (int c = 0; c < problem.classCount(); c++) {
            for (int i : known) if (problem.known()[i] == c) sources[at++] = i;
            offsets[nodes + c + 1] = at;
            degrees[nodes + c] = at - offsets[nodes + c];
        }
        return new LayerEdges(new Csr(all, all, offsets, sources), degrees);
    }

    /// Features of all nodes, the virtual ones' drawn from a normal distribution; rows are scaled to length 1.
    ///
    /// @return the caller's to close
    StoredMatrix features(StoredMatrix real, Memory memory, long key) {
        SplittableRandom random = new SplittableRandom(key);
        if (real instanceof SparseMatrix sparse) return sparse(sparse, memory, random);
        Matrix dense = (Matrix) FeatureStorage.FLOAT32.of(memory, real);
        Matrix all = Matrix.of(memory, Purpose.WORKSPACE, edges.targets(), real.cols());
        all.slice(0, real.rows()).copyFrom(dense);
        if (dense != real) dense.close();
        for (long i = (long) real.rows() * real.cols(); i < all.size(); i++) all.put(i, (float) random.nextGaussian());
        scale(all);
        return all;
    }

    private StoredMatrix sparse(SparseMatrix real, Memory memory, SplittableRandom random) {
        int nodes = real.rows();
        int from = real.pattern().edges();
        int width = real.cols();
        int[] offsets = Arrays.copyOf(real.pattern().offsets(), edges.targets() + 1);
        int[] columns = Arrays.copyOf(real.pattern().indices(), Math.addExact(from, problem.classCount() * width));
        Matrix values = Matrix.of(memory, Purpose.WORKSPACE, columns.length, 1);
        values.slice(0, from).copyFrom(real.values());
        for (int e = from; e < columns.length; e++) {
            columns[e] = (e - from) % width;
            values.put(e, (float) random.nextGaussian());
        }
        for (int i = nodes; i < edges.targets(); i++) offsets[i + 1] = offsets[i] + width;
        for (int i = 0; i < edges.targets(); i++) scale(values, offsets[i], offsets[i + 1]);
        return new SparseMatrix(new Csr(edges.targets(), width, offsets, columns), values);
    }

    /// Scales rows to length 1.
    static void scale(Matrix rows) {
        for (long i = 0; i < rows.rows(); i++) scale(rows, i * rows.cols(), (i + 1) * rows.cols());
    }

    /// A row of zeros stays as it is.
    private static void scale(Matrix values, long from, long to) {
        double sum = 0;
        for (long i = from; i < to; i++) sum += (double) values.at(i) * values.at(i);
        double factor = sum == 0 ? 1 : 1 / Math.sqrt(sum);
        for (long i = from; i < to; i++) values.put(i, (float) (values.at(i) * factor));
    }
}
