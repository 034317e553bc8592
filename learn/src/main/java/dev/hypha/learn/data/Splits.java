package dev.hypha.learn.data;

import dev.hypha.algorithms.Components;
import dev.hypha.algorithms.SimpleGraph;
import dev.hypha.graph.InputException;
import dev.hypha.graph.NeighborLists;
import dev.hypha.learn.Keys;
import dev.hypha.learn.TaskKind;
import dev.hypha.tensor.Csr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// How nodes are split, as it is written: the name of a split that comes with the data or of a family of
/// them, of which each seed takes the next; `20-per-class`, so many of each class to learn from, 30 of
/// each to decide, the rest to measure (Shchur et al., "Pitfalls of graph neural network evaluation",
/// 2018), or `20-per-class/500` with another number to decide in all; or shares of all nodes with a label,
/// `60/20/20`, of each class alike. Random ones are drawn anew for each seed.
/// `time/60/20/20` takes the oldest nodes to learn from and the newest to measure; nodes of one time stay
/// together. Where nodes have a time, shares mean that, and nothing is drawn that would learn from the future.
/// `largest/` before any that is drawn leaves out nodes beyond the largest connected component,
/// directions of edges ignored, as Shchur et al. do.
public final class Splits {
    /// What is taken where the data has no split and none is asked for.
    public static final String USUAL = "60/20/20";

    private static final Pattern PER_CLASS = Pattern.compile("([0-9]{1,6})-per-class(?:/([0-9]{1,9}))?");
    private static final Pattern SHARES = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})/([0-9]{1,3})");
    private static final String TIME = "time/";
    private static final String LARGEST = "largest/";
    private static final int DECIDE_PER_CLASS = 30;

    private Splits() {}

    /// What is taken unless something else is asked for: by time where nodes have one, otherwise the first
    /// family that comes with the data, or [#USUAL].
    public static String usual(NodeData data) {
        if (data.times().length > 0) return TIME + USUAL;
        return data.splits().isEmpty() ? USUAL : data.splits().getFirst().family();
    }

    /// The split of a seed.
    ///
    /// @param asked as written; see above
    /// @throws InputException when there is no such split, or not enough nodes for it
    public static Split of(NodeData data, String asked, long seed) {
        for (Split split : data.splits()) if (split.name().equals(asked)) return split;
        List<Split> family =
                data.splits().stream().filter(s -> s.family().equals(asked)).toList();
        if (!family.isEmpty()) return family.get((int) Math.floorMod(seed, (long) family.size()));
        Matcher perClass = PER_CLASS.matcher(asked);
        if (perClass.matches()) {
            requireNoTime(data, asked);
            return perClass(data, perClass, Keys.split(seed, "split"));
        }
        if (asked.startsWith(LARGEST)) return largest(data, asked, seed);
        if (asked.equals("time")) return of(data, TIME + USUAL, seed);
        Matcher timed = SHARES.matcher(asked.replaceFirst("^" + TIME, ""));
        if (asked.startsWith(TIME) && timed.matches()) return byTime(data, asked, timed);
        Matcher shares = SHARES.matcher(asked);
        if (shares.matches() && data.times().length > 0) return byTime(data, TIME + asked, shares);
        if (shares.matches()) return shares(data, shares, Keys.split(seed, "split"));
        throw unknown(data, asked);
    }

    /// Draws as if the nodes beyond the largest component had no label. They are in no part, and no edge leads from
    /// them to one that is, so that they need not be taken out of the graph.
    private static Split largest(NodeData data, String asked, long seed) {
        Csr edges = data.edges().pattern();
        SimpleGraph graph = SimpleGraph.of(NeighborLists.of(edges.offsets(), edges.indices()));
        float[] labels = new float[data.labels().length];
        Arrays.fill(labels, Float.NaN);
        int width = data.target().width();
        for (int node : Components.of(graph).largest()) {
            System.arraycopy(data.labels(), node * width, labels, node * width, width);
        }
        NodeLabels some = new NodeLabels(data.kind(), labels, data.classNames());
        Split drawn = of(data.withLabels(some), asked.substring(LARGEST.length()), seed);
        return new Split(asked, drawn.train(), drawn.validation(), drawn.test());
    }

    private static void requireNoTime(NodeData data, String asked) {
        if (data.times().length == 0) return;
        throw bad(
                asked,
                "nodes have a time, so that drawing them would learn from the future",
                "Give shares, such as 60/20/20, which are cut along the time, or leave out --time.");
    }

    private static Split perClass(NodeData data, Matcher asked, long key) {
        if (data.kind() != TaskKind.MULTICLASS && data.kind() != TaskKind.BINARY) {
            throw bad(asked.group(), "there is no one class per node to draw from", "Give shares, such as 60/20/20.");
        }
        int learn = Integer.parseInt(asked.group(1));
        boolean total = asked.group(2) != null;
        int[][] classes = shuffledByClass(data, key);
        List<int[]> train = new ArrayList<>();
        List<int[]> validation = new ArrayList<>();
        List<int[]> rest = new ArrayList<>();
        for (int c = 0; c < classes.length; c++) {
            int[] all = classes[c];
            int end = total ? learn : learn + DECIDE_PER_CLASS;
            if (all.length <= end) throw tooFew(data, c, all.length, end + 1, asked.group());
            train.add(Arrays.copyOfRange(all, 0, learn));
            validation.add(Arrays.copyOfRange(all, learn, end));
            rest.add(Arrays.copyOfRange(all, end, all.length));
        }
        int[] others = flat(rest);
        if (!total) return split(asked.group(), flat(train), flat(validation), others);
        int decide = Integer.parseInt(asked.group(2));
        if (decide >= others.length) {
            throw bad(
                    asked.group(),
                    "only %,d nodes are left to decide and to measure".formatted(others.length),
                    "Give fewer.");
        }
        int[] drawn = shuffled(others, Keys.split(key, "validation"));
        return split(
                asked.group(),
                flat(train),
                Arrays.copyOfRange(drawn, 0, decide),
                Arrays.copyOfRange(drawn, decide, drawn.length));
    }

    /// Where the parts end, as shares of all.
    private static double[] ends(Matcher asked, String written) {
        double train = Integer.parseInt(asked.group(1)) / 100.0;
        double validation = Integer.parseInt(asked.group(2)) / 100.0;
        double test = Integer.parseInt(asked.group(3)) / 100.0;
        if (train == 0) throw bad(written, "its training part is empty", "Give it a share, such as in 60/20/20.");
        if (train + validation + test > 1 + 1e-9) {
            throw bad(written, "its shares cannot be had", "Give three percentages that sum to at most 100.");
        }
        return new double[] {train, train + validation, train + validation + test};
    }

    private static Split byTime(NodeData data, String asked, Matcher shares) {
        long[] times = data.times();
        if (times.length == 0) throw bad(asked, "nodes have no time", "Name the column of their times with --time.");
        int[] nodes = IntStream.range(0, data.nodes())
                .filter(data.target()::known)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(node -> times[node]).thenComparingInt(node -> node))
                .mapToInt(node -> node)
                .toArray();
        int[] cuts = new int[4];
        double[] ends = ends(shares, asked);
        for (int part = 0; part < 3; part++) {
            int cut = Math.max(cuts[part], Math.min(nodes.length, (int) Math.round(ends[part] * nodes.length)));
            while (cut > 0 && cut < nodes.length && times[nodes[cut]] == times[nodes[cut - 1]]) cut++;
            cuts[part + 1] = cut;
        }
        return split(
                asked,
                Arrays.copyOfRange(nodes, 0, cuts[1]),
                Arrays.copyOfRange(nodes, cuts[1], cuts[2]),
                Arrays.copyOfRange(nodes, cuts[2], cuts[3]));
    }

    private static Split shares(NodeData data, Matcher asked, long key) {
        double[] ends = ends(asked, asked.group());
        List<List<int[]>> chosen = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int[] all : shuffledByClass(data, key)) {
            int first = (int) Math.round(ends[0] * all.length);
            int second = Math.min(all.length, (int) Math.round(ends[1] * all.length));
            int third = Math.min(all.length, (int) Math.round(ends[2] * all.length));
            chosen.get(0).add(Arrays.copyOfRange(all, 0, first));
            chosen.get(1).add(Arrays.copyOfRange(all, first, second));
            chosen.get(2).add(Arrays.copyOfRange(all, second, third));
        }
        return split(asked.group(), flat(chosen.get(0)), flat(chosen.get(1)), flat(chosen.get(2)));
    }

    /// The nodes with a label, by class where each has one, each class in an order of its own.
    private static int[][] shuffledByClass(NodeData data, long key) {
        boolean classes = data.kind() == TaskKind.MULTICLASS || data.kind() == TaskKind.BINARY;
        int count = classes ? data.target().names().size() : 1;
        int[][] nodes = new int[count][];
        for (int c = 0; c < count; c++) {
            int wanted = c;
            int[] all = IntStream.range(0, data.nodes())
                    .filter(node -> data.target().known(node))
                    .filter(node -> !classes || (int) data.labels()[node] == wanted)
                    .toArray();
            nodes[c] = shuffled(all, Keys.split(key, c));
        }
        return nodes;
    }

    private static int[] shuffled(int[] nodes, long key) {
        return Arrays.stream(Keys.permutation(nodes.length, key))
                .map(i -> nodes[i])
                .toArray();
    }

    private static int[] flat(List<int[]> parts) {
        return parts.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static Split split(String name, int[] train, int[] validation, int[] test) {
        Arrays.sort(train);
        Arrays.sort(validation);
        Arrays.sort(test);
        return new Split(name, train, validation, test);
    }

    private static InputException tooFew(NodeData data, int c, int have, int need, String asked) {
        return bad(
                asked,
                "the class %s has %,d nodes, and %,d are needed"
                        .formatted(data.classNames().get(c), have, need),
                "Give fewer per class, or shares such as 60/20/20.");
    }

    private static InputException unknown(NodeData data, String asked) {
        Set<String> names = new LinkedHashSet<>();
        data.splits().forEach(split -> names.add(split.family()));
        String own = names.isEmpty() ? "The data has no split of its own" : "The data has " + String.join(", ", names);
        return bad(asked, "there is none like that", own + "; otherwise write 20-per-class or 60/20/20.");
    }

    private static InputException bad(String asked, String why, String hint) {
        return new InputException(
                "bad-split", "Option --split is " + asked + ", and " + why, Map.of("option", "--split"), hint);
    }
}
