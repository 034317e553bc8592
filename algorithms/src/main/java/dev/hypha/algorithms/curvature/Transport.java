package dev.hypha.algorithms.curvature;

import java.util.Arrays;

/// Optimal transport between two small sets of piles of equal total, with costs that are small whole
/// numbers: exact, since all numbers are whole. Keeps its space from one problem to the next; for one
/// thread.
///
/// The primal-dual method (Ford and Fulkerson, "A primal-dual algorithm for the capacitated Hitchcock
/// problem", Naval Research Logistics Quarterly 4, 1957): shortest distances under reduced costs by
/// Dijkstra, then a blocking flow along the arcs that lie on shortest ways, until every pile is moved. As
/// costs are small there are few rounds.
///
/// Of several optimal plans it finds one that the problem alone decides.
final class Transport {
    private static final int FAR = Integer.MAX_VALUE / 2;

    private int rows;
    private int columns;
    private int[][] cost = new int[0][];
    private long[][] plan = new long[0][];
    private long[] left = new long[0];
    private long[] wanted = new long[0];
    private int[] rowPrice = new int[0];
    private int[] columnPrice = new int[0];
    private int[] distance = new int[0];
    private boolean[] settled = new boolean[0];
    private int[] turn = new int[0];
    private boolean[] onWay = new boolean[0];
    private int[] way = new int[0];

    /// Makes room for a problem; [#cost()] is to be filled next.
    void begin(int newRows, int newColumns) {
        rows = newRows;
        columns = newColumns;
        if (cost.length < rows || (rows > 0 && cost[0].length < columns)) {
            int height = Math.max(rows, cost.length);
            int width = Math.max(columns, cost.length == 0 ? 0 : cost[0].length);
            cost = new int[height][width];
            plan = new long[height][width];
        }
        if (distance.length < rows + columns) {
            distance = new int[rows + columns];
            settled = new boolean[rows + columns];
            turn = new int[rows + columns];
            onWay = new boolean[rows + columns];
            way = new int[rows + columns];
        }
    }

    /// What moving one unit from a row to a column costs, at least 0; may be larger than the problem.
    int[][] cost() {
        return cost;
    }

    /// How many units go from a row to a column in the plan found last; may be larger than the problem.
    long[][] plan() {
        return plan;
    }

    /// Finds an optimal plan.
    ///
    /// @param supply units at each row
    /// @param demand units wanted at each column, of the same sum
    /// @return what it costs
    long solve(long[] supply, long[] demand) {
        left = Arrays.copyOf(supply, rows);
        wanted = Arrays.copyOf(demand, columns);
        rowPrice = new int[rows];
        columnPrice = new int[columns];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(plan[row], 0, columns, 0);
        }
        long open = Arrays.stream(left).sum();
        while (open > 0) {
            reprice();
            open -= push();
        }
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                sum += plan[row][column] * cost[row][column];
            }
        }
        return sum;
    }

    /// Dijkstra from all rows with something left, over arcs row to column and, where something is planned,
    /// back. Afterwards every such arc has a reduced cost of at least 0, and 0 on shortest ways to columns
    /// with open demand.
    private void reprice() {
        int size = rows + columns;
        for (int row = 0; row < rows; row++) {
            distance[row] = left[row] > 0 ? 0 : FAR;
        }
        Arrays.fill(distance, rows, size, FAR);
        Arrays.fill(settled, 0, size, false);
        int reached = FAR;
        for (int at = nearest(size); at >= 0 && distance[at] <= reached; at = nearest(size)) {
            settled[at] = true;
            if (at < rows) {
                relaxColumns(at);
            } else if (wanted[at - rows] > 0) {
                reached = Math.min(reached, distance[at]);
            } else {
                relaxRows(at - rows);
            }
        }
        for (int row = 0; row < rows; row++) {
            rowPrice[row] += Math.min(distance[row], reached);
        }
        for (int column = 0; column < columns; column++) {
            columnPrice[column] += Math.min(distance[rows + column], reached);
        }
    }

    private int nearest(int size) {
        int best = -1;
        for (int i = 0; i < size; i++) {
            if (!settled[i] && distance[i] < FAR && (best < 0 || distance[i] < distance[best])) {
                best = i;
            }
        }
        return best;
    }

    private void relaxColumns(int row) {
        int base = distance[row] + rowPrice[row];
        int[] costs = cost[row];
        for (int column = 0; column < columns; column++) {
            distance[rows + column] = Math.min(distance[rows + column], base + costs[column] - columnPrice[column]);
        }
    }

    private void relaxRows(int column) {
        int base = distance[rows + column] + columnPrice[column];
        for (int row = 0; row < rows; row++) {
            if (plan[row][column] > 0) {
                distance[row] = Math.min(distance[row], base - cost[row][column] - rowPrice[row]);
            }
        }
    }

    /// A flow along arcs of reduced cost 0 that no further way adds to, found by depth-first search with a
    /// stack of its own: ways can be as long as the problem has rows and columns. Nodes from 0 on are rows,
    /// after them columns.
    private long push() {
        Arrays.fill(turn, 0, rows + columns, 0);
        Arrays.fill(onWay, 0, rows + columns, false);
        long moved = 0;
        for (int row = 0; row < rows; row++) {
            for (long more = 1; left[row] > 0 && more > 0; moved += more) {
                more = augment(row);
            }
        }
        return moved;
    }

    /// Moves along one way from a row with something left to a column with open demand.
    ///
    /// @return how much; 0 if no way is left
    private long augment(int from) {
        int length = 0;
        way[length++] = from;
        onWay[from] = true;
        while (length > 0) {
            int at = way[length - 1];
            int next = at < rows ? nextColumn(at) : nextRow(at - rows);
            if (next < 0) {
                onWay[at] = false;
                length--;
                if (length > 0) {
                    turn[way[length - 1]]++;
                }
            } else {
                way[length++] = next;
                onWay[next] = true;
                if (next >= rows && wanted[next - rows] > 0) {
                    return move(length);
                }
            }
        }
        return 0;
    }

    private int nextColumn(int row) {
        for (; turn[row] < columns; turn[row]++) {
            int column = turn[row];
            if (!onWay[rows + column] && rowPrice[row] + cost[row][column] == columnPrice[column]) {
                return rows + column;
            }
        }
        return -1;
    }

    private int nextRow(int column) {
        for (int at = rows + column; turn[at] < rows; turn[at]++) {
            int row = turn[at];
            if (!onWay[row] && plan[row][column] > 0 && rowPrice[row] + cost[row][column] == columnPrice[column]) {
                return row;
            }
        }
        return -1;
    }

    /// Moves what the narrowest arc of the way lets through, and takes the way down.
    private long move(int length) {
        int last = way[length - 1] - rows;
        long most = Math.min(left[way[0]], wanted[last]);
        for (int i = 1; i + 1 < length; i += 2) {
            most = Math.min(most, plan[way[i + 1]][way[i] - rows]);
        }
        left[way[0]] -= most;
        wanted[last] -= most;
        for (int i = 0; i < length; i++) {
            onWay[way[i]] = false;
            if (i % 2 == 1) {
                plan[way[i - 1]][way[i] - rows] += most;
                if (i + 1 < length) {
                    plan[way[i + 1]][way[i] - rows] -= most;
                }
            }
        }
        return most;
    }
}
