package dev.hypha.relational.audit;

import java.sql.SQLException;

/// How well one value alone tells a label, from 0 (not at all, or too little to say) to 1 (fully). Values
/// come as SQL that yields `entity`, `x` and `y`. An entity may have many rows, so what counts as support
/// is entities, and a group of equal values is judged by the other entities in it, never by the one it is
/// asked about.
final class Power {
    /// Fewer say nothing: perfect order of ten against ten by chance has probability 1e-5.
    static final int ENTITIES = 10;

    /// A value that is missing in more rows than this tells too few labels to matter.
    static final double COVERAGE = 0.1;

    /// Groups that hold fewer of the rows are duplicates rather than categories.
    private static final double GROUP_COVERAGE = 0.5;

    private final Sheet sheet;
    private final int entities;

    /// @param entities how many each outcome needs, at least
    Power(Sheet sheet, int entities) {
        this.sheet = sheet;
        this.entities = entities;
    }

    /// Area under the ROC curve of a number against a label of 0 or 1, whichever way round it is larger.
    double order(String values) throws SQLException {
        double[] r = sheet.row("WITH a AS (" + values + "), v AS (SELECT * FROM a WHERE x IS NOT NULL),"
                + " scored AS (SELECT x, count(*) AS n, sum(y) AS p FROM v GROUP BY x)," + RANKED
                + " SELECT rank_sum, positives, n, (SELECT count(DISTINCT entity) FROM v WHERE y = 1),"
                + " (SELECT count(DISTINCT entity) FROM v WHERE y = 0), (SELECT count(*) FROM a) FROM summed");
        boolean supported = r[3] >= entities && r[4] >= entities && r[2] >= COVERAGE * r[5];
        double area = area(r[0], r[1], r[2]);
        return supported ? Math.max(area, 1 - area) : 0;
    }

    /// Area under the ROC curve of the mean label of other entities with the same value (text; null is a value).
    double groups(String values) throws SQLException {
        double[] r = sheet.row("WITH a AS (" + values + ")," + SHARED
                + " scored AS (SELECT others AS x, sum(n) AS n, sum(s) AS p FROM shared GROUP BY others)," + RANKED
                + " SELECT rank_sum, positives, n, (SELECT count(*) FROM shared WHERE s > 0),"
                + " (SELECT count(*) FROM shared WHERE s < n), (SELECT count(*) FROM a) FROM summed");
        boolean supported = r[3] >= entities && r[4] >= entities && r[2] >= GROUP_COVERAGE * r[5];
        return supported ? area(r[0], r[1], r[2]) : 0;
    }

    /// R² of a number, or of its rank against the label's rank, where that is larger.
    double line(String values) throws SQLException {
        double[] r = sheet.row(
                "WITH a AS (" + values + "), v AS (SELECT *,"
                        + " rank() OVER (ORDER BY x) + (count(*) OVER (PARTITION BY x)) / 2.0 AS rx,"
                        + " rank() OVER (ORDER BY y) + (count(*) OVER (PARTITION BY y)) / 2.0 AS ry FROM a WHERE x IS NOT NULL)"
                        + " SELECT corr(x, y), corr(rx, ry), count(*), count(DISTINCT entity), (SELECT count(*) FROM a) FROM v");
        boolean supported = r[3] >= 2 * entities && r[2] >= COVERAGE * r[4];
        double strongest = Math.max(square(r[0]), square(r[1]));
        return supported ? strongest : 0;
    }

    /// R² of the mean label of other entities with the same value (text; null is a value).
    double groupMeans(String values) throws SQLException {
        double[] r = sheet.row("WITH a AS (" + values + ")," + SHARED
                + " v AS (SELECT a.y, h.others, a.entity FROM a JOIN shared h ON a.entity = h.entity AND h.x = " + GROUP
                + "),"
                + " m AS (SELECT avg(y) AS mean FROM v) SELECT sum((y - others) ** 2), sum((y - mean) ** 2),"
                + " count(*), count(DISTINCT entity), (SELECT count(*) FROM a) FROM v, m");
        boolean supported = r[3] >= 2 * entities && r[2] >= GROUP_COVERAGE * r[4] && r[1] > 0;
        return supported ? Math.max(0, 1 - r[0] / r[1]) : 0;
    }

    /// A missing value is a group as well; the control character keeps it apart from any text.
    private static final String GROUP = "coalesce(CAST(a.x AS VARCHAR), chr(1))";

    /// Per value and entity: rows `n`, label sum `s`, and the mean label of the `others` with that value.
    private static final String SHARED =
            " e AS (SELECT " + GROUP + " AS x, entity, count(*) AS n, sum(y) AS s FROM a GROUP BY ALL),"
                    + " g AS (SELECT x, sum(n) AS n, sum(s) AS s FROM e GROUP BY x HAVING count(*) > 1),"
                    + " shared AS (SELECT x, entity, e.n AS n, e.s AS s, (g.s - e.s) / (g.n - e.n) AS others FROM e JOIN g USING (x)),";

    /// Sum of the ranks of positive rows, ties sharing their mean rank.
    private static final String RANKED =
            " ranked AS (SELECT *, sum(n) OVER (ORDER BY x ROWS UNBOUNDED PRECEDING) - n AS below FROM scored),"
                    + " summed AS (SELECT sum(p * (below + (n + 1) / 2.0)) AS rank_sum, sum(p) AS positives, sum(n) AS n FROM ranked)";

    private static double area(double rankSum, double positives, double rows) {
        return (rankSum - positives * (positives + 1) / 2) / (positives * (rows - positives));
    }

    private static double square(double correlation) {
        return Double.isNaN(correlation) ? 0 : correlation * correlation;
    }
}
