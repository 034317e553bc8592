package dev.hypha.relational.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypha.relational.audit.Finding.Kind;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A test of the audit on a shop of its own: a planted leak is found and named, its clean twin is not.
abstract class AuditedShop {
    Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = new Shop();
    }

    @AfterEach
    void close() throws SQLException {
        shop.close();
    }

    static void assertOnly(List<Finding> findings, Kind kind, Severity severity, String place) {
        assertThat(findings).singleElement().satisfies(f -> {
            assertThat(f.kind()).isEqualTo(kind);
            assertThat(f.severity()).isEqualTo(severity);
            assertThat(f.place()).isEqualTo(place);
            assertThat(f.remedy()).isNotEmpty();
        });
    }
}
