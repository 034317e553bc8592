package dev.hypha.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.app.demo.Shop.Customer;
import dev.hypha.app.demo.Shop.Line;
import dev.hypha.app.demo.Shop.Order;
import dev.hypha.app.demo.Shop.Product;
import dev.hypha.app.demo.Shop.Review;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Checks that the shop holds the signal that `docs/demo.md` promises: who will stop ordering is told by hidden
/// quality, well by what other customers said of the same products, and hardly by the customer's own row.
class ShopSignalTest {
    private static final double[] CUTOFF_DAYS = {370, 460, 550, 640};
    private static Shop shop;

    /// A customer at a cut-off who ordered in the 180 days before it.
    ///
    /// @param stopped true where no order follows within 90 days
    /// @param bought the products of the last 180 days, with repetition
    record Asked(Customer customer, long cutoff, boolean stopped, double daysSinceOrder, List<Product> bought) {}

    private static List<Asked> asked;
    private static Map<Integer, List<Review>> reviews;

    @BeforeAll
    static void makeShop() {
        shop = ShopMaker.make(0, ShopMaker.CUSTOMERS, ShopMaker.PRODUCTS);
        reviews = shop.reviews().stream().collect(Collectors.groupingBy(Review::product));
        asked = Arrays.stream(CUTOFF_DAYS)
                .mapToObj(Shop::micros)
                .flatMap(cutoff -> ask(cutoff).stream())
                .toList();
    }

    @Test
    void whoStopsIsTold() {
        double stopped = asked.stream().filter(Asked::stopped).count() / (double) asked.size();
        assertThat(stopped).isBetween(0.3, 0.7);
        assertThat(auroc(a -> -quality(a))).as("hidden quality alone").isGreaterThan(0.75);
        assertThat(auroc(ShopSignalTest::expected))
                .as("hidden quality and pace")
                .isGreaterThan(0.84);
        assertThat(auroc(a -> -othersSay(a)))
                .as("what others said of the same products")
                .isGreaterThan(0.70);
    }

    @Test
    void qualityTellsMoreThanTheOwnRowAndTheOwnPace() {
        double pace = auroc(a -> expected(a.customer, 0, a.daysSinceOrder));
        assertThat(auroc(ShopSignalTest::expected)).isGreaterThan(pace + 0.05);
    }

    @Test
    void theOwnRowTellsHardlyAnything() {
        assertThat(auroc(ownRow())).as("columns of customers").isLessThan(0.60);
    }

    static double quality(Asked a) {
        return a.bought.stream().mapToDouble(Product::quality).average().orElseThrow();
    }

    /// How probable it is that no order follows, for one who knows the quality of what was bought and the pace, and
    /// sees how long ago the last order was: Bayes' rule over having left after it, and the silence of who has not.
    static double expected(Asked a) {
        return expected(a.customer, quality(a), a.daysSinceOrder);
    }

    static double expected(Customer customer, double quality, double days) {
        double leaves = 1 / (1 + Math.exp(2.3 + 3 * quality));
        double silent = Math.exp(-customer.ordersPerDay() * days);
        double left = leaves / (leaves + (1 - leaves) * silent);
        return left + (1 - left) * Math.exp(-90 * customer.ordersPerDay());
    }

    /// The mean over the products bought of the stars that other customers had given by the cut-off, pulled to an
    /// ordinary product's where few spoke.
    static double othersSay(Asked a) {
        return a.bought.stream()
                .distinct()
                .mapToDouble(product -> othersSay(product, a))
                .average()
                .orElseThrow();
    }

    private static double othersSay(Product product, Asked a) {
        double[] stars = reviews.getOrDefault(product.id(), List.of()).stream()
                .filter(review -> review.customer() != a.customer.id() && review.reviewedAt() <= a.cutoff)
                .mapToDouble(review -> review.stars() - 3.3)
                .toArray();
        return Arrays.stream(stars).sum() / (stars.length + 2);
    }

    /// A naive Bayes score of the columns of `customers`, fitted on the very rows that it is measured on, so that it
    /// says rather too much than too little.
    private static ToDoubleFunction<Asked> ownRow() {
        List<Function<Asked, Object>> columns = List.of(
                x -> x.customer.region(),
                x -> x.customer.newsletter(),
                x -> x.customer.birthYear() / 10,
                x -> x.customer.referrer() > 0,
                x -> (x.customer.signedUpAt() - Shop.micros(0)) / (long) (60 * 86_400e6));
        List<Map<Object, Double>> rates = columns.stream()
                .map(column -> asked.stream()
                        .collect(Collectors.groupingBy(column, Collectors.averagingDouble(a -> a.stopped ? 1 : 0))))
                .toList();
        return a -> IntStream.range(0, columns.size())
                .mapToDouble(i -> logit(rates.get(i).get(columns.get(i).apply(a))))
                .sum();
    }

    private static double logit(double rate) {
        double inside = Math.clamp(rate, 0.01, 0.99);
        return Math.log(inside / (1 - inside));
    }

    private static List<Asked> ask(long cutoff) {
        long before = cutoff - (long) (180 * 86_400e6);
        long after = cutoff + (long) (90 * 86_400e6);
        Map<Integer, Long> last = new HashMap<>();
        Map<Integer, Boolean> comes = new HashMap<>();
        for (Order order : shop.orders()) {
            if (order.orderedAt() > before && order.orderedAt() <= cutoff) {
                last.merge(order.customer(), order.orderedAt(), Math::max);
            } else if (order.orderedAt() > cutoff && order.orderedAt() <= after) {
                comes.put(order.customer(), true);
            }
        }
        Map<Integer, List<Product>> bought = new HashMap<>();
        for (Line line : shop.lines()) {
            if (line.orderedAt() > before && line.orderedAt() <= cutoff) {
                bought.computeIfAbsent(line.customer(), c -> new ArrayList<>())
                        .add(shop.products().get(line.product() - 1));
            }
        }
        List<Asked> result = new ArrayList<>();
        last.forEach((customer, at) -> result.add(new Asked(
                shop.customers().get(customer - 1),
                cutoff,
                !comes.containsKey(customer),
                (cutoff - at) / 86_400e6,
                bought.get(customer))));
        return result;
    }

    static double auroc(ToDoubleFunction<Asked> score) {
        double[] scores = asked.stream().mapToDouble(score).toArray();
        Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
        double ranks = 0;
        long positives = 0;
        for (int i = 0; i < order.length; ) {
            int j = i;
            while (j < order.length && scores[order[j]] == scores[order[i]]) {
                j++;
            }
            for (int k = i; k < j; k++) {
                if (asked.get(order[k]).stopped) {
                    ranks += (i + 1 + j) / 2.0;
                    positives++;
                }
            }
            i = j;
        }
        long negatives = scores.length - positives;
        return (ranks - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
    }
}
