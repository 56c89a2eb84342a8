package org.gradgraph.graphviz;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.gradgraph.graph.Node;

/** How the kinds of nodes look: each has a shape of its own, so that colour is not needed. */
final class Kinds {
    private Kinds() {}

    static String word(Node node) {
        return node.kind().name().toLowerCase(Locale.ROOT);
    }

    static Map<String, String> look(Node node, Palette palette) {
        return switch (node.kind()) {
            case INPUT -> Map.of("shape", "cds", "margin", "0.2,0.1", "fillcolor", palette.input());
            case PARAMETER -> Map.of("shape", "box", "peripheries", "2", "fillcolor", palette.parameter());
            case CONSTANT ->
                Map.of(
                        "shape",
                        "box",
                        "style",
                        "filled,dashed",
                        "fillcolor",
                        palette.constant(),
                        "color",
                        palette.faint());
            case OPERATION -> Map.of("shape", "box", "style", "filled,rounded", "fillcolor", palette.operation());
        };
    }

    /** A cluster drawn as one box. */
    static Map<String, String> folded(Palette palette) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("shape", "folder");
        attributes.put("class", "folded");
        attributes.put("style", "filled");
        attributes.put("fillcolor", palette.cluster());
        return attributes;
    }

    static String foldedText(String title, int members) {
        return title + "\n" + members + (members == 1 ? " node" : " nodes");
    }
}
