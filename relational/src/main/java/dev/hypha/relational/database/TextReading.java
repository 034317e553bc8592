package dev.hypha.relational.database;

import java.util.ArrayList;
import java.util.List;

/// One way to read a column of text as another type: a test that every value must pass, and the conversion.
/// In the SQL pieces `$` stands for the value.
///
/// @param type the staged type it yields
/// @param accepts SQL condition on a value that is not null
/// @param converts SQL expression of the value
/// @param untypedOnly true where only sources without types are read so; a database that declares text means text
record TextReading(String type, String accepts, String converts, boolean untypedOnly) {
    private static final String ISO_DATE = "regexp_full_match($, '\\d{4}-\\d{2}-\\d{2}')";
    private static final String ISO_INSTANT =
            "regexp_full_match($, '\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?( ?(Z|UTC|[+-]\\d{2}(:?\\d{2})?))?)?')";

    /// In the order in which they are tried; the first that every value passes is taken.
    static final List<TextReading> ALL = all();

    String accepts(String value) {
        return accepts.replace("$", value);
    }

    String converts(String value) {
        return converts.replace("$", value);
    }

    private static List<TextReading> all() {
        List<TextReading> all = new ArrayList<>();
        all.add(new TextReading("BOOLEAN", "lower($) IN ('true', 'false')", "CAST($ AS BOOLEAN)", true));
        // Leading zeros are part of a code ("007"), and so are more digits than a number holds. Whole numbers in a
        // column with gaps are often exported as 3.0.
        all.add(new TextReading(
                "BIGINT",
                "regexp_full_match($, '-?(0|[1-9]\\d{0,17})(\\.0)?')",
                "CAST(regexp_replace($, '\\.0', '') AS BIGINT)",
                true));
        all.add(new TextReading(
                "DOUBLE",
                "regexp_full_match($, '-?(0|[1-9]\\d{0,17})?(\\.\\d*)?([eE][+-]?\\d{1,3})?') AND TRY_CAST($ AS DOUBLE) IS NOT NULL",
                "CAST($ AS DOUBLE)",
                true));
        all.add(new TextReading(
                "TIME",
                "regexp_full_match($, '\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?') AND TRY_CAST($ AS TIME) IS NOT NULL",
                "CAST($ AS TIME)",
                true));
        all.add(new TextReading("DATE", ISO_DATE + " AND TRY_CAST($ AS DATE) IS NOT NULL", "CAST($ AS DATE)", false));
        all.add(new TextReading(
                "TIMESTAMP",
                ISO_INSTANT + " AND TRY_CAST($ AS TIMESTAMPTZ) IS NOT NULL",
                // The session's zone is UTC, so text without an offset is taken as UTC.
                "make_timestamp(epoch_us(CAST($ AS TIMESTAMPTZ)))",
                false));
        for (String date : List.of("%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")) {
            all.add(written(date, "DATE"));
            for (String time : List.of(" %H:%M", " %H:%M:%S")) all.add(written(date + time, "TIMESTAMP"));
        }
        return List.copyOf(all);
    }

    private static TextReading written(String format, String type) {
        String parsed = "try_strptime($, '" + format + "')";
        String digits = "regexp_matches($, '^\\d{1,4}[./]\\d{1,2}[./]\\d{1,4}')";
        return new TextReading(
                type, digits + " AND " + parsed + " IS NOT NULL", "CAST(" + parsed + " AS " + type + ")", false);
    }
}
