package dev.hypha.learn.zoo;

import dev.hypha.graph.InputException;
import dev.hypha.graph.Nearest;
import dev.hypha.learn.Model;
import dev.hypha.learn.Options;
import java.util.List;
import java.util.Map;

/// All models there are, in the order they are listed for people. A model that is not here does not exist for the
/// command line, the documentation and the contracts; one that is here without a test of its paper fails the build.
public final class Catalogue {
    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "hetero-sage",
                    "Robinson et al., \"RelBench\", NeurIPS 2024; Fey et al., \"Relational Deep Learning\", ICML 2024",
                    HeteroSage.class),
            new Entry(
                    "mlp",
                    "Rumelhart, Hinton, Williams, \"Learning representations by back-propagating errors\", Nature 1986",
                    Mlp.class),
            new Entry(
                    "gcn",
                    "Kipf and Welling, \"Semi-supervised classification with graph convolutional networks\", ICLR 2017",
                    Gcn.class),
            new Entry(
                    "graph-sage",
                    "Hamilton, Ying, Leskovec, \"Inductive representation learning on large graphs\", NeurIPS 2017",
                    GraphSage.class),
            new Entry(
                    "gin",
                    "Xu, Hu, Leskovec, Jegelka, \"How powerful are graph neural networks?\", ICLR 2019",
                    Gin.class),
            new Entry(
                    "nsd",
                    "Bodnar, Di Giovanni, Chamberlain, Lio, Bronstein, \"Neural sheaf diffusion\", NeurIPS 2022",
                    Nsd.class),
            new Entry(
                    "conn-nsd",
                    "Barbero et al., \"Sheaf neural networks with connection Laplacians\", TAG-ML at ICML 2022",
                    ConnNsd.class),
            new Entry(
                    "faber-net",
                    "Koke and Cremers, \"HoloNets: spectral convolutions do extend to directed graphs\", ICLR 2024",
                    FaberNet.class),
            new Entry(
                    "adpa",
                    "Sun et al., \"Breaking the entanglement of homophily and heterophily\", ICDE 2024",
                    Adpa.class),
            new Entry("gat", "Velickovic et al., \"Graph attention networks\", ICLR 2018", Gat.class),
            new Entry(
                    "gatv2",
                    "Brody, Alon, Yahav, \"How attentive are graph attention networks?\", ICLR 2022",
                    Gatv2.class),
            new Entry(
                    "graph-transformer",
                    "Shi et al., \"Masked label prediction: unified message passing model for semi-supervised"
                            + " classification\", IJCAI 2021",
                    GraphTransformer.class),
            new Entry(
                    "chebnet",
                    "Defferrard, Bresson, Vandergheynst, \"Convolutional neural networks on graphs with fast localized"
                            + " spectral filtering\", NeurIPS 2016",
                    ChebNet.class),
            new Entry(
                    "appnp",
                    "Klicpera, Bojchevski, Guennemann, \"Predict then propagate: graph neural networks meet personalized"
                            + " PageRank\", ICLR 2019",
                    Appnp.class),
            new Entry("gcn2", "Chen et al., \"Simple and deep graph convolutional networks\", ICML 2020", Gcn2.class),
            new Entry("dagnn", "Liu, Gao, Ji, \"Towards deeper graph neural networks\", KDD 2020", Dagnn.class),
            new Entry("sgc", "Wu et al., \"Simplifying graph convolutional networks\", ICML 2019", Sgc.class),
            new Entry(
                    "drew",
                    "Gutteridge et al., \"DRew: dynamically rewired message passing with delay\", ICML 2023",
                    Drew.class),
            new Entry(
                    "shadow",
                    "Zeng et al., \"Decoupling the depth and scope of graph neural networks\", NeurIPS 2021",
                    Shadow.class),
            new Entry("mowst", "Zeng et al., \"Mixture of weak and strong experts on graphs\", ICLR 2024", Mowst.class),
            new Entry("lagnn", "Liu et al., \"Local augmentation for graph neural networks\", ICML 2022", Lagnn.class),
            new Entry("fe-gnn", "Sun et al., \"Feature expansion for graph neural networks\", ICML 2023", FeGnn.class),
            new Entry(
                    "lfgcn",
                    "Chen, Gel, Avrachenkov, \"LFGCN: Levitating over graphs with Levy flights\", ICDM 2020",
                    Lfgcn.class),
            new Entry(
                    "stress-gnn",
                    "Li and Cheng, \"Tired of over-smoothing? Stress graph drawing is all you need!\", 2022",
                    StressGnn.class),
            new Entry(
                    "lcm",
                    "Ong and Velickovic, \"Learnable commutative monoids for graph neural networks\", LoG 2022",
                    Lcm.class),
            new Entry(
                    "sir-gcn",
                    "Lim, Lim, Tan, Ikeda, \"Contextualized messages boost graph representations\", TMLR 2025",
                    SirGcn.class),
            new Entry(
                    "tangnn",
                    "E, Zhang, Xia, Xu, \"TANGNN: a concise, scalable and effective graph neural network with top-m"
                            + " attention mechanism for graph representation learning\", 2024",
                    Tangnn.class),
            new Entry(
                    "grafenne",
                    "Gupta, Manchanda, Ranu, Bedathur, \"GRAFENNE: learning on graphs with heterogeneous and dynamic"
                            + " feature sets\", ICML 2023",
                    Grafenne.class));

    private static final List<LabelEntry> LABEL_METHODS = List.of(
            new LabelEntry(
                    "label-propagation",
                    "Zhu and Ghahramani, \"Learning from labeled and unlabeled data with label propagation\","
                            + " CMU-CALD-02-107, 2002",
                    LabelPropagation.class),
            new LabelEntry(
                    "label-spreading",
                    "Zhou et al., \"Learning with local and global consistency\", NeurIPS 2003",
                    LabelSpreading.class),
            new LabelEntry(
                    "correct-and-smooth",
                    "Huang et al., \"Combining label propagation and simple models out-performs graph neural"
                            + " networks\", ICLR 2021",
                    CorrectAndSmooth.class),
            new LabelEntry(
                    "alt-opt", "Han et al., \"Alternately optimized graph neural networks\", ICML 2023", AltOpt.class),
            new LabelEntry(
                    "forward-gnn",
                    "Park et al., \"Forward learning of graph neural networks\", ICLR 2024",
                    ForwardGnn.class));

    private Catalogue() {}

    /// A model as it is listed.
    ///
    /// @param name on the command line and in run files
    /// @param paper where it was published
    /// @param type a record that implements [Model]
    public record Entry(String name, String paper, Class<? extends Record> type) {
        /// The model with the options given, defaults elsewhere.
        ///
        /// @throws dev.hypha.graph.InputException for an unknown option or a value it cannot have
        public Model<?> make(Map<String, String> options) {
            return (Model<?>) Options.read(type, options);
        }
    }

    /// A method that needs no trainer, as it is listed.
    ///
    /// @param name on the command line and in run files
    /// @param paper where it was published
    /// @param type a record that implements [LabelMethod]
    public record LabelEntry(String name, String paper, Class<? extends Record> type) {
        /// The method with the options given, defaults elsewhere.
        ///
        /// @throws dev.hypha.graph.InputException for an unknown option or a value it cannot have
        public LabelMethod make(Map<String, String> options) {
            return (LabelMethod) Options.read(type, options);
        }
    }

    /// All methods that need no trainer.
    public static List<LabelEntry> labelMethods() {
        return LABEL_METHODS;
    }

    /// All entries.
    public static List<Entry> entries() {
        return ENTRIES;
    }

    /// The name that a model is listed under, or what it says of itself where it is not listed.
    public static String nameOf(Model<?> model) {
        return ENTRIES.stream()
                .filter(entry -> entry.type() == model.getClass())
                .map(Entry::name)
                .findFirst()
                .orElseGet(model::toString);
    }

    /// The entry of that name.
    ///
    /// @throws dev.hypha.graph.InputException when there is none, with the nearest name
    public static Entry named(String name) {
        List<String> names = ENTRIES.stream().map(Entry::name).toList();
        int at = names.indexOf(name);
        if (at >= 0) return ENTRIES.get(at);
        throw new InputException(
                "unknown-model", "There is no model '" + name + "'", Map.of("model", name), Nearest.hint(name, names));
    }
}
