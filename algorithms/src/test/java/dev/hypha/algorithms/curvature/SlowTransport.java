package dev.hypha.algorithms.curvature;

import java.util.Arrays;

/// Optimal transport as a linear programme in doubles, by the simplex method on the full tableau with
/// Bland's rule: nothing in common with what it checks.
final class SlowTransport {
    private SlowTransport() {}

    /// @param supply per row
    /// @param demand per column, of the same sum
    /// @return the least cost
    static double cost(double[] supply, double[] demand, int[][] cost) {
        int rows = supply.length;
        int columns = demand.length;
        int variables = rows * columns;
        int constraints = rows + columns;
        // One artificial variable per constraint, dear enough never to stay.
        double dear = 1e4;
        double[][] table = new double[constraints + 1][variables + constraints + 1];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int variable = i * columns + j;
                table[i][variable] = 1;
                table[rows + j][variable] = 1;
                table[constraints][variable] = cost[i][j] - 2 * dear;
            }
            table[i][variables + constraints] = supply[i];
        }
        for (int j = 0; j < columns; j++) {
            table[rows + j][variables + constraints] = demand[j];
        }
        int[] basis = new int[constraints];
        for (int k = 0; k < constraints; k++) {
            table[k][variables + k] = 1;
            basis[k] = variables + k;
        }
        pivot(table, basis, variables);
        double sum = 0;
        for (int k = 0; k < constraints; k++) {
            if (basis[k] < variables) {
                sum += table[k][variables + constraints] * cost[basis[k] / columns][basis[k] % columns];
            } else if (table[k][variables + constraints] > 1e-9) {
                throw new AssertionError("an artificial variable stayed: " + Arrays.toString(basis));
            }
        }
        return sum;
    }

    private static void pivot(double[][] table, int[] basis, int variables) {
        int constraints = basis.length;
        int last = table[0].length - 1;
        while (true) {
            int enter = 0;
            while (enter < variables && table[constraints][enter] >= -1e-9) {
                enter++;
            }
            if (enter == variables) {
                return;
            }
            int leave = -1;
            for (int k = 0; k < constraints; k++) {
                if (table[k][enter] > 1e-9) {
                    double ratio = table[k][last] / table[k][enter];
                    double best = leave < 0 ? Double.MAX_VALUE : table[leave][last] / table[leave][enter];
                    if (ratio < best - 1e-12 || (ratio < best + 1e-12 && basis[k] < basis[leave])) {
                        leave = k;
                    }
                }
            }
            double factor = table[leave][enter];
            for (int j = 0; j <= last; j++) {
                table[leave][j] /= factor;
            }
            for (int k = 0; k <= constraints; k++) {
                double times = table[k][enter];
                for (int j = 0; k != leave && times != 0 && j <= last; j++) {
                    table[k][j] -= times * table[leave][j];
                }
            }
            basis[leave] = enter;
        }
    }
}
