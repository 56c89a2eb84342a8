package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.gradgraph.graph.Constant;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Notation;

/**
 * Which unnamed operations are written inside the boxes that read them, and the formulas of those boxes.
 *
 * <p>An operation that two boxes read has a box of its own, and so does one whose formula is too long. A graph in which
 * no operation has a name is not folded, and neither is a part of a graph.
 */
final class Folds {
    private static final int LONGEST = 48;
    private static final int SHORT = 24;
    private static final int NOBODY = -1;
    private static final int SEVERAL = -2;

    /**
     * One use of a drawn node inside a box.
     *
     * @param node the node that is read
     * @param user the operation that reads it, which may be folded
     * @param position which operand it is there
     */
    record Use(int node, int user, int position) {}

    private final Subject subject;
    private final Captions captions;
    private final boolean active;
    private final boolean[] folded;
    private final FoldedFormula[] formulas;

    Folds(Subject subject, Captions captions, Style style, Selection selected) {
        this.subject = subject;
        this.captions = captions;
        this.folded = new boolean[subject.size()];
        this.formulas = new FoldedFormula[subject.size()];
        boolean anyNamed = IntStream.range(0, subject.size())
                .anyMatch(i -> subject.node(i).kind() == Node.Kind.OPERATION
                        && subject.node(i).name().isPresent());
        boolean whole = IntStream.range(0, subject.size()).allMatch(selected::contains);
        this.active = style.folded() && anyNamed && whole;
        boolean[] tooLong = new boolean[subject.size()];
        do {
            if (active) {
                findFolded(tooLong);
            }
        } while (findTooLong(tooLong));
    }

    /** An operation that gets a box because its formula is too long becomes a reader of its own, so owners are found again. */
    private void findFolded(boolean[] tooLong) {
        int[] owner = new int[subject.size()];
        Arrays.fill(owner, NOBODY);
        for (int i = subject.size() - 1; i >= 0; i--) {
            Node node = subject.node(i);
            boolean isResult = !captions.result(i).isEmpty() && !captions.isPartOfResult(i);
            boolean inner = node.op().isPresent() && node.name().isEmpty() && !subject.isRoot(i) && !isResult;
            inner &= !isLoop(i);
            folded[i] = inner
                    && !tooLong[i]
                    && (isNumber(i) || (!isMatrix(node, owner[i]) && (owner[i] >= 0 || isLight(i))));
            int above = folded[i] ? owner[i] : i;
            for (int k : captions.inputs(i)) {
                owner[k] = owner[k] == NOBODY || owner[k] == above ? above : SEVERAL;
            }
        }
    }

    private boolean isNumber(int i) {
        return isMatrixOrNumber(subject.node(i)) && subject.node(i).shape().isScalar();
    }

    /** Whether this is a matrix with elements to be seen, which the beginning of a loop's state is not if they are equal. */
    private boolean isMatrix(Node node, int owner) {
        boolean isInitial = owner >= 0
                && isLoop(owner)
                && node.op().orElse(null) instanceof Constant constant
                && LoopOperands.isUniform(constant);
        return isMatrix(node) && !isInitial;
    }

    /** Whether this is a loop, drawn with what it does in each step. */
    boolean isLoop(int i) {
        return active && subject.node(i).op().orElse(null) instanceof Loop;
    }

    private static boolean isMatrix(Node node) {
        return isMatrixOrNumber(node) && !node.shape().isScalar();
    }

    private static boolean isMatrixOrNumber(Node node) {
        return node.op().orElse(null) instanceof Constant;
    }

    /** Whether an operation may be written in several boxes: it is short, and no arrow carries a part of its gradient. */
    private boolean isLight(int i) {
        Node node = subject.node(i);
        boolean small = node.op().orElseThrow() instanceof Layout.Broadcast
                || node.op().orElseThrow() instanceof Layout.Transpose
                || node.op().orElseThrow().notation() instanceof Notation.Symbol;
        return small && subject.gradient(i).isEmpty();
    }

    /** Writes the formulas; whether one of those folded was found to be too long. */
    private boolean findTooLong(boolean[] tooLong) {
        boolean found = false;
        for (int i = 0; i < subject.size(); i++) {
            if (subject.node(i).op().isPresent()) {
                List<FoldedFormula> operands = new ArrayList<>();
                for (int k : captions.inputs(i)) {
                    operands.add(operand(k));
                }
                formulas[i] = formula(i, operands);
                if (folded[i] && formulas[i].text().length() > LONGEST) {
                    folded[i] = false;
                    tooLong[i] = true;
                    found = true;
                }
            }
        }
        return found;
    }

    private FoldedFormula formula(int i, List<FoldedFormula> operands) {
        Node node = subject.node(i);
        if (isLoop(i)) {
            List<String> lines =
                    LoopOperands.lines(node, operand -> operand(subject.graph().indexOf(operand)));
            return FoldedFormula.name(String.join("\n", lines), node.shape());
        }
        String result = active ? captions.result(i) : "";
        return result.isEmpty() ? FoldedFormula.of(node, operands) : FoldedFormula.words(result, node.shape());
    }

    private FoldedFormula operand(int k) {
        FoldedFormula formula = formulas[k];
        String name = captions.name(k);
        boolean isShort = active && formula != null && formula.text().length() <= SHORT;
        if (formula != null && (folded[k] || (isShort && name.isEmpty() && !isMatrix(subject.node(k))))) {
            return formula;
        }
        return FoldedFormula.words(name.isEmpty() ? "…" : name, subject.node(k).shape());
    }

    boolean isFolded(int i) {
        return folded[i];
    }

    boolean isActive() {
        return active;
    }

    /** Whether this box stands for more than one operation. */
    boolean isHost(int i) {
        return captions.inputs(i).stream().anyMatch(k -> folded[k]);
    }

    String formula(int i) {
        return formulas[i].text();
    }

    /** What a box reads: each operand of one operation, and each node once if it is read through folded ones. */
    List<List<Use>> operands(int box) {
        Map<Integer, List<Use>> uses = new LinkedHashMap<>();
        IntUnaryOperator key = isHost(box) ? node -> node : node -> uses.size();
        List<Use> open = new ArrayList<>(usesBy(box));
        while (!open.isEmpty()) {
            Use use = open.remove(0);
            if (folded[use.node()]) {
                open.addAll(0, usesBy(use.node()));
            } else {
                uses.computeIfAbsent(key.applyAsInt(use.node()), fresh -> new ArrayList<>())
                        .add(use);
            }
        }
        return List.copyOf(uses.values());
    }

    private List<Use> usesBy(int user) {
        List<Integer> inputs = captions.inputs(user);
        return IntStream.range(0, inputs.size())
                .mapToObj(position -> new Use(inputs.get(position), user, position))
                .toList();
    }
}
