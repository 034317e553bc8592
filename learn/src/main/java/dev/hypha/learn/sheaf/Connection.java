package dev.hypha.learn.sheaf;

import dev.hypha.learn.LayerEdges;
import dev.hypha.learn.Options;
import dev.hypha.learn.linear.SymmetricEigen;
import dev.hypha.tensor.Csr;
import dev.hypha.tensor.StoredMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Rotations between the stalks of neighbors that are read off features before training: how the flat spaces that
/// nodes' neighborhoods lie in are best aligned. Singer, Wu, "Vector diffusion maps and the connection Laplacian",
/// 2012, section 2; Barbero et al., "Sheaf neural networks with connection Laplacians", TAG-ML 2022, algorithm 1.
///
///     T_v  = the first d left singular vectors of [x_u - x_v] over the neighbors u of v           [features, d]
///     O_vu = U V^T,  where U S V^T = T_v^T T_u                                                    [d, d]
///
/// A node with fewer than d neighbors takes the nearest other nodes by their features besides, of at most
/// [#CANDIDATES] spread over the graph. What singular vectors leave open is decided so that equal input gives
/// equal bits: the largest element of each is positive, and directions in which nothing varies are unit vectors.
public final class Connection {
    /// Nodes among which a node with few neighbors looks for the nearest.
    private static final int CANDIDATES = 512;

    private final StoredRows features;
    private final int[] nodes;
    private final int stalk;
    private final Csr near;
    private final Csr far;
    private double[][] candidates;

    private Connection(StoredRows features, int[] nodes, Csr pattern, int stalk) {
        this.features = features;
        this.nodes = nodes;
        this.stalk = stalk;
        this.near = pattern;
        this.far = pattern.transpose();
    }

    /// O_ij of each edge's target i and source j, row after row: shape [edges without loops, d x d]. Worked out
    /// once per layer of edges. It takes time in proportion to the edges times the features that nodes have.
    ///
    /// @param stored features of all nodes
    /// @param nodes the row of features of each source, or null for all in order
    /// @param stalk d
    /// @throws dev.hypha.graph.InputException where there are fewer features than d
    public static float[] blocks(LayerEdges edges, StoredMatrix stored, int[] nodes, int stalk) {
        if (stalk > stored.cols()) {
            throw Options.refused(
                    "stalk",
                    stalk,
                    "but nodes have " + stored.cols() + " features",
                    "Give at most that many dimensions.");
        }
        Csr pattern = SheafEdges.of(edges).pattern();
        return edges.once(
                new Key(stored, stalk),
                float[].class,
                () -> new Connection(new StoredRows(stored), nodes, pattern, stalk).blocks());
    }

    /// What rotations depend on beside the edges.
    private record Key(StoredMatrix features, int stalk) {}

    private float[] blocks() {
        double[][] bases = new double[near.cols()][];
        for (int v = 0; v < bases.length; v++) bases[v] = basis(v);
        float[] blocks = new float[near.edges() * stalk * stalk];
        for (int i = 0; i < near.rows(); i++) {
            for (int e = near.offsets()[i]; e < near.offsets()[i + 1]; e++) {
                int j = near.indices()[e];
                // One way is the other transposed, also where alignment leaves something open.
                put(align(bases[Math.min(i, j)], bases[Math.max(i, j)]), i > j, blocks, e * stalk * stalk);
            }
        }
        return blocks;
    }

    private void put(double[] block, boolean transposed, float[] blocks, int at) {
        for (int a = 0; a < stalk; a++) {
            for (int b = 0; b < stalk; b++) {
                blocks[at++] = (float) block[transposed ? b * stalk + a : a * stalk + b];
            }
        }
    }

    /// T_v, column after column.
    private double[] basis(int v) {
        int width = features.width();
        double[] own = row(v);
        double[][] differences = Arrays.stream(neighborhood(v, own))
                .mapToObj(u -> minus(row(u), own))
                .toArray(double[][]::new);
        double[] basis = new LocalPca(differences, width, stalk).directions();
        return new Orthonormal(width, stalk, basis).completed();
    }

    private double[] row(int v) {
        return features.of(nodes == null ? v : nodes[v]);
    }

    private static double[] minus(double[] a, double[] b) {
        for (int c = 0; c < a.length; c++) a[c] -= b[c];
        return a;
    }

    /// All nodes that share an edge with v, and the nearest others where these are fewer than d.
    private int[] neighborhood(int v, double[] own) {
        IntStream into = v < near.rows()
                ? Arrays.stream(near.indices(), near.offsets()[v], near.offsets()[v + 1])
                : IntStream.empty();
        IntStream from = Arrays.stream(far.indices(), far.offsets()[v], far.offsets()[v + 1]);
        int[] neighbors = IntStream.concat(into, from).sorted().distinct().toArray();
        if (neighbors.length >= stalk) return neighbors;
        IntStream nearest = nearest(v, own, neighbors).limit(stalk - neighbors.length);
        return IntStream.concat(Arrays.stream(neighbors), nearest).toArray();
    }

    private IntStream nearest(int v, double[] own, int[] known) {
        int step = Math.ceilDiv(near.cols(), CANDIDATES);
        if (candidates == null) {
            candidates = new double[Math.ceilDiv(near.cols(), step)][];
            for (int k = 0; k < candidates.length; k++) candidates[k] = row(k * step);
        }
        double[] distances = new double[candidates.length];
        for (int k = 0; k < distances.length; k++) distances[k] = squaredDistance(candidates[k], own);
        return IntStream.range(0, distances.length)
                .filter(k -> k * step != v && Arrays.binarySearch(known, k * step) < 0)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> distances[k]))
                .mapToInt(k -> k * step);
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) sum += (a[c] - b[c]) * (a[c] - b[c]);
        return sum;
    }

    /// The orthogonal matrix nearest to T_v^T T_u, row after row: `U V^T`, with `u_c = B v_c / s_c` for the
    /// eigenvectors v_c and values s_c^2 of B^T B.
    private double[] align(double[] left, double[] right) {
        int d = stalk;
        int width = features.width();
        double[] b = new double[d * d];
        for (int i = 0; i < d; i++) for (int k = 0; k < d; k++) b[i * d + k] = dot(left, i, right, k, width);
        SymmetricEigen eigen = new SymmetricEigen(d);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < d; k++) {
                for (int m = 0; m < d; m++) eigen.matrix()[i * d + k] += b[m * d + i] * b[m * d + k];
            }
        }
        eigen.solve();
        double[] v = eigen.vectors();
        Orthonormal u = new Orthonormal(d, d, new double[0]);
        int[] order = eigen.descending();
        for (int c = 0; c < d; c++) {
            double[] column = new double[d];
            for (int i = 0; i < d; i++) {
                for (int k = 0; k < d; k++) column[i] += b[i * d + k] * v[k * d + order[c]];
            }
            if (!u.add(column)) break;
        }
        return outer(u.completed(), v, order);
    }

    /// The sum over c of u_c v_c^T, u one after the other and v in columns.
    private double[] outer(double[] u, double[] v, int[] order) {
        int d = stalk;
        double[] block = new double[d * d];
        for (int c = 0; c < d; c++) {
            for (int i = 0; i < d; i++) {
                for (int k = 0; k < d; k++) block[i * d + k] += u[c * d + i] * v[k * d + order[c]];
            }
        }
        return block;
    }

    private static double dot(double[] a, int i, double[] b, int k, int width) {
        double sum = 0;
        for (int c = 0; c < width; c++) sum += a[i * width + c] * b[k * width + c];
        return sum;
    }
}
