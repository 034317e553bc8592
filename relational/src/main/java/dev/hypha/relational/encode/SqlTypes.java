package dev.hypha.relational.encode;

import java.util.Locale;

/// SQL that reads a staged column as what its meaning asks for, whatever type it has; null where that cannot be.
public final class SqlTypes {
    private SqlTypes() {}

    /// What a staged type is good for.
    enum Family {
        NUMBER,
        BOOLEAN,
        TEXT,
        /// A date or timestamp.
        INSTANT,
        TIME_OF_DAY;

        static Family of(String sqlType) {
            return switch (sqlType.toUpperCase(Locale.ROOT)) {
                case "BOOLEAN" -> BOOLEAN;
                case "VARCHAR" -> TEXT;
                case "DATE", "TIMESTAMP" -> INSTANT;
                case "TIME" -> TIME_OF_DAY;
                default -> NUMBER;
            };
        }

        /// Whether an encoder fitted on this reads the other as well.
        boolean reads(Family other) {
            return number() == other.number() && (number() || this == other);
        }

        private boolean number() {
            return this == NUMBER || this == BOOLEAN;
        }
    }

    /// A DOUBLE, null where not finite; dates and times of day in seconds.
    public static String number(String column, String sqlType) {
        String number = switch (Family.of(sqlType)) {
            case NUMBER, BOOLEAN, TEXT -> "TRY_CAST(" + column + " AS DOUBLE)";
            case INSTANT, TIME_OF_DAY -> "CAST(epoch(" + column + ") AS DOUBLE)";
        };
        return "CASE WHEN isfinite(" + number + ") THEN " + number + " END";
    }

    /// A BOOLEAN.
    public static String truth(String column, String sqlType) {
        boolean direct = Family.of(sqlType).number();
        return "TRY_CAST(" + (direct ? column : varchar(column)) + " AS BOOLEAN)";
    }

    /// A BIGINT of microseconds since 1970-01-01 UTC, null where infinite.
    static String micros(String column, String sqlType) {
        boolean direct = Family.of(sqlType) == Family.INSTANT;
        return "epoch_us(TRY_CAST(" + (direct ? column : varchar(column)) + " AS TIMESTAMP))";
    }

    /// A VARCHAR of at most so many characters.
    static String text(String column, int characters) {
        return "left(" + varchar(column) + ", " + characters + ")";
    }

    private static String varchar(String column) {
        return "CAST(" + column + " AS VARCHAR)";
    }
}
