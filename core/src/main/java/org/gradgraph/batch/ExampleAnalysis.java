package org.gradgraph.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gradgraph.batch.Arrangement.Order;
import org.gradgraph.graph.Composite;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Fallback;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.MatMul;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Reduction;
import org.gradgraph.graph.ShapeException;
import org.gradgraph.graph.View;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a graph, operands first, that finds the {@link Part} of each node from the form of its operation.
 *
 * <p>Composites are looked into, and bodies of loops. What remains as it is stays the same node; the number of examples is
 * read from a node.
 */
final class ExampleAnalysis {
    private final Dim m;
    private final Node total;

    /** The composite or loop that is looked into, which is named in place of its parts. */
    private final @Nullable Node inside;

    private final Map<Node, Part> parts = new HashMap<>();

    /** Nodes that are no sums; what a fallback needs only rarely may be one. */
    private final Map<Node, Refusal> refusals = new HashMap<>();

    private boolean readsTotal;

    ExampleAnalysis(Dim m, Node total, @Nullable Node inside) {
        this.m = m;
        this.total = total;
        this.inside = inside;
    }

    /** Says what a leaf is. */
    void given(Node leaf, Part part) {
        parts.put(leaf, part);
    }

    /**
     * The part of a node, found by a walk over its graph.
     *
     * @throws Refusal if a node is no sum over the examples
     */
    Part of(Node root) {
        for (Node node : Graph.of(root).nodes()) {
            if (!parts.containsKey(node) && !refusals.containsKey(node)) {
                try {
                    parts.put(node, part(node));
                } catch (Refusal refusal) {
                    refusals.put(node, refusal);
                }
            }
        }
        return known(root);
    }

    private Part known(Node node) {
        Part part = parts.get(node);
        if (part == null) {
            throw Objects.requireNonNull(refusals.get(node));
        }
        return part;
    }

    /** Whether the number of all examples is read. */
    boolean readsTotal() {
        return readsTotal;
    }

    private Part part(Node node) {
        Op op = node.op().orElse(null);
        if (op instanceof Fallback && node.inputs().stream().anyMatch(refusals::containsKey)) {
            return known(node.inputs().get(1));
        }
        List<Part> operands = new ArrayList<>();
        node.inputs().forEach(input -> operands.add(known(input)));
        if (op instanceof Constants.Size size) {
            return size(node, size);
        }
        if (op instanceof Fallback && !operands.stream().allMatch(Part::isFree) && common(operands) == null) {
            return operands.get(1);
        }
        if (op instanceof Composite composite) {
            return composite(node, composite, operands);
        }
        boolean hasExamples = Arrangement.depends(node.shape(), m);
        if (op == null) {
            return hasExamples ? Part.ofExamples(leaf(node), node) : Part.ofNone(node);
        }
        if (!hasExamples && operands.stream().allMatch(Part::isFree)) {
            return op instanceof Loop loop ? loop(node, loop, operands) : free(node, op, operands);
        }
        if (op instanceof Loop loop) {
            return loop(node, loop, operands);
        }
        if (hasExamples) {
            requireNoSum(node, operands);
            return Part.ofExamples(arrangement(node, op, operands), copy(node, shares(operands)));
        }
        return hasExamples(operands) ? overExamples(node, op, operands) : ofSums(node, op, operands);
    }

    private Arrangement leaf(Node node) {
        Over lanes = Arrangement.lanes(node.shape(), m);
        if (lanes == Over.ALL) {
            throw refuse(node, "is not a matrix whose rows or whose columns belong to " + m + " examples");
        }
        return Arrangement.of(node.shape(), lanes, Order.TOGETHER, m);
    }

    private Part size(Node node, Constants.Size size) {
        if (!Arrangement.depends(size.dim(), m)) {
            return Part.ofNone(node);
        }
        readsTotal = true;
        return Part.ofNone(Constants.size(size.dim(), m, total));
    }

    /** What depends on no example may still depend on their number in an undeclared way. */
    private Part free(Node node, Op op, List<Part> operands) {
        Op few = bound(node, op, 2);
        if (few != null && !few.equals(bound(node, op, 3))) {
            throw refuse(node, "depends on the number of examples");
        }
        List<Node> rests = new ArrayList<>();
        operands.forEach(operand -> rests.add(rest(operand)));
        return Part.ofNone(copy(node, rests));
    }

    private @Nullable Op bound(Node node, Op op, int count) {
        try {
            return op.bind(ViewPlaces.sizes(node.inputs(), m, count));
        } catch (ShapeException unknown) {
            return null;
        }
    }

    private void requireNoSum(Node node, List<Part> operands) {
        for (int k = 0; k < operands.size(); k++) {
            if (operands.get(k).isSum()) {
                throw refuse(
                        node,
                        "uses " + node.inputs().get(k).describe() + ", a sum over all examples, for each example");
            }
        }
    }

    private static boolean hasExamples(List<Part> operands) {
        return operands.stream().anyMatch(operand -> operand.arrangement() != null);
    }

    /** Where the examples are in a result of which each row or column belongs to one. */
    private Arrangement arrangement(Node node, Op op, List<Part> operands) {
        Arrangement found = null;
        if (op instanceof Elementwise) {
            found = common(operands);
        } else if (op instanceof Reduction reduction) {
            Arrangement x = operands.get(0).arrangement();
            found = x != null && x.lanes() == reduction.over() ? x : null;
        } else if (op instanceof MatMul product) {
            found = ofProduct(product, operands);
        } else if (op instanceof View) {
            found = ViewPlaces.arrangement(node, operands.get(0).arrangement(), m);
        } else if (op instanceof Kernel kernel) {
            found = ofKernel(node, kernel, operands);
        }
        if (found == null) {
            throw refuse(node, "does not keep the " + m + " examples apart");
        }
        return found;
    }

    private static @Nullable Arrangement common(List<Part> operands) {
        Arrangement found = operands.get(0).arrangement();
        for (int k = 1; k < operands.size() && found != null; k++) {
            found = found.and(operands.get(k).arrangement());
        }
        return found;
    }

    /** The examples of one operand, each multiplied by the other operand. */
    private static @Nullable Arrangement ofProduct(MatMul product, List<Part> operands) {
        Arrangement left = operands.get(0).arrangement();
        Arrangement right = operands.get(1).arrangement();
        if (left != null && right != null) {
            return null;
        }
        Arrangement a = left != null && product.transposeA() ? left.transposed() : left;
        Arrangement b = right != null && product.transposeB() ? right.transposed() : right;
        boolean outer = a != null ? a.lanes() == Over.EACH_ROW : b != null && b.lanes() == Over.EACH_COLUMN;
        return outer ? (a != null ? a : b) : null;
    }

    private @Nullable Arrangement ofKernel(Node node, Kernel kernel, List<Part> operands) {
        Over lanes = Arrangement.lanes(node.shape(), m);
        Arrangement found = null;
        boolean isApart = lanes != Over.ALL;
        for (int k = 0; k < operands.size() && isApart; k++) {
            Arrangement operand = operands.get(k).arrangement();
            if (operand != null) {
                Dim before = Arrangement.side(node.inputs().get(k).shape(), operand.lanes());
                boolean isSame = before.equals(Arrangement.side(node.shape(), lanes));
                Arrangement moved =
                        Arrangement.of(node.shape(), lanes, isSame ? operand.order() : Order.INTERLEAVED, m);
                found = found == null ? moved : moved.and(found);
                isApart = found != null
                        && kernel.apart(k, operand.lanes()) == lanes
                        && (isSame || operand.order() != Order.TOGETHER);
            }
        }
        return isApart ? found : null;
    }

    /** A result without examples of operands with examples: their sum. */
    private Part overExamples(Node node, Op op, List<Part> operands) {
        requireNoSum(node, operands);
        boolean isSum = false;
        if (op instanceof Reduction reduction) {
            isSum = reduction.fold() == Reduction.Fold.SUM;
        } else if (op instanceof MatMul) {
            Arrangement a = operands.get(0).arrangement();
            Arrangement b = operands.get(1).arrangement();
            isSum = a != null
                    && b != null
                    && (a.order() == b.order() || a.order() == Order.ANY || b.order() == Order.ANY);
        }
        if (!isSum) {
            throw refuse(node, "is no sum over the " + m + " examples");
        }
        return Part.ofSum(copy(node, shares(operands)), null);
    }

    /** An operation that is linear in sums over the examples. */
    private Part ofSums(Node node, Op op, List<Part> operands) {
        boolean[] sums = new boolean[operands.size()];
        int count = 0;
        for (int k = 0; k < sums.length; k++) {
            sums[k] = operands.get(k).isSum();
            count += sums[k] ? 1 : 0;
        }
        Linearity linearity = Linearity.OTHER;
        if (op instanceof Elementwise elementwise) {
            linearity = Linearity.of(elementwise.formula(), sums);
        } else if (op instanceof View
                || (op instanceof MatMul && count == 1)
                || (op instanceof Reduction reduction && reduction.fold() == Reduction.Fold.SUM)) {
            linearity = Linearity.LINEAR;
        }
        return switch (linearity) {
            case ZERO, INDEPENDENT -> Part.ofNone(restOf(node, operands));
            case LINEAR -> linear(node, operands);
            case AFFINE -> affine(node, operands);
            case OTHER ->
                throw refuse(
                        node,
                        "is not linear in " + summed(node, operands).describe() + ", a sum over the " + m
                                + " examples");
        };
    }

    private static Node summed(Node node, List<Part> operands) {
        int k = 0;
        while (!operands.get(k).isSum()) {
            k++;
        }
        return node.inputs().get(k);
    }

    private Part linear(Node node, List<Part> operands) {
        List<Node> shares = new ArrayList<>();
        boolean hasRest = false;
        for (Part operand : operands) {
            shares.add(operand.isSum() ? share(operand) : rest(operand));
            hasRest |= operand.isSum() && operand.rest() != null;
        }
        return Part.ofSum(copy(node, shares), hasRest ? restOf(node, operands) : null);
    }

    /** The linear part of the operation is what its vjp does to a cotangent. */
    private Part affine(Node node, List<Part> operands) {
        Node rest = restOf(node, operands);
        Node sum = null;
        for (int k = 0; k < operands.size(); k++) {
            if (operands.get(k).isSum()) {
                Node share = Provenance.vjp(rest, share(operands.get(k))).get(k);
                sum = sum == null ? share : sum.plus(share);
            }
        }
        return Part.ofSum(Objects.requireNonNull(sum), rest);
    }

    private Node restOf(Node node, List<Part> operands) {
        List<Node> rests = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            Node rest = operands.get(k).rest();
            rests.add(rest == null ? Constants.zeros(node.inputs().get(k).shape()) : rest);
        }
        return copy(node, rests);
    }

    /**
     * A composite stays what it is if its parts show that it may: if none reads the number of examples, and nothing is added to
     * what is linear. Otherwise its parts take its place.
     */
    private Part composite(Node node, Composite op, List<Part> operands) {
        Node[] symbols = node.inputs().stream()
                .map(input -> Node.input("operand", input.shape()))
                .toArray(Node[]::new);
        Node expansion;
        try {
            expansion = op.expansion(List.of(symbols));
        } catch (ShapeException fixed) {
            throw refuse(node, "has an expansion for known sizes only");
        }
        ExampleAnalysis parts = new ExampleAnalysis(m, total, inside == null ? node : inside);
        for (int k = 0; k < symbols.length; k++) {
            Part operand = operands.get(k);
            parts.given(symbols[k], operand.isSum() ? Part.ofSum(share(operand), null) : operand);
        }
        Part result = parts.of(expansion);
        readsTotal |= parts.readsTotal;
        if (!parts.readsTotal && result.arrangement() != null) {
            return Part.ofExamples(result.arrangement(), copy(node, shares(operands)));
        }
        if (!parts.readsTotal && operands.stream().allMatch(Part::isFree)) {
            return Part.ofNone(restOf(node, operands));
        }
        boolean isWhole = !parts.readsTotal && result.isSum() && result.rest() == null;
        if (isWhole && operands.stream().noneMatch(Part::isSum)) {
            return Part.ofSum(copy(node, shares(operands)), null);
        }
        if (isWhole && !hasExamples(operands)) {
            return linear(node, operands);
        }
        ExampleAnalysis whole = new ExampleAnalysis(m, total, inside == null ? node : inside);
        for (int k = 0; k < symbols.length; k++) {
            whole.given(symbols[k], operands.get(k));
        }
        return named(node, whole.of(expansion));
    }

    private static Part named(Node node, Part part) {
        Node share = part.share();
        return part.isSum() && share != null
                ? Part.ofSum(Provenance.copy(share, share.inputs(), node, node), part.rest())
                : part;
    }

    private Part loop(Node node, Loop loop, List<Part> operands) {
        return new LoopParts(node, loop.body(), operands, m).part(copy(node, shares(operands)));
    }

    private List<Node> shares(List<Part> operands) {
        List<Node> shares = new ArrayList<>();
        for (Part operand : operands) {
            shares.add(operand.isFree() ? rest(operand) : share(operand));
        }
        return shares;
    }

    private static Node share(Part part) {
        return Objects.requireNonNull(part.share());
    }

    private static Node rest(Part part) {
        return Objects.requireNonNull(part.rest());
    }

    private Node copy(Node node, List<Node> operands) {
        return operands.equals(node.inputs())
                ? node
                : Provenance.copy(node, operands, node, inside == null ? node : inside);
    }

    private Refusal refuse(Node node, String reason) {
        return new Refusal(inside == null ? node : inside, reason);
    }
}
