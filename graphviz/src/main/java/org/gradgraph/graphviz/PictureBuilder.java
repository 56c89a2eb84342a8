package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Decides what is drawn: which boxes, which arrows between them, and what is written on them. */
final class PictureBuilder {
    private static final int MOST_READERS = 4;

    private record Line(String from, String to, int operand, boolean backward) {}

    private final Subject subject;
    private final Style style;
    private final Clusters clusters;
    private final Captions captions;
    private final boolean[] drawn;
    private final int[] collapsed;
    private final int[] readers;
    private final int[] backwardReaders;

    /** The ids of the copies of leaves, and of the first copy of each. */
    private final Set<String> copies = new HashSet<>();

    private final String[] firstCopy;

    private PictureBuilder(Subject subject, Selection selected, Style style) {
        this.subject = subject;
        this.style = style;
        this.clusters = Clusters.of(subject, style.clusters());
        this.captions = new Captions(subject, clusters, style, selected);
        this.drawn = new boolean[subject.size()];
        this.collapsed = new int[subject.size()];
        this.readers = new int[subject.size()];
        this.backwardReaders = new int[subject.size()];
        this.firstCopy = new String[subject.size()];
        Arrays.fill(firstCopy, "");
        for (int i = 0; i < subject.size(); i++) {
            drawn[i] = selected.contains(i) && captions.isDrawn(i);
            collapsed[i] = clusters.collapsedAround(i, style);
            if (!captions.folds().isFolded(i)) {
                for (List<Folds.Use> uses : captions.folds().operands(i)) {
                    int k = uses.get(0).node();
                    readers[k] += drawn[i] ? 1 : 0;
                    backwardReaders[k] += flowsBack(uses) ? 1 : 0;
                }
            }
        }
    }

    static Picture of(Subject subject, Selection selected, Style style) {
        PictureBuilder builder = new PictureBuilder(subject, selected, style);
        return new Picture(builder.boxes(), builder.arrows(), builder.frames());
    }

    /** Whether a leaf is drawn again beside each box that reads it. */
    private boolean isRepeated(int i) {
        return style.repeated()
                && subject.node(i).inputs().isEmpty()
                && readers[i] > MOST_READERS
                && collapsed[i] == Clusters.NONE
                && !subject.isRoot(i);
    }

    private List<Picture.Box> boxes() {
        int[] members = new int[clusters.count()];
        for (int i = 0; i < subject.size(); i++) {
            if (drawn[i] && collapsed[i] != Clusters.NONE) {
                members[collapsed[i]]++;
            }
        }
        List<Picture.Box> boxes = new ArrayList<>();
        for (int i = 0; i < subject.size(); i++) {
            if (!drawn[i]) {
                continue;
            }
            int cluster = collapsed[i];
            if (cluster == Clusters.NONE) {
                addCopies(i, boxes);
                if (!isRepeated(i)) {
                    boxes.add(box(i));
                }
            } else if (members[cluster] > 0) {
                addCopies(i, boxes);
                boxes.add(cluster(cluster, members[cluster]));
                members[cluster] = 0;
            }
        }
        return boxes;
    }

    /** Each copy stands where the box stands that reads it; the first one has everything that is known of the node. */
    private void addCopies(int user, List<Picture.Box> boxes) {
        for (List<Folds.Use> uses : captions.folds().operands(user)) {
            int i = uses.get(0).node();
            if (!drawn[i] || !isRepeated(i) || !copies.add(copy(i, user))) {
                continue;
            }
            Picture.Box box = box(i);
            boolean isFirst = firstCopy[i].isEmpty();
            if (isFirst) {
                firstCopy[i] = copy(i, user);
            }
            Label label = isFirst ? box.label() : captions.copy(i);
            int own = clusters.of(i);
            int frame = collapsed[user] == Clusters.NONE ? clusters.of(user) : clusters.parent(collapsed[user]);
            boxes.add(new Picture.Box(copy(i, user), i, own == Clusters.NONE ? frame : own, label, box.attributes()));
        }
    }

    private String copy(int leaf, int user) {
        return "n" + leaf + "_" + boxId(user);
    }

    private Picture.Box box(int i) {
        Map<String, String> attributes = new TreeMap<>(Kinds.look(subject.node(i), style.palette()));
        attributes.put("class", Kinds.word(subject.node(i)));
        attributes.put("tooltip", captions.tooltip(i));
        Label label = captions.box(i, readers[i] == 0, backwardReaders[i]);
        if (label.isPlain()
                && label.plain().length() == 1
                && subject.node(i).op().isPresent()) {
            attributes.put("fontsize", "20");
            attributes.put("margin", "0.05,0");
        }
        if (subject.isRoot(i)) {
            attributes.put("penwidth", "2.5");
        }
        attributes.putAll(style.attributesOf(subject.node(i)));
        return new Picture.Box("n" + i, i, clusters.of(i), label, attributes);
    }

    private Picture.Box cluster(int cluster, int members) {
        Map<String, String> attributes = Kinds.folded(style.palette());
        attributes.put("tooltip", Kinds.foldedText(Text.shown(clusters.prefix(cluster)), members));
        Label label = Label.of(Kinds.foldedText(Text.shown(clusters.title(cluster)), members));
        return new Picture.Box("c" + cluster, -1, clusters.parent(cluster), label, attributes);
    }

    private String boxId(int i) {
        return collapsed[i] == Clusters.NONE ? "n" + i : "c" + collapsed[i];
    }

    /** Between the same two boxes a collapsed cluster draws each value once; else x·x has two arrows. */
    private List<Picture.Arrow> arrows() {
        List<Picture.Arrow> arrows = new ArrayList<>();
        Map<Line, Integer> merged = new LinkedHashMap<>();
        for (int user = 0; user < subject.size(); user++) {
            List<List<Folds.Use>> operands = drawn[user] ? captions.folds().operands(user) : List.of();
            for (List<Folds.Use> uses : operands) {
                int operand = uses.get(0).node();
                boolean inside = boxId(operand).equals(boxId(user));
                if (!drawn[operand] || inside) {
                    continue;
                }
                boolean single = collapsed[user] == Clusters.NONE;
                add(arrows, merged, single, arrow(operand, user, Optional.empty(), false));
                if (flowsBack(uses)) {
                    add(arrows, merged, single, arrow(operand, user, share(uses), true));
                }
            }
        }
        return arrows;
    }

    private boolean flowsBack(List<Folds.Use> uses) {
        return uses.stream().anyMatch(use -> subject.flowsBack(use.node(), use.user()));
    }

    /** What a box adds to the gradient of a node that it may read several times. */
    private Optional<Figure> share(List<Folds.Use> uses) {
        if (uses.size() > 1 && backwardReaders[uses.get(0).node()] == 1) {
            return Optional.empty();
        }
        List<Folds.Use> flowing = uses.stream()
                .filter(use -> subject.flowsBack(use.node(), use.user()))
                .toList();
        Optional<Figure> sum =
                subject.share(flowing.get(0).user(), flowing.get(0).position());
        for (Folds.Use use : flowing.subList(1, flowing.size())) {
            sum = sum.flatMap(
                    before -> subject.share(use.user(), use.position()).flatMap(part -> Figure.sum(before, part)));
        }
        return sum;
    }

    private static void add(
            List<Picture.Arrow> arrows, Map<Line, Integer> merged, boolean single, Picture.Arrow arrow) {
        Line line = new Line(arrow.from(), arrow.to(), arrow.operand(), arrow.backward());
        if (single || merged.putIfAbsent(line, arrows.size()) == null) {
            arrows.add(arrow);
        }
    }

    private Picture.Arrow arrow(int operand, int user, Optional<Figure> share, boolean backward) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("class", backward ? "backward" : "forward");
        if (backward) {
            // Drawn along the forward arrow, so that the layout knows one direction only.
            attributes.put("dir", "back");
            attributes.put("style", "dashed");
            attributes.put("color", style.palette().backward());
            attributes.put("fontcolor", style.palette().backward());
        }
        String name = captions.nameOrId(operand);
        boolean isCopy = isRepeated(operand);
        String from = isCopy ? copy(operand, user) : boxId(operand);
        attributes.put("tooltip", backward ? "d" + name : name);
        attributes.putAll(style.attributesOf(subject.node(operand), subject.node(user), backward));
        boolean shared = backwardReaders[operand] > 1;
        Label label = backward ? captions.backward(operand, share, shared) : captions.forward(operand);
        boolean isShown = !isCopy || (backward ? label.isPlain() : from.equals(firstCopy[operand]));
        label = isShown ? label : Label.of("");
        return new Picture.Arrow(from, boxId(user), operand, backward, label, attributes);
    }

    /** Those with something to see inside. */
    private List<Picture.Frame> frames() {
        boolean[] used = new boolean[clusters.count()];
        for (int i = 0; i < subject.size(); i++) {
            int around = collapsed[i] == Clusters.NONE ? clusters.of(i) : clusters.parent(collapsed[i]);
            for (int cluster = around; drawn[i] && cluster != Clusters.NONE; cluster = clusters.parent(cluster)) {
                used[cluster] = true;
            }
        }
        List<Picture.Frame> frames = new ArrayList<>();
        for (int cluster = 0; cluster < used.length; cluster++) {
            if (used[cluster]) {
                String title = Text.shown(clusters.title(cluster));
                frames.add(new Picture.Frame(cluster, clusters.parent(cluster), title, clusters.prefix(cluster)));
            }
        }
        return frames;
    }
}
