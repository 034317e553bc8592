package dev.hypha.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where the tables of a schema stand in a drawing: columns by the number of foreign keys between them and the table
/// asked about, whichever way the keys point; inside a column near the tables they hang on.
///
/// @param places column and row of each table, both from 0
/// @param columns how many columns there are
/// @param rows how many rows the fullest column has
record TableLayout(Map<String, Place> places, int columns, int rows) {
    record Place(int column, int row) {}

    /// @param tables as a run's report lists them
    /// @param center the table that stands in the first column; tables that no path leads to stand in the last
    static TableLayout of(JsonNode tables, String center) {
        Map<String, Set<String>> neighbors = neighbors(tables);
        Map<String, Integer> distance = distances(neighbors, center);
        List<List<String>> columns = new ArrayList<>();
        for (String table : neighbors.keySet()) {
            int column = distance.get(table);
            while (columns.size() <= column) {
                columns.add(new ArrayList<>());
            }
            columns.get(column).add(table);
        }
        columns.removeIf(List::isEmpty);
        Map<String, Place> places = new LinkedHashMap<>();
        for (int c = 0; c < columns.size(); c++) {
            place(columns.get(c), c, neighbors, places);
        }
        return new TableLayout(
                places,
                columns.size(),
                columns.stream().mapToInt(List::size).max().orElse(0));
    }

    private static Map<String, Set<String>> neighbors(JsonNode tables) {
        Map<String, Set<String>> neighbors = new LinkedHashMap<>();
        tables.forEach(table -> neighbors.put(table.path("name").asText(), new LinkedHashSet<>()));
        for (JsonNode table : tables) {
            String child = table.path("name").asText();
            for (JsonNode key : table.path("foreignKeys")) {
                String parent = key.path("table").asText();
                if (neighbors.containsKey(parent)) {
                    neighbors.get(child).add(parent);
                    neighbors.get(parent).add(child);
                }
            }
        }
        return neighbors;
    }

    private static Map<String, Integer> distances(Map<String, Set<String>> neighbors, String center) {
        Map<String, Integer> distance = new LinkedHashMap<>();
        Deque<String> queue = new ArrayDeque<>();
        if (neighbors.containsKey(center)) {
            distance.put(center, 0);
            queue.add(center);
        }
        int last = 0;
        while (!queue.isEmpty()) {
            String table = queue.remove();
            last = distance.get(table);
            for (String next : neighbors.get(table)) {
                if (distance.putIfAbsent(next, last + 1) == null) {
                    queue.add(next);
                }
            }
        }
        for (String table : neighbors.keySet()) {
            distance.putIfAbsent(table, last + 1);
        }
        return distance;
    }

    private static void place(
            List<String> tables, int column, Map<String, Set<String>> neighbors, Map<String, Place> places) {
        tables.sort(Comparator.comparingDouble(table -> neighbors.get(table).stream()
                .filter(places::containsKey)
                .mapToInt(neighbor -> places.get(neighbor).row())
                .average()
                .orElse(Double.MAX_VALUE)));
        for (int row = 0; row < tables.size(); row++) {
            places.put(tables.get(row), new Place(column, row));
        }
    }
}
