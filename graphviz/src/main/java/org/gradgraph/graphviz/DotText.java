package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Writes a picture in the DOT language, one statement a line, in an order that depends on the graph alone. */
final class DotText {
    static final String FONT = "Helvetica,Arial,sans-serif";

    private final Picture picture;
    private final Style style;
    private final Map<Integer, List<Picture.Box>> boxes = new HashMap<>();
    private final Map<Integer, List<Picture.Frame>> frames = new HashMap<>();
    private final StringBuilder text = new StringBuilder();

    private DotText(Picture picture, Style style) {
        this.picture = picture;
        this.style = style;
        picture.boxes().forEach(box -> childrenIn(box.frame(), boxes).add(box));
        picture.frames().forEach(frame -> childrenIn(frame.parent(), frames).add(frame));
    }

    private static <T> List<T> childrenIn(int frame, Map<Integer, List<T>> all) {
        return all.computeIfAbsent(frame, fresh -> new ArrayList<>());
    }

    static String of(Picture picture, Style style) {
        return new DotText(picture, style).write();
    }

    private String write() {
        // Not strict, which would merge the two arrows of x·x.
        text.append("digraph gradgraph {\n");
        defaults(style).forEach((what, attributes) -> statement(1, what, quoted(attributes)));
        frame(Clusters.NONE, 1);
        picture.arrows()
                .forEach(arrow ->
                        statement(1, arrow.from() + " -> " + arrow.to(), labelled(arrow.label(), arrow.attributes())));
        return text.append("}\n").toString();
    }

    /** Attributes of the graph and of every node and arrow that says nothing else. */
    static Map<String, Map<String, String>> defaults(Style style) {
        Palette palette = style.palette();
        Map<String, String> graph = new TreeMap<>(Map.of(
                "rankdir",
                "LR",
                "bgcolor",
                palette.background(),
                "fontname",
                FONT,
                "fontsize",
                "12",
                "fontcolor",
                palette.ink(),
                "color",
                palette.faint(),
                "nodesep",
                "0.3",
                "ranksep",
                "0.45"));
        graph.putAll(style.graphAttributes());
        Map<String, Map<String, String>> defaults = new TreeMap<>();
        defaults.put("graph", graph);
        defaults.put(
                "node",
                new TreeMap<>(Map.of(
                        "shape",
                        "box",
                        "style",
                        "filled",
                        "fontname",
                        FONT,
                        "fontsize",
                        "13",
                        "fontcolor",
                        palette.ink(),
                        "color",
                        palette.ink(),
                        "height",
                        "0.4",
                        "width",
                        "0.4")));
        defaults.put(
                "edge",
                new TreeMap<>(Map.of(
                        "fontname",
                        FONT,
                        "fontsize",
                        "11",
                        "fontcolor",
                        palette.forward(),
                        "color",
                        palette.forward(),
                        "arrowsize",
                        "0.7")));
        return defaults;
    }

    /** Recurses as deep as names have slashes, which is bounded. */
    private void frame(int id, int depth) {
        childrenIn(id, boxes).forEach(box -> statement(depth, box.id(), labelled(box.label(), box.attributes())));
        for (Picture.Frame inner : childrenIn(id, frames)) {
            indent(depth).append("subgraph cluster_").append(inner.id()).append(" {\n");
            statement(depth + 1, "graph", quoted(frameAttributes(inner, style)));
            frame(inner.id(), depth + 1);
            indent(depth).append("}\n");
        }
    }

    static Map<String, String> frameAttributes(Picture.Frame frame, Style style) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("class", "frame");
        attributes.put("fillcolor", style.palette().cluster());
        attributes.put("fontsize", "14");
        attributes.put("label", frame.title());
        attributes.put("labeljust", "l");
        attributes.put("margin", "12");
        attributes.put("style", "filled,rounded");
        attributes.put("tooltip", frame.title());
        return attributes;
    }

    private StringBuilder indent(int depth) {
        return text.append("  ".repeat(depth));
    }

    private void statement(int depth, String what, Map<String, String> attributes) {
        StringJoiner list = new StringJoiner(", ", " [", "];\n");
        attributes.forEach((name, value) -> list.add(name + "=" + value));
        indent(depth).append(what).append(list);
    }

    private static Map<String, String> labelled(Label label, Map<String, String> attributes) {
        Map<String, String> all = quoted(attributes);
        if (!label.isEmpty()) {
            all.putIfAbsent("label", label.dot());
        }
        return all;
    }

    private static Map<String, String> quoted(Map<String, String> attributes) {
        Map<String, String> quoted = new TreeMap<>();
        attributes.forEach((name, value) -> quoted.put(requireName(name), Text.inQuotes(escaped(name, value))));
        return quoted;
    }

    static String escaped(String attribute, String value) {
        return attribute.endsWith("tooltip") ? Text.escapedTwice(value) : Text.escaped(value);
    }

    private static String requireName(String attribute) {
        if (!attribute.matches("[A-Za-z_]+")) {
            throw new IllegalArgumentException(
                    "\"" + Text.shown(attribute) + "\" is no DOT attribute; a name such as penwidth has letters only");
        }
        return attribute;
    }
}
