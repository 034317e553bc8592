package dev.hypha.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A piece of a page: an element with attributes and content, or text. Text and the values of attributes are escaped as
/// they are written, and there is no other way in, so that no table's name can become markup.
public sealed interface Markup {
    /// Elements that HTML writes without an end.
    Set<String> VOID = Set.of("meta", "br", "hr");

    /// @param attributes by name, in the order of writing
    record Element(String name, Map<String, String> attributes, List<Markup> content) implements Markup {}

    record Text(String text) implements Markup {}

    /// An attribute among an element's content.
    record Attribute(String name, String value) {}

    static Attribute at(String name, Object value) {
        return new Attribute(name, value instanceof Double d ? Figures.coordinate(d) : String.valueOf(value));
    }

    /// An element.
    ///
    /// @param content attributes, elements, text, and optionals, lists and streams of them
    static Element el(String name, Object... content) {
        Map<String, String> attributes = new LinkedHashMap<>();
        List<Markup> inside = new ArrayList<>();
        for (Object piece : content) {
            add(piece, attributes, inside);
        }
        return new Element(name, attributes, inside);
    }

    private static void add(Object piece, Map<String, String> attributes, List<Markup> inside) {
        switch (piece) {
            case Attribute attribute -> attributes.put(attribute.name(), attribute.value());
            case Markup markup -> inside.add(markup);
            case String text -> inside.add(new Text(text));
            case Optional<?> optional -> optional.ifPresent(value -> add(value, attributes, inside));
            case List<?> list -> list.forEach(value -> add(value, attributes, inside));
            case Stream<?> stream -> stream.forEach(value -> add(value, attributes, inside));
            default -> throw new IllegalArgumentException(piece + " is no content of a page");
        }
    }

    /// As HTML.
    default String write() {
        StringBuilder out = new StringBuilder();
        write(this, out);
        return out.toString();
    }

    private static void write(Markup markup, StringBuilder out) {
        switch (markup) {
            case Text text -> out.append(escape(text.text()));
            case Element element -> write(element, out);
        }
    }

    private static void write(Element element, StringBuilder out) {
        out.append('<').append(element.name());
        element.attributes()
                .forEach((name, value) -> out.append(' ')
                        .append(name)
                        .append("=\"")
                        .append(escape(value).replace("\"", "&quot;"))
                        .append('"'));
        out.append('>');
        for (Markup inside : element.content()) {
            write(inside, out);
        }
        if (!VOID.contains(element.name())) {
            out.append("</").append(element.name()).append('>');
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
