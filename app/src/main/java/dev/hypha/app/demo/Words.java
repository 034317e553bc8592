package dev.hypha.app.demo;

import java.util.List;
import java.util.SplittableRandom;

/// The words that the made-up shop is written in.
final class Words {
    static final List<String> CATEGORIES =
            List.of("kitchen", "garden", "office", "toys", "sports", "lighting", "textiles", "tools");
    static final List<String> SUPPLIERS = List.of(
            "Abel", "Birke", "Corvo", "Dahl", "Esker", "Fjord", "Ginko", "Hazel", "Ibex", "Juno", "Kestrel", "Larch",
            "Mistral", "Nimbus", "Osier", "Petrel", "Quarry", "Rowan", "Sable", "Tarn");
    static final List<String> REGIONS = List.of("north", "east", "south", "west", "islands");
    static final List<String> CHANNELS = List.of("web", "web", "app", "shop", "phone");
    static final List<String> DEVICES = List.of("phone", "phone", "desktop", "tablet");
    static final List<String> REASONS = List.of("broken", "not as described", "wrong size", "changed my mind");

    private static final List<List<String>> THINGS = List.of(
            List.of("kettle", "pan", "bowl", "grater"),
            List.of("spade", "hose", "planter", "rake"),
            List.of("stapler", "notebook", "chair", "lamp arm"),
            List.of("puzzle", "train", "kite", "blocks"),
            List.of("racket", "mat", "bottle", "rope"),
            List.of("lantern", "spot", "pendant", "strip"),
            List.of("blanket", "cushion", "towel", "curtain"),
            List.of("drill", "saw", "level", "clamp"));
    private static final List<String> STYLES =
            List.of("Plain", "Grand", "Little", "Blue", "Old", "Swift", "Quiet", "Bold");
    private static final List<String> FIRST =
            List.of("Ada", "Bo", "Cleo", "Dara", "Emil", "Fay", "Gus", "Hana", "Ivo", "June", "Kai", "Lena");
    private static final List<String> LAST = List.of(
            "Alder", "Brook", "Croft", "Dale", "Elm", "Field", "Grove", "Hill", "Isle", "Knoll", "Lake", "Moor");

    /// What is written with one star, two stars and so on.
    private static final List<List<String>> REVIEWS = List.of(
            List.of("broke after a week", "nothing but trouble", "I want my money back"),
            List.of("poor for the price", "came scratched and loose", "would not buy it again"),
            List.of("does what it should", "it is all right", "neither good nor bad"),
            List.of("good value", "works well so far", "pleased with it"),
            List.of("the best I have had", "bought a second one for a friend", "excellent in every way"));

    private Words() {}

    static <T> T one(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    static String product(int category, SplittableRandom random) {
        return one(STYLES, random) + " " + one(THINGS.get(category), random) + " " + (100 + random.nextInt(900));
    }

    static String person(SplittableRandom random) {
        return one(FIRST, random) + " " + one(LAST, random);
    }

    static String review(int stars, SplittableRandom random) {
        return one(REVIEWS.get(stars - 1), random);
    }
}
