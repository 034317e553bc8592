package dev.hypha.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A made-up shop over two years: what happened, and the truth behind it that no table shows.
///
/// Each product has a hidden quality. It shows in reviews and returns, each from a part of the buyers, and it wears on
/// whoever buys the product: a customer who meets bad products stops coming. Whether a customer will stop is therefore
/// hardly visible in the customer's own row, and well visible in what other customers said of the same products.
/// `docs/demo.md` has the numbers.
///
/// Times are microseconds since 1970; rows are in the order of their time, and their ids count from 1 in that order.
public record Shop(
        List<Product> products,
        List<Customer> customers,
        List<Order> orders,
        List<Line> lines,
        List<Review> reviews,
        List<Return> returns,
        List<Session> sessions) {

    /// The first instant of the shop's records.
    public static final Instant OPENED = Instant.parse("2023-01-01T00:00:00Z");

    /// How long the records go on, in days.
    static final double DAYS = 730;

    /// The shop's records end before this instant.
    public static final Instant CLOSED = OPENED.plus(Duration.ofDays((long) DAYS));

    /// @param quality hidden; about normal with mean 0 and deviation 1
    /// @param popularity hidden; weight in a random choice
    public record Product(
            int id,
            String name,
            String category,
            String supplier,
            double price,
            long launchedAt,
            double quality,
            double popularity) {}

    /// @param referrer the id of the customer who brought this one, 0 for nobody
    /// @param ordersPerDay hidden; while the customer keeps coming
    /// @param quitAt hidden; the time of the last order, `Long.MAX_VALUE` for whoever still comes
    public record Customer(
            int id,
            String name,
            String region,
            int birthYear,
            boolean newsletter,
            int referrer,
            long signedUpAt,
            double ordersPerDay,
            long quitAt) {}

    /// @param customer the id of the buyer
    public record Order(int id, int customer, String channel, boolean coupon, long orderedAt) {}

    /// One product of an order. As in many warehouses the line repeats its order's customer and time.
    public record Line(int id, int order, int customer, int product, int quantity, double price, long orderedAt) {}

    /// @param stars 1 to 5
    public record Review(int id, int customer, int product, int stars, String text, long reviewedAt) {}

    /// Something sent back.
    public record Return(int id, int customer, int line, int product, String reason, long returnedAt) {}

    /// A visit to the web page, with or without an order.
    public record Session(int id, int customer, String device, int pages, double minutes, long startedAt) {}

    /// Microseconds since 1970 of a number of days after the opening, in whole seconds.
    static long micros(double days) {
        return 1_000_000 * (OPENED.getEpochSecond() + (long) Math.floor(days * 86_400));
    }

    /// All rows together.
    public int rows() {
        return products.size()
                + customers.size()
                + orders.size()
                + lines.size()
                + reviews.size()
                + returns.size()
                + sessions.size();
    }
}
