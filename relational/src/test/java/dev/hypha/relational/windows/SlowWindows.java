package dev.hypha.relational.windows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What every feature of [Visits] is, by loops over all rows.
final class SlowWindows {
    /// A fact as a stream sees it.
    private record Fact(long time, int row, Map<String, Object> values) {}

    private final Visits data;

    SlowWindows(Visits data) {
        this.data = data;
    }

    /// The value of a feature for a seed, NaN where there is none.
    double value(Feature feature, Visits.Seed seed, List<String> vocabulary) {
        String stream = feature.name().substring(0, streamLength(feature.name()));
        List<Fact> seen = seen(stream, seed);
        String name = feature.value() < 0 ? null : valueName(feature, stream);
        return switch (feature.aggregate()) {
            case COUNT -> within(seen, seed.cutoff(), feature.over()).size();
            case SEASON_COUNT -> season(seen, seed).size();
            case MEAN, MIN, MAX, SUM -> aggregate(feature, numbers(within(seen, seed.cutoff(), feature.over()), name));
            case SEASON_MEAN -> aggregate(feature, numbers(season(seen, seed), name));
            case LAST_MEAN ->
                aggregate(feature, numbers(seen.subList(Math.max(0, seen.size() - feature.over()), seen.size()), name));
            case LAST -> {
                List<Double> last = seen.isEmpty() ? List.of() : numbers(List.of(seen.getLast()), name);
                yield last.isEmpty() ? Double.NaN : last.getFirst();
            }
            case LAST_CODE -> {
                Object last = seen.isEmpty() ? null : seen.getLast().values().get(name);
                yield last == null ? Double.NaN : vocabulary.indexOf(last.toString()) + 1;
            }
            case AGE ->
                seen.isEmpty() ? Double.NaN : days(seed.time() - seen.getLast().time());
            case SPAN ->
                seen.isEmpty() ? Double.NaN : days(seed.time() - seen.getFirst().time());
        };
    }

    private static int streamLength(String name) {
        for (String stream : List.of("shops.visits", "shops.stock", "every.visits", "every.items", "visits", "items")) {
            if (name.startsWith(stream + ".")) {
                return stream.length();
            }
        }
        throw new AssertionError(name);
    }

    private static String valueName(Feature feature, String stream) {
        String past = switch (feature.aggregate()) {
            case LAST, LAST_CODE -> ".last";
            default ->
                feature.name()
                        .substring(
                                feature.name().lastIndexOf('.', feature.name().lastIndexOf('.') - 1));
        };
        return feature.name().substring(stream.length() + 1, feature.name().length() - past.length());
    }

    private static double days(long micros) {
        return (double) micros / Visits.DAY;
    }

    private static List<Double> numbers(List<Fact> facts, String name) {
        return facts.stream()
                .map(f -> (Double) f.values().get(name))
                .filter(Objects::nonNull)
                .toList();
    }

    private static double aggregate(Feature feature, List<Double> x) {
        if (x.isEmpty()) {
            return Double.NaN;
        }
        return switch (feature.aggregate()) {
            case MIN -> x.stream().mapToDouble(d -> d).min().getAsDouble();
            case MAX -> x.stream().mapToDouble(d -> d).max().getAsDouble();
            case SUM -> x.stream().mapToDouble(d -> d).sum();
            default -> x.stream().mapToDouble(d -> d).average().getAsDouble();
        };
    }

    private static List<Fact> within(List<Fact> seen, long end, int days) {
        return seen.stream()
                .filter(f -> days == 0 || f.time() > end - days * Visits.DAY)
                .filter(f -> f.time() <= end)
                .toList();
    }

    /// The target's window moved back by the fewest whole years that make it visible.
    private static List<Fact> season(List<Fact> seen, Visits.Seed seed) {
        long end = seed.time() + 30 * Visits.DAY;
        while (end > seed.cutoff()) {
            end -= StreamQuery.YEAR;
        }
        return within(seen, end, 30);
    }

    private List<Fact> seen(String stream, Visits.Seed seed) {
        List<Fact> facts = new ArrayList<>();
        Integer shop = stream.startsWith("shops") ? lastShop(seed) : null;
        for (Visits.Visit v : data.visits) {
            boolean wanted = switch (stream) {
                case "visits" -> there(seed) && Objects.equals(v.person(), seed.person());
                case "shops.visits" -> shop != null && Objects.equals(v.shop(), shop);
                case "every.visits" -> true;
                default -> false;
            };
            if (wanted && v.time() != null) {
                facts.add(new Fact(v.time(), v.row(), values(v)));
            }
        }
        for (Visits.Stock s : data.stocks) {
            if (stream.equals("shops.stock") && shop != null && Objects.equals(s.shop(), shop) && s.time() != null) {
                facts.add(new Fact(s.time(), s.row(), map("pieces", s.pieces())));
            }
        }
        for (Visits.Item i : data.items) {
            Visits.Visit visit = i.visit() == null ? null : data.visits.get(i.visit());
            boolean own = there(seed)
                    && visit != null
                    && visit.time() != null
                    && Objects.equals(visit.person(), seed.person());
            if (stream.equals("items") && own) {
                facts.add(new Fact(visit.time(), i.row(), map("price", i.price())));
            }
            if (stream.equals("every.items")) {
                facts.add(new Fact(-4_000_000_000_000_000_000L, i.row(), map("price", i.price())));
            }
        }
        facts.removeIf(f -> f.time() > seed.cutoff());
        facts.sort(Comparator.comparingLong(Fact::time).thenComparingInt(Fact::row));
        return facts;
    }

    private boolean there(Visits.Seed seed) {
        Long born = data.born.get(seed.person());
        return born != null && born <= seed.cutoff();
    }

    /// The shop of the last visit that has one.
    private Integer lastShop(Visits.Seed seed) {
        return data.visits.stream()
                .filter(v -> there(seed) && Objects.equals(v.person(), seed.person()) && v.shop() != null)
                .filter(v -> v.time() != null && v.time() <= seed.cutoff())
                .max(Comparator.comparingLong(Visits.Visit::time).thenComparingInt(Visits.Visit::row))
                .map(Visits.Visit::shop)
                .orElse(null);
    }

    private Map<String, Object> values(Visits.Visit v) {
        Map<String, Object> out = map("spent", v.spent());
        out.put("dear", v.spent() == null ? null : v.spent() > 50 ? 1.0 : 0.0);
        out.put("mood", v.mood());
        out.put("shop", v.shop());
        out.put("shops.size", v.shop() == null ? null : data.sizes.get(v.shop()));
        return out;
    }

    private static Map<String, Object> map(String name, Object value) {
        Map<String, Object> out = new HashMap<>();
        out.put(name, value);
        return out;
    }
}
