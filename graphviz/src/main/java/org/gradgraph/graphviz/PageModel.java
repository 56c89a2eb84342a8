package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.SourceLine;

/** Everything a page knows of a picture, as maps and lists to be written as JSON. */
final class PageModel {
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NOTE = 20_000;
    private static final int MOST_ELEMENTS = 100;
    private static final int MOST_CHAIN_RULES = 300;

    private final Subject subject;
    private final Picture picture;
    private final Style style;
    private final Captions captions;
    private final ChainRules chainRules;

    /** The box of each node, or the first one of several. */
    private final Map<Integer, String> firstBox = new LinkedHashMap<>();

    private final Folding folding;
    private final Function<Node, String> notes;

    PageModel(Subject subject, Selection selected, Picture picture, Style style, Function<Node, String> notes) {
        this.subject = subject;
        this.picture = picture;
        this.style = style;
        this.captions = new Captions(subject, Clusters.of(subject, style.clusters()), style, selected);
        List<Integer> boxes =
                picture.boxes().stream().map(Picture.Box::node).distinct().toList();
        this.chainRules = new ChainRules(subject, captions, boxes);
        this.folding = Folding.of(picture);
        picture.boxes().forEach(box -> firstBox.putIfAbsent(box.node(), box.id()));
        this.notes = notes;
    }

    Map<String, Object> asMap() {
        Map<String, Object> model = new LinkedHashMap<>();
        DotText.defaults(style).forEach((what, attributes) -> {
            Map<String, Object> all = escaped(attributes);
            // The browser's Graphviz knows the widths of single fonts only.
            all.replace("fontname", DotText.FONT, "Arial");
            model.put(what, all);
        });
        model.put("gradientColor", style.palette().backward());
        model.put("boxes", picture.boxes().stream().map(this::box).toList());
        model.put("arrows", picture.arrows().stream().map(this::arrow).toList());
        model.put("frames", folding.frames().stream().map(this::frame).toList());
        model.put("folded", foldedFrames());
        model.put("forward", List.copyOf(firstBox.values()));
        model.put("backward", backwardSteps());
        return model;
    }

    private Map<String, Object> box(Picture.Box box) {
        Node node = subject.node(box.node());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", box.id());
        String first = firstBox.get(box.node());
        if (!box.id().equals(first)) {
            map.put("copyOf", first);
        }
        map.put("frame", folding.frameOf(box));
        map.put("attributes", labelled(box.label(), box.attributes()));
        map.put("own", !style.attributesOf(node).isEmpty());
        map.put("name", node.name().map(name -> Text.shown(name, LONGEST_NAME)).orElse(captions.result(box.node())));
        map.put("kind", Kinds.word(node));
        map.put("formula", node.op().isEmpty() ? "" : captions.formula(box.node()));
        map.put("shape", node.shape().toString());
        subject.value(box.node()).ifPresent(value -> put(map, "value", value));
        subject.gradient(box.node()).ifPresent(gradient -> put(map, "gradient", gradient));
        map.put("chain", picture.boxes().size() > MOST_CHAIN_RULES ? List.of() : chainRules.lines(box.node()));
        SourceLine line = node.source();
        if (style.javaLines() && !line.equals(SourceLine.UNKNOWN)) {
            map.put("line", Text.shown(line + " in " + line.className() + "." + line.methodName(), LONGEST_NAME));
        }
        String note = Optional.ofNullable(notes.apply(node)).orElse("");
        map.put(
                "note",
                note.lines()
                        .map(text -> text.isBlank() ? "" : Text.shown(text, LONGEST_NOTE))
                        .limit(500)
                        .toList());
        return map;
    }

    /** Short for one line, and with every digit for the panel where that differs. */
    private static void put(Map<String, Object> map, String key, Figure figure) {
        if (figure.elements().size() > MOST_ELEMENTS) {
            map.put(key, figure.size() + ", " + figure.range());
            return;
        }
        map.put(key, figure.text());
        if (!figure.inFull().equals(figure.text())) {
            map.put(key + "InFull", figure.inFull());
        }
    }

    private Map<String, Object> arrow(Picture.Arrow arrow) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from", arrow.from());
        map.put("to", arrow.to());
        map.put("operand", firstBox.getOrDefault(arrow.operand(), arrow.from()));
        map.put("backward", arrow.backward());
        map.put("attributes", labelled(arrow.label(), arrow.attributes()));
        return map;
    }

    private Map<String, Object> frame(Picture.Frame frame) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", frame.id());
        map.put("parent", frame.parent());
        map.put("title", frame.title());
        map.put("attributes", escaped(DotText.frameAttributes(frame, style)));
        map.put("folded", escaped(Kinds.folded(style.palette())));
        return map;
    }

    /** Everything that can be folded in a large picture, else what the style says. */
    private List<Integer> foldedFrames() {
        boolean large = Folding.isLarge(picture);
        return folding.frames().stream()
                .filter(frame -> large || style.collapses(frame.prefix()))
                .map(Picture.Frame::id)
                .toList();
    }

    /** Boxes that a gradient reaches, from right to left. */
    private List<String> backwardSteps() {
        List<String> steps = new ArrayList<>();
        firstBox.forEach((node, box) -> {
            if (subject.hasGradient(node)) {
                steps.add(0, box);
            }
        });
        return steps;
    }

    private static Map<String, Object> labelled(Label label, Map<String, String> attributes) {
        Map<String, Object> all = escaped(attributes);
        if (!label.isEmpty()) {
            all.putIfAbsent("label", label.isPlain() ? Text.escaped(label.plain()) : Map.of("html", label.html()));
        }
        return all;
    }

    private static Map<String, Object> escaped(Map<String, String> attributes) {
        Map<String, Object> escaped = new LinkedHashMap<>();
        attributes.forEach((name, value) -> escaped.put(name, DotText.escaped(name, value)));
        return escaped;
    }
}
