package dev.hypha.app.demo;

import dev.hypha.app.demo.Shop.Customer;
import dev.hypha.app.demo.Shop.Line;
import dev.hypha.app.demo.Shop.Order;
import dev.hypha.app.demo.Shop.Product;
import dev.hypha.app.demo.Shop.Return;
import dev.hypha.app.demo.Shop.Review;
import dev.hypha.app.demo.Shop.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// Rows as they are made, customer after customer; `shop` puts them in the order of their time and numbers them anew.
/// Until then a row's id is its place in its list, from 1.
final class Ledger {
    final List<Product> products = new ArrayList<>();
    final List<Customer> customers = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Review> reviews = new ArrayList<>();
    private final List<Return> returns = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();

    int order(int customer, String channel, boolean coupon, long at) {
        orders.add(new Order(orders.size() + 1, customer, channel, coupon, at));
        return orders.size();
    }

    int line(int order, int customer, int product, int quantity, double price, long at) {
        lines.add(new Line(lines.size() + 1, order, customer, product, quantity, price, at));
        return lines.size();
    }

    void review(int customer, int product, int stars, String text, long at) {
        reviews.add(new Review(reviews.size() + 1, customer, product, stars, text, at));
    }

    void bringBack(int customer, int line, int product, String reason, long at) {
        returns.add(new Return(returns.size() + 1, customer, line, product, reason, at));
    }

    void session(int customer, String device, int pages, double minutes, long at) {
        sessions.add(new Session(sessions.size() + 1, customer, device, pages, minutes, at));
    }

    /// All that happened before the shop's records end.
    Shop shop() {
        int[] newOrder = numbers(orders, Order::orderedAt);
        int[] newLine = numbers(lines, Line::orderedAt);
        return new Shop(
                products,
                customers,
                sorted(
                        orders,
                        Order::orderedAt,
                        (id, o) -> new Order(id, o.customer(), o.channel(), o.coupon(), o.orderedAt())),
                sorted(
                        lines,
                        Line::orderedAt,
                        (id, l) -> new Line(
                                id,
                                newOrder[l.order() - 1],
                                l.customer(),
                                l.product(),
                                l.quantity(),
                                l.price(),
                                l.orderedAt())),
                sorted(
                        reviews,
                        Review::reviewedAt,
                        (id, r) -> new Review(id, r.customer(), r.product(), r.stars(), r.text(), r.reviewedAt())),
                sorted(
                        returns,
                        Return::returnedAt,
                        (id, r) -> new Return(
                                id, r.customer(), newLine[r.line() - 1], r.product(), r.reason(), r.returnedAt())),
                sorted(
                        sessions,
                        Session::startedAt,
                        (id, s) -> new Session(id, s.customer(), s.device(), s.pages(), s.minutes(), s.startedAt())));
    }

    /// Rows before the end, in the order of their time, each given its place from 1.
    private static <T> List<T> sorted(List<T> rows, ToLongFunction<T> time, BiFunction<Integer, T, T> numbered) {
        long end = Shop.micros(Shop.DAYS);
        List<T> inTime = rows.stream()
                .filter(row -> time.applyAsLong(row) < end)
                .sorted(Comparator.comparingLong(time))
                .toList();
        return IntStream.range(0, inTime.size())
                .mapToObj(i -> numbered.apply(i + 1, inTime.get(i)))
                .toList();
    }

    /// The number that each row will get; the sort is stable, as the one of `sorted` is.
    private static <T> int[] numbers(List<T> rows, ToLongFunction<T> time) {
        int[] places = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> time.applyAsLong(rows.get(i))))
                .mapToInt(i -> i)
                .toArray();
        int[] numbers = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            numbers[places[i]] = i + 1;
        }
        return numbers;
    }
}
