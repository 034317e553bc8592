package dev.hypha.app.demo;

import dev.hypha.app.demo.Shop.Customer;
import dev.hypha.app.demo.Shop.Line;
import dev.hypha.app.demo.Shop.Order;
import dev.hypha.app.demo.Shop.Product;
import dev.hypha.app.demo.Shop.Return;
import dev.hypha.app.demo.Shop.Review;
import dev.hypha.app.demo.Shop.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Writes a [Shop] as a DuckDB file with its keys declared. What the shop hides is not written.
public final class ShopDatabase {
    private static final List<String> TABLES = List.of("""
        CREATE TABLE customers (
            customer_id INTEGER PRIMARY KEY, name VARCHAR, region VARCHAR, birth_year INTEGER, newsletter BOOLEAN,
            referred_by INTEGER REFERENCES customers (customer_id), signed_up_at TIMESTAMP)\
        """, """
        CREATE TABLE products (
            product_id INTEGER PRIMARY KEY, name VARCHAR, category VARCHAR, supplier VARCHAR, price DOUBLE,
            launched_at TIMESTAMP)\
        """, """
        CREATE TABLE orders (
            order_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (customer_id), channel VARCHAR,
            coupon BOOLEAN, ordered_at TIMESTAMP)\
        """, """
        CREATE TABLE order_lines (
            line_id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders (order_id),
            customer_id INTEGER REFERENCES customers (customer_id),
            product_id INTEGER REFERENCES products (product_id), quantity INTEGER, unit_price DOUBLE,
            ordered_at TIMESTAMP)\
        """, """
        CREATE TABLE reviews (
            review_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (customer_id),
            product_id INTEGER REFERENCES products (product_id), stars INTEGER, review VARCHAR,
            reviewed_at TIMESTAMP)\
        """, """
        CREATE TABLE returns (
            return_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (customer_id),
            line_id INTEGER REFERENCES order_lines (line_id),
            product_id INTEGER REFERENCES products (product_id), reason VARCHAR, returned_at TIMESTAMP)\
        """, """
        CREATE TABLE sessions (
            session_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (customer_id), device VARCHAR,
            pages INTEGER, minutes DOUBLE, started_at TIMESTAMP)\
        """);

    private ShopDatabase() {}

    /// Writes the file beside its place and renames it, so that a half-written database is never read.
    ///
    /// @throws SQLException where DuckDB cannot write
    public static void write(Shop shop, Path file) throws IOException, SQLException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        try (DuckDBConnection database =
                        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + partial.toAbsolutePath());
                Statement statement = database.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
            fill(database, shop);
        } catch (SQLException e) {
            Files.deleteIfExists(partial);
            throw e;
        }
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void fill(DuckDBConnection database, Shop shop) throws SQLException {
        for (List<Customer> generation : generations(shop.customers())) {
            append(database, "customers", generation, ShopDatabase::customer);
        }
        append(database, "products", shop.products(), ShopDatabase::product);
        append(database, "orders", shop.orders(), ShopDatabase::order);
        append(database, "order_lines", shop.lines(), ShopDatabase::line);
        append(database, "reviews", shop.reviews(), ShopDatabase::review);
        append(database, "returns", shop.returns(), ShopDatabase::bringBack);
        append(database, "sessions", shop.sessions(), ShopDatabase::session);
    }

    /// Whoever was referred by nobody, then whom those brought, and so on: DuckDB looks for the row referred to among
    /// those of earlier batches.
    private static Collection<List<Customer>> generations(List<Customer> customers) {
        int[] generation = new int[customers.size() + 1];
        for (Customer customer : customers) {
            generation[customer.id()] = customer.referrer() == 0 ? 0 : generation[customer.referrer()] + 1;
        }
        return customers.stream()
                .collect(
                        Collectors.groupingBy(customer -> generation[customer.id()], TreeMap::new, Collectors.toList()))
                .values();
    }

    private interface Row<T> {
        void append(DuckDBAppender row, T value) throws SQLException;
    }

    private static <T> void append(DuckDBConnection database, String table, List<T> values, Row<T> writer)
            throws SQLException {
        try (DuckDBAppender rows = database.createAppender(table)) {
            for (T value : values) {
                rows.beginRow();
                writer.append(rows, value);
                rows.endRow();
            }
        }
    }

    private static void customer(DuckDBAppender row, Customer c) throws SQLException {
        row.append(c.id())
                .append(c.name())
                .append(c.region())
                .append(c.birthYear())
                .append(c.newsletter());
        if (c.referrer() == 0) {
            row.appendNull();
        } else {
            row.append(c.referrer());
        }
        row.appendEpochMicros(c.signedUpAt());
    }

    private static void product(DuckDBAppender row, Product p) throws SQLException {
        row.append(p.id())
                .append(p.name())
                .append(p.category())
                .append(p.supplier())
                .append(p.price());
        row.appendEpochMicros(p.launchedAt());
    }

    private static void order(DuckDBAppender row, Order o) throws SQLException {
        row.append(o.id()).append(o.customer()).append(o.channel()).append(o.coupon());
        row.appendEpochMicros(o.orderedAt());
    }

    private static void line(DuckDBAppender row, Line l) throws SQLException {
        row.append(l.id()).append(l.order()).append(l.customer()).append(l.product());
        row.append(l.quantity()).append(l.price()).appendEpochMicros(l.orderedAt());
    }

    private static void review(DuckDBAppender row, Review r) throws SQLException {
        row.append(r.id())
                .append(r.customer())
                .append(r.product())
                .append(r.stars())
                .append(r.text());
        row.appendEpochMicros(r.reviewedAt());
    }

    private static void bringBack(DuckDBAppender row, Return r) throws SQLException {
        row.append(r.id())
                .append(r.customer())
                .append(r.line())
                .append(r.product())
                .append(r.reason());
        row.appendEpochMicros(r.returnedAt());
    }

    private static void session(DuckDBAppender row, Session s) throws SQLException {
        row.append(s.id())
                .append(s.customer())
                .append(s.device())
                .append(s.pages())
                .append(s.minutes());
        row.appendEpochMicros(s.startedAt());
    }
}
