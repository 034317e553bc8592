package dev.hypha.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopDatabaseTest {
    private final Shop shop = ShopMaker.make(5, 120, 40);

    @TempDir
    Path folder;

    private static List<String> query(Path file, String sql) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Test
    void holdsEveryRowOfTheShopOnce() throws Exception {
        Path file = folder.resolve("a shop.duckdb");
        ShopDatabase.write(shop, file);
        assertThat(query(file, """
            SELECT count(*) FROM customers UNION ALL SELECT count(*) FROM products
            UNION ALL SELECT count(*) FROM orders UNION ALL SELECT count(*) FROM order_lines
            UNION ALL SELECT count(*) FROM reviews UNION ALL SELECT count(*) FROM returns
            UNION ALL SELECT count(*) FROM sessions\
            """))
                .containsExactly(
                        String.valueOf(shop.customers().size()),
                        String.valueOf(shop.products().size()),
                        String.valueOf(shop.orders().size()),
                        String.valueOf(shop.lines().size()),
                        String.valueOf(shop.reviews().size()),
                        String.valueOf(shop.returns().size()),
                        String.valueOf(shop.sessions().size()));
        assertThat(query(file, "SELECT epoch_us(ordered_at) FROM orders ORDER BY order_id LIMIT 1"))
                .containsExactly(String.valueOf(shop.orders().getFirst().orderedAt()));
        assertThat(query(file, "SELECT count(*) FROM customers WHERE referred_by IS NOT NULL"))
                .containsExactly(String.valueOf(shop.customers().stream()
                        .filter(customer -> customer.referrer() > 0)
                        .count()));
    }

    @Test
    void keepsWhatIsHidden() throws Exception {
        Path file = folder.resolve("shop.duckdb");
        ShopDatabase.write(shop, file);
        assertThat(query(file, "SELECT column_name FROM information_schema.columns"))
                .noneMatch(column -> column.matches(".*(quality|popular|quit|per_day).*"))
                .contains("referred_by", "supplier", "stars");
    }

    @Test
    void takesThePlaceOfAnEarlierOneAndLeavesNothingBeside() throws Exception {
        Path file = folder.resolve("shop.duckdb");
        Files.writeString(file, "something else");
        ShopDatabase.write(shop, file);
        ShopDatabase.write(shop, file);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
