package dev.hypha.app.demo;

import static dev.hypha.app.demo.Shop.DAYS;
import static dev.hypha.app.demo.Shop.micros;

import dev.hypha.app.demo.Shop.Customer;
import dev.hypha.app.demo.Shop.Product;
import java.util.SplittableRandom;

/// One customer from signing up to the last order: orders, what becomes of them, and visits.
///
/// The planted signal is in three places: `quits` (satisfaction and the referrer's leaving decide), `satisfied` (a
/// moving mean of the quality of what was bought) and `aftermath` (quality shows in some reviews and returns).
final class CustomerLife {
    /// How much one order's products move satisfaction.
    private static final double MEMORY = 0.5;

    private static final double QUIT_BASE = -2.6;
    private static final double QUIT_PER_SATISFACTION = -5;
    private static final double QUIT_AFTER_REFERRER = 1.2;

    private final Ledger ledger;
    private final int id;
    private final double signedUp;
    private final SplittableRandom random;
    private final double ordersPerDay;
    private final boolean reviewer;
    private final String device;
    private final int referrer;
    private final int[] favorites;
    private double satisfaction;

    CustomerLife(Ledger ledger, int id, double signedUp, SplittableRandom random) {
        this.ledger = ledger;
        this.id = id;
        this.signedUp = signedUp;
        this.random = random;
        ordersPerDay = Math.exp(Math.log(1 / 36.0) + 0.5 * random.nextGaussian());
        reviewer = random.nextDouble() < 0.5;
        device = Words.one(Words.DEVICES, random);
        referrer = id > 50 && random.nextDouble() < 0.4 ? 1 + random.nextInt(id - 1) : 0;
        favorites = random.ints(3, 0, ledger.products.size()).toArray();
    }

    /// Writes the customer and all that the customer does into the ledger.
    void live() {
        double day = Math.max(0, signedUp) + pause();
        double quitDay = Double.POSITIVE_INFINITY;
        while (day < DAYS && quitDay == Double.POSITIVE_INFINITY) {
            order(day);
            if (quits(day)) {
                quitDay = day;
            }
            day += 1 + pause();
        }
        browse(Math.max(0, signedUp), Math.min(quitDay, DAYS), 1 / 25.0);
        browse(quitDay, Math.min(quitDay + 120, DAYS), 1 / 45.0);
        ledger.customers.add(new Customer(
                id,
                Words.person(random),
                Words.one(Words.REGIONS, random),
                1945 + random.nextInt(60),
                random.nextBoolean(),
                referrer,
                micros(signedUp),
                ordersPerDay,
                quitDay < DAYS ? micros(quitDay) : Long.MAX_VALUE));
    }

    private double pause() {
        return -Math.log(1 - random.nextDouble()) / ordersPerDay;
    }

    private void order(double day) {
        long at = micros(day);
        boolean coupon = random.nextDouble() < 0.2;
        int order = ledger.order(id, Words.one(Words.CHANNELS, random), coupon, at);
        int count = 1 + random.nextInt(3);
        double quality = 0;
        for (int i = 0; i < count; i++) {
            Product product = choose(at);
            double price = Math.round(product.price() * (coupon ? 90 : 100)) / 100.0;
            int line = ledger.line(order, id, product.id(), 1 + random.nextInt(2), price, at);
            aftermath(product, line, day);
            quality += product.quality() / count;
        }
        satisfied(quality);
        for (int visit = random.nextInt(3); visit >= 0; visit--) {
            session(Math.max(day - random.nextDouble() * 4, 0));
        }
    }

    /// A favorite that is on sale mostly, otherwise anything by popularity.
    private Product choose(long at) {
        Product favorite = ledger.products.get(favorites[random.nextInt(favorites.length)]);
        if (random.nextDouble() < 0.8 && favorite.launchedAt() <= at) {
            return favorite;
        }
        while (true) {
            Product any = ledger.products.get(random.nextInt(ledger.products.size()));
            if (any.launchedAt() <= at && random.nextDouble() * 4 < any.popularity()) {
                return any;
            }
        }
    }

    /// A part of the buyers writes a review, a part sends the product back; both depend on the product's quality.
    private void aftermath(Product product, int line, double day) {
        if (reviewer && uniform() < 0.6) {
            double impression = 3.4 + 1.1 * product.quality() + 0.6 * random.nextGaussian();
            int stars = Math.clamp(Math.round(impression), 1, 5);
            ledger.review(id, product.id(), stars, Words.review(stars, random), micros(day + 2 + 12 * uniform()));
        }
        if (uniform() < logistic(-2.7 - 1.2 * product.quality())) {
            ledger.bringBack(
                    id, line, product.id(), Words.one(Words.REASONS, random), micros(day + 3 + 18 * uniform()));
        }
    }

    private void satisfied(double quality) {
        satisfaction += MEMORY * (quality - satisfaction);
    }

    private boolean quits(double day) {
        boolean referrerGone =
                referrer > 0 && ledger.customers.get(referrer - 1).quitAt() <= micros(day - 20);
        return uniform()
                < logistic(QUIT_BASE + QUIT_PER_SATISFACTION * satisfaction + (referrerGone ? QUIT_AFTER_REFERRER : 0));
    }

    private void browse(double from, double to, double perDay) {
        for (double day = from - Math.log(1 - uniform()) / perDay; day < to; day -= Math.log(1 - uniform()) / perDay) {
            session(day);
        }
    }

    private void session(double day) {
        int pages = 1 + (int) (-6 * Math.log(1 - uniform()));
        double minutes = Math.round(10 * pages * (0.3 + uniform())) / 10.0;
        ledger.session(id, device, pages, minutes, micros(day));
    }

    private double uniform() {
        return random.nextDouble();
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
