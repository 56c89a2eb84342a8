package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.jspecify.annotations.Nullable;

/** What is written into boxes and onto arrows. */
final class Captions {
    private static final int LONGEST_FORMULA = 36;
    private static final int LONGEST_LINE = 44;
    private static final int LONGEST_INLINED = 24;
    private static final int LONGEST_TEXT = 400;

    private final Subject subject;
    private final Clusters clusters;
    private final Style style;

    /** Constant expressions that are short enough to be written into what reads them. */
    private final @Nullable String[] inlined;

    private final boolean[] constant;
    private final @Nullable Projections projections;
    private final Folds folds;

    Captions(Subject subject, Clusters clusters, Style style, Selection selected) {
        this.subject = subject;
        this.clusters = clusters;
        this.style = style;
        this.inlined = new String[subject.size()];
        this.constant = new boolean[subject.size()];
        for (int i = 0; i < subject.size(); i++) {
            findConstant(i);
        }
        this.projections = style.folded() ? new Projections(subject) : null;
        this.folds = new Folds(subject, this, style, selected);
    }

    Folds folds() {
        return folds;
    }

    private void findConstant(int i) {
        Node node = subject.node(i);
        boolean leaf = node.kind() == Node.Kind.INPUT || node.kind() == Node.Kind.PARAMETER;
        constant[i] = !leaf && inputs(i).stream().allMatch(k -> constant[k]);
        if (!constant[i]) {
            return;
        }
        if (node.name().isPresent()) {
            inlined[i] = name(i);
        } else if (node.shape().isScalar() || !node.inputs().isEmpty()) {
            List<String> operands = new ArrayList<>();
            for (int k : inputs(i)) {
                String operand = inlined[k];
                if (operand == null) {
                    return;
                }
                operands.add(operand);
            }
            String text = written(i, operands);
            String inBrackets = text.indexOf(' ') < 0 ? text : "(" + text + ")";
            inlined[i] = text.length() <= LONGEST_INLINED ? inBrackets : null;
        }
    }

    /** Whether the node is drawn at all. */
    boolean isDrawn(int i) {
        if (folds.isFolded(i)) {
            return false;
        }
        return switch (style.constants()) {
            case SHOWN -> true;
            case HIDDEN -> !constant[i];
            case INLINED -> inlined[i] == null || subject.isRoot(i);
        };
    }

    List<Integer> inputs(int i) {
        return subject.node(i).inputs().stream()
                .map(input -> subject.graph().indexOf(input))
                .toList();
    }

    /** The name, shortened inside its cluster, or that of a loop's result; empty for any other unnamed node. */
    String name(int i) {
        return subject.node(i)
                .name()
                .map(name -> Text.shown(clusters.localName(i, name)))
                .orElse(result(i));
    }

    /** What the node is as a result of a loop, such as {@code last h}; empty for nothing. */
    String result(int i) {
        String result = projections == null ? null : projections.name(i);
        return result == null ? "" : result;
    }

    /** Whether another node goes on cutting out the same result of a loop. */
    boolean isPartOfResult(int i) {
        return projections != null && projections.isInner(i);
    }

    /** {@code dZ}, and {@code d(last h)}. */
    static String gradientName(String name) {
        return name.indexOf(' ') < 0 ? "d" + name : "d(" + name + ")";
    }

    String symbol(int i) {
        Node node = subject.node(i);
        return node.op().map(Op::symbol).map(Text::shown).orElse("");
    }

    /** The name, or {@code n7} as in the text form of the graph. */
    String nameOrId(int i) {
        String name = name(i);
        return name.isEmpty() ? "n" + i : name;
    }

    /** The operation with its operands, for example {@code b × c}. */
    String formula(int i) {
        if (folds.isActive()) {
            return folds.formula(i);
        }
        List<String> operands = new ArrayList<>();
        for (int k : inputs(i)) {
            String text = inlined[k];
            operands.add(text != null && subject.node(k).name().isEmpty() ? text : nameOrId(k));
        }
        return written(i, operands);
    }

    private String written(int i, List<String> operands) {
        return Text.shown(Wording.of(subject.node(i).op().orElseThrow(), operands), LONGEST_TEXT);
    }

    Label box(int i, boolean readByNobody, int backwardArrows) {
        Node node = subject.node(i);
        List<String> lines = new ArrayList<>();
        lines.add(node.op().isEmpty() ? name(i) : operation(i));
        Optional<Figure> value = subject.value(i);
        Label label;
        if (node.kind() == Node.Kind.CONSTANT) {
            label = constantBox(i, value.orElseThrow());
        } else if (readByNobody && value.isPresent()) {
            Label figure = Label.of("", node.shape().toString(), value.get(), style);
            lines.addAll(figure.lines());
            label = new Label(lines, figure.table(), null);
        } else {
            if (node.op().isEmpty() ? !node.shape().isScalar() : readByNobody) {
                lines.add(node.shape().toString());
            }
            label = Label.of(lines);
        }
        Optional<Figure> gradient = subject.gradient(i);
        boolean isRow = node.op().orElse(null) instanceof Loop;
        if (gradient.isPresent() && backwardArrows != 1 && !isRow) {
            Label total = Label.of(gradientName(name(i)), node.shape().toString(), gradient.get(), style);
            label = label.withGradient(total, style.palette().backward());
        }
        return label;
    }

    /** A further box of a leaf: its name, or the number that it is. */
    Label copy(int i) {
        return name(i).isEmpty() ? box(i, false, 1) : Label.of(name(i));
    }

    private Label constantBox(int i, Figure value) {
        String name = name(i);
        if (value.isNumber()) {
            return Label.of(name.isEmpty() ? value.text() : name + " = " + value.text());
        }
        return Label.of(name, subject.node(i).shape().toString(), value, style);
    }

    /** {@code u = b × c}, with … for what has no name; the symbol alone if that tells nothing. */
    private String operation(int i) {
        String name = name(i);
        if (folds.isActive() && (folds.formula(i).equals(name) || folds.isLoop(i))) {
            return folds.isLoop(i) && !name.isEmpty() ? name + "\n" + folds.formula(i) : folds.formula(i);
        }
        if (folds.isActive()) {
            String formula = name.isEmpty() ? folds.formula(i) : name + " = " + folds.formula(i);
            return wrapped(formula);
        }
        boolean anyKnown = false;
        List<String> operands = new ArrayList<>();
        for (int k : inputs(i)) {
            String operand = operand(k);
            anyKnown |= !operand.isEmpty();
            operands.add(operand.isEmpty() ? "…" : operand);
        }
        if (name.isEmpty()) {
            return anyKnown && inputs(i).stream().anyMatch(this::isInlined)
                    ? written(i, operands)
                    : Text.shown(Wording.alone(subject.node(i).op().orElseThrow()));
        }
        String formula = name + " = " + written(i, operands);
        return formula.length() <= LONGEST_FORMULA ? formula : name + "\n" + symbol(i);
    }

    /** Broken before a plus or minus where that is near the middle; the symbol alone would say too little. */
    private static String wrapped(String formula) {
        if (formula.length() <= LONGEST_LINE) {
            return formula;
        }
        int middle = formula.length() / 2;
        int best = -1;
        for (int i = 1; i < formula.length() - 1; i++) {
            boolean sign = formula.charAt(i) == ' ' && "+−×".indexOf(formula.charAt(i + 1)) >= 0;
            if (sign && (best < 0 || Math.abs(i - middle) < Math.abs(best - middle))) {
                best = i;
            }
        }
        return best < 0 ? formula : formula.substring(0, best) + "\n" + formula.substring(best + 1);
    }

    /** How a box calls what it reads; empty if that has no name. */
    private String operand(int i) {
        String text = inlined[i];
        return text != null && isInlined(i) ? text : name(i);
    }

    private boolean isInlined(int i) {
        return style.constants() == Style.Constants.INLINED && inlined[i] != null;
    }

    /** What the arrow from left to right carries; nothing for a number that its own box tells. */
    Label forward(int operand) {
        Node node = subject.node(operand);
        if (folds.isLoop(operand)) {
            return Label.of("");
        }
        if (node.kind() == Node.Kind.CONSTANT) {
            return Label.of(node.shape().isScalar() ? "" : node.shape().toString());
        }
        return subject.value(operand)
                .map(value -> Label.of("", value.size(), value, style))
                .orElseGet(() -> Label.of(node.shape().toString()));
    }

    /** What the arrow from right to left carries: the gradient of the operand, or the share of it that flows here. */
    Label backward(int operand, Optional<Figure> share, boolean shared) {
        if (folds.isLoop(operand)) {
            return Label.of("");
        }
        String name = name(operand).isEmpty() ? "" : gradientName(name(operand));
        Optional<Figure> figure =
                share.isPresent() ? share : subject.gradient(operand).filter(total -> !shared);
        String caption = !shared ? name : name.isEmpty() ? "part" : "part of " + name;
        Node node = subject.node(operand);
        return figure.map(value -> Label.of(caption, value.size(), value, style))
                .orElseGet(() -> Label.of((caption + "  " + node.shape()).strip()));
    }

    /** Kind, shape and Java line. */
    String tooltip(int i) {
        Node node = subject.node(i);
        String name = node.name().map(Text::shown).orElse("n" + i);
        String what = node.op().map(Op::label).map(Text::shown).orElse(Kinds.word(node));
        String line = style.javaLines() ? "\n" + Text.shown(node.source().toString()) : "";
        return name + ": " + what + ", " + node.shape() + line;
    }
}
