package dev.hypha.learn;

import dev.hypha.tensor.Csr;
import dev.hypha.tensor.Scaling;
import dev.hypha.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The edges over which one layer passes messages. Targets are the first of the sources: row i of either is the same
/// node. Shared by passes and threads; what is derived is worked out once.
public final class LayerEdges {
    private final Csr pattern;
    private final int[] degrees;
    private final Directions directions;
    private final Map<Object, Object> derived = new HashMap<>();
    private Csr others;
    private Csr looped;
    private Csr plusSelf;
    private Scaling normalised;
    private Scaling unlooped;
    private Boolean whole;
    private List<LayerEdges> apart = List.of();

    /// Edges without direction, or of which only one is told.
    ///
    /// @param pattern targets x sources
    /// @param degrees how many edges come into each source in the whole graph, from other nodes than itself
    public LayerEdges(Csr pattern, int[] degrees) {
        this(pattern, degrees, null);
    }

    /// @param pattern targets x sources, as models see it that know no directions
    /// @param degrees how many edges come into each source in the whole graph, from other nodes than itself
    /// @param directions of the same edges, or null
    public LayerEdges(Csr pattern, int[] degrees, Directions directions) {
        if (pattern.rows() > pattern.cols()) throw new IllegalArgumentException("more targets than sources");
        if (degrees.length < pattern.cols()) throw new IllegalArgumentException("fewer degrees than sources");
        this.pattern = pattern;
        this.degrees = degrees;
        this.directions = directions;
    }

    /// Targets x sources, as the graph has them.
    public Csr pattern() {
        return pattern;
    }

    /// Number of targets.
    public int targets() {
        return pattern.rows();
    }

    /// Number of sources.
    public int sources() {
        return pattern.cols();
    }

    /// How many edges come into a source in the whole graph, from other nodes than itself.
    public int degree(int source) {
        return degrees[source];
    }

    /// Whether an edge may lack its reverse, and this is known.
    public boolean directed() {
        return directions != null;
    }

    /// Both directions of the edges. Where none are told, every edge goes both ways.
    public Directions directions() {
        if (directions != null) return directions;
        return once(Directions.class, Directions.class, () -> new Directions(others(), others(), degrees, degrees));
    }

    /// `y_i = sum_j x_j / (d_i e_j)^exponent` over the nodes j that i gathers from one way, d_i how many
    /// these are and e_j how many gather from j. Where only some were sampled, these count for as many more as
    /// they are fewer.
    ///
    /// @param exponent 0 for a plain sum
    /// @param x one row per source
    /// @return one row per target
    public Tensor gathered(Directions.Way way, double exponent, Tensor x) {
        Directions both = directions();
        record Factors(Directions.Way way, double exponent) {}
        Scaling factors = once(new Factors(way, exponent), Scaling.class, () -> both.scaling(way, exponent));
        return x.spmm(both.pattern(way), factors);
    }

    /// What a method of its own works out of these edges, once and kept as long as they are, such as patterns.
    ///
    /// @param key what it is and what else it depends on; a class or a record
    public synchronized <T> T once(Object key, Class<T> type, Supplier<T> make) {
        Object made = derived.get(key);
        if (made == null) {
            made = make.get(); // which may ask for something derived itself
            derived.put(key, made);
        }
        return type.cast(made);
    }

    /// The pattern with exactly one edge from each target to itself, the first of its row.
    public synchronized Csr looped() {
        if (looped == null) looped = withLoops(others());
        return looped;
    }

    /// The pattern with one more edge from each target to itself, the first of its row.
    public synchronized Csr plusSelf() {
        if (plusSelf == null) plusSelf = withLoops(pattern);
        return plusSelf;
    }

    /// For each distance from 1 on, the sources exactly so many edges away from each target, as edges with degrees of
    /// their own. In a sample, distances are those of the sample.
    ///
    /// @throws dev.hypha.graph.InputException if there are more than 100 million such pairs
    public synchronized List<LayerEdges> apart(int hops) {
        if (apart.size() < hops) apart = HopEdges.of(pattern, hops);
        return apart.subList(0, hops);
    }

    /// The same edges into the first targets alone, over the first sources; edges from others are left out.
    public LayerEdges within(int targets, int sources) {
        if (targets == targets() && sources == sources()) return this;
        int[] offsets = new int[targets + 1];
        int[] indices = new int[pattern.offsets()[targets]];
        int at = 0;
        for (int i = 0; i < targets; i++) {
            for (int e = pattern.offsets()[i]; e < pattern.offsets()[i + 1]; e++) {
                if (pattern.indices()[e] < sources) indices[at++] = pattern.indices()[e];
            }
            offsets[i + 1] = at;
        }
        return new LayerEdges(new Csr(targets, sources, offsets, indices), degrees);
    }

    private Csr withLoops(Csr edges) {
        int[] offsets = new int[targets() + 1];
        int[] indices = new int[edges.edges() + targets()];
        for (int i = 0; i < targets(); i++) {
            int from = edges.offsets()[i];
            int degree = edges.degree(i);
            indices[offsets[i]] = i;
            System.arraycopy(edges.indices(), from, indices, offsets[i] + 1, degree);
            offsets[i + 1] = offsets[i] + 1 + degree;
        }
        return new Csr(targets(), sources(), offsets, indices);
    }

    /// The pattern without edges from a node to itself.
    public synchronized Csr others() {
        if (others == null) others = withoutLoops();
        return others;
    }

    private Csr withoutLoops() {
        int[] from = pattern.offsets();
        int[] sources = pattern.indices();
        int[] offsets = new int[targets() + 1];
        int[] indices = new int[pattern.edges()];
        int at = 0;
        for (int i = 0; i < targets(); i++) {
            for (int e = from[i]; e < from[i + 1]; e++) if (sources[e] != i) indices[at++] = sources[e];
            offsets[i + 1] = at;
        }
        return at == pattern.edges() ? pattern : new Csr(targets(), sources(), offsets, indices);
    }

    /// `D^-1/2 (A + I) D^-1/2 x` with the degrees D of A + I in the whole graph. Kipf and Welling, ICLR 2017, equation
    /// 2.
    /// Where only some edges of a target were sampled, they count for as many more as they are fewer, so that the
    /// expectation over samples is that of the whole graph.
    ///
    /// @param x one row per source
    /// @return one row per target
    public Tensor normalised(Context c, Tensor x) {
        if (whole()) return x.spmm(looped(), normalised());
        Tensor loops = x.firstRows(targets()).scaleRows(c.constant(targets(), i -> 1f / (degrees[i] + 1)));
        return x.spmm(others(), normalised()).plus(loops);
    }

    /// The same with a share of the matrix's entries dropped in training, and those kept divided by what is left.
    ///
    /// @param dropout share that is dropped; 0 for none
    public Tensor normalised(Context c, Tensor x, double dropout) {
        if (!c.training() || dropout == 0) return normalised(c, x);
        if (whole()) return x.spmm(looped(), normalised(), kept(c, looped(), dropout));
        Tensor own = c.dropout(c.constant(targets(), i -> 1f / (degrees[i] + 1)), dropout);
        Tensor loops = x.firstRows(targets()).scaleRows(own);
        return x.spmm(others(), normalised(), kept(c, others(), dropout)).plus(loops);
    }

    private static Tensor kept(Context c, Csr edges, double dropout) {
        return c.dropout(c.constant(edges.edges(), _ -> 1), dropout);
    }

    /// `D^-1/2 A D^-1/2 x` with the degrees D of A in the whole graph, edges from a node to itself left out. Where only
    /// some edges of a target were sampled, they count for as many more as they are fewer.
    ///
    /// @param x one row per source
    /// @return one row per target, zeros where no edge comes in
    public Tensor normalisedWithoutLoops(Tensor x) {
        return x.spmm(others(), withoutLoopsScaling());
    }

    private synchronized Scaling withoutLoopsScaling() {
        if (unlooped == null) unlooped = new Scaling(sourceRoots(0), targetRoots(0));
        return unlooped;
    }

    /// Whether it is less work to map vectors before they are summed over these edges than after: where they
    /// are sparse, or the map narrows them and there are not many more sources to be mapped than targets.
    public boolean mapFirst(Tensor x, int to) {
        return x.isSparse() || (to < x.cols() && sources() <= 2 * targets());
    }

    private synchronized boolean whole() {
        if (whole == null) {
            whole = true;
            for (int i = 0; i < targets(); i++) whole &= others().degree(i) == degrees[i];
        }
        return whole;
    }

    private synchronized Scaling normalised() {
        if (normalised == null) normalised = new Scaling(sourceRoots(1), targetRoots(1));
        return normalised;
    }

    /// @param loops how many edges each node has to itself
    private float[] sourceRoots(int loops) {
        float[] roots = new float[sources()];
        for (int j = 0; j < roots.length; j++) roots[j] = root(j, loops);
        return roots;
    }

    private float[] targetRoots(int loops) {
        float[] roots = new float[targets()];
        for (int i = 0; i < roots.length; i++) {
            int sampled = others().degree(i);
            roots[i] = root(i, loops) * (sampled == 0 ? 1 : (float) degrees[i] / sampled);
        }
        return roots;
    }

    private float root(int node, int loops) {
        return (float) (1 / Math.sqrt(Math.max(1, degrees[node] + loops)));
    }
}
