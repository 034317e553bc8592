package dev.hypha.app.demo;

import static dev.hypha.app.demo.Shop.DAYS;
import static dev.hypha.app.demo.Shop.micros;

import dev.hypha.app.demo.Shop.Product;
import java.util.SplittableRandom;

/// Makes a [Shop] from a seed: the same seed, the same shop.
///
/// Customers live one after the other, each with a generator split from the seed and the customer's number. Nobody's
/// life depends on a later customer's, only on the referrer's, who signed up before.
public final class ShopMaker {
    /// The shop of the demo, about 150,000 rows.
    public static final int CUSTOMERS = 3000;

    public static final int PRODUCTS = 400;

    /// Suppliers share half of the variance of their products' quality.
    private static final double SUPPLIER_SHARE = 0.5;

    private static final long PRODUCT_STREAM = -1;
    private static final long SIGN_UP_STREAM = -2;

    private ShopMaker() {}

    /// The shop of a seed.
    public static Shop make(long seed, int customers, int products) {
        Ledger ledger = new Ledger();
        addProducts(ledger, products, random(seed, PRODUCT_STREAM));
        double[] signUps = random(seed, SIGN_UP_STREAM)
                .doubles(customers)
                .map(ShopMaker::signUpDay)
                .sorted()
                .toArray();
        for (int id = 1; id <= customers; id++) {
            new CustomerLife(ledger, id, signUps[id - 1], random(seed, id)).live();
        }
        return ledger.shop();
    }

    private static void addProducts(Ledger ledger, int count, SplittableRandom random) {
        double[] suppliers = new double[Words.SUPPLIERS.size()];
        for (int i = 0; i < suppliers.length; i++) {
            suppliers[i] = random.nextGaussian();
        }
        for (int id = 1; id <= count; id++) {
            ledger.products.add(product(id, suppliers, random));
        }
    }

    private static Product product(int id, double[] suppliers, SplittableRandom random) {
        int supplier = random.nextInt(suppliers.length);
        int category = random.nextInt(Words.CATEGORIES.size());
        double quality =
                Math.sqrt(SUPPLIER_SHARE) * suppliers[supplier] + Math.sqrt(1 - SUPPLIER_SHARE) * random.nextGaussian();
        double price = Math.round(100 * Math.exp(2.5 + 0.3 * (category % 4) + 0.5 * random.nextGaussian())) / 100.0;
        // Half of the range is there from the start; the rest comes while the shop runs, without a history.
        double launched = random.nextDouble() < 0.5 ? -30 : random.nextDouble() * (DAYS - 60);
        return new Product(
                id,
                Words.product(category, random),
                Words.CATEGORIES.get(category),
                Words.SUPPLIERS.get(supplier),
                price,
                micros(launched),
                quality,
                Math.exp(0.7 * random.nextGaussian()));
    }

    /// A third of the customers are there at the start, the others come evenly until two months before the end.
    private static double signUpDay(double uniform) {
        return uniform < 1 / 3.0 ? -60 * uniform : (uniform - 1 / 3.0) * 1.5 * (DAYS - 60);
    }

    /// A generator of its own for each stream of a seed.
    private static SplittableRandom random(long seed, long stream) {
        return new SplittableRandom(new SplittableRandom(seed ^ (stream * 0x9E3779B97F4A7C15L)).nextLong());
    }
}
