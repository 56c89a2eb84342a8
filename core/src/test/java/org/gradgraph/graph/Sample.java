package org.gradgraph.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;

/** A row of the contract table made into a graph, with a cotangent that is fed, and seeded values for everything. */
final class Sample {
    static final Sizes SIZES = Sizes.of(Map.of("m", 2, "n", 3, "k", 4));

    final OperationRow row;
    final List<Node> operands;
    final Node y;
    final Node dy;
    private List<Node> gradients = List.of();

    private Sample(OperationRow row, List<Node> operands, UnaryOperator<Shape> at) {
        this.row = row;
        this.operands = operands;
        this.y = row.build(operands, at);
        this.dy = Node.input("dy", y.shape());
    }

    /** With numbers for the symbols. */
    static Sample fixed(OperationRow row, Sizes sizes) {
        return of(row, row.shapes(), shape -> shape.bind(sizes));
    }

    static Sample fixed(OperationRow row) {
        return fixed(row, SIZES);
    }

    /** With the symbols themselves. */
    static Sample symbolic(OperationRow row) {
        return of(row, row.shapes(), UnaryOperator.identity());
    }

    /** With shapes of one's own. */
    static Sample of(OperationRow row, List<Shape> shapes, UnaryOperator<Shape> at) {
        List<Node> operands = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            operands.add(Node.parameter(String.valueOf((char) ('a' + i)), at.apply(shapes.get(i))));
        }
        return new Sample(row, operands, at);
    }

    /** With one node for all operands. */
    static Sample alias(OperationRow row, Shape shape) {
        Node x = Node.parameter("x", shape);
        return new Sample(row, Collections.nCopies(row.arity(), x), at -> at.bind(SIZES));
    }

    /** The cotangents of the operands, given {@code dy}. */
    List<Node> gradients() {
        if (gradients.isEmpty() && !operands.isEmpty()) {
            gradients = Derivatives.vjp(y, dy, operands);
        }
        return gradients;
    }

    /** The result, the cotangents of the operands, and the one that was fed. */
    Collection<Node> withGradients() {
        List<Node> roots = new ArrayList<>(gradients());
        roots.add(y);
        roots.add(dy);
        return roots;
    }

    /** The operation and everything its first and second derivatives are made of. */
    Graph withDerivatives() {
        Set<Node> roots = new LinkedHashSet<>(List.of(y));
        if (!operands.isEmpty()) {
            Node cost = Reductions.sum(Arithmetic.multiply(y, dy));
            roots.addAll(gradients());
            roots.addAll(Derivatives.hvp(cost, operands, operands));
        }
        return Graph.of(roots);
    }

    /** Seeded values for operands and cotangent; no two elements of the operands are near each other or near a kink. */
    Map<Node, DMatrixRMaj> values(long seed, Sizes sizes) {
        Random random = new Random(seed * 31 + row.toString().hashCode());
        Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
        int total = 0;
        for (Node operand : operands) {
            total += elements(operand, sizes);
        }
        List<Integer> strata = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            strata.add(i);
        }
        Collections.shuffle(strata, random);
        int next = 0;
        for (int i = 0; i < operands.size(); i++) {
            DMatrixRMaj value = matrix(operands.get(i), sizes);
            OperationRow.Domain domain = row.domain(i);
            for (int k = 0; k < value.getNumElements(); k++) {
                double place = (strata.get(next++) + 0.25 + 0.5 * random.nextDouble()) / total;
                value.data[k] = away(domain.from() + place * domain.width(), 0.05 * domain.width());
            }
            values.put(operands.get(i), value);
        }
        values.put(dy, normal(dy, random, sizes));
        return values;
    }

    private double away(double x, double margin) {
        for (double kink : row.kinks()) {
            if (Math.abs(x - kink) < margin) {
                return x < kink ? x - margin : x + margin;
            }
        }
        return x;
    }

    static DMatrixRMaj normal(Node node, Random random, Sizes sizes) {
        DMatrixRMaj matrix = matrix(node, sizes);
        for (int k = 0; k < matrix.getNumElements(); k++) {
            matrix.data[k] = random.nextGaussian();
        }
        return matrix;
    }

    static DMatrixRMaj matrix(Node node, Sizes sizes) {
        return Computation.filled(node.shape().bind(sizes), 0);
    }

    private static int elements(Node node, Sizes sizes) {
        return node.shape().elements().size(sizes);
    }

    /** How far differences may go without leaving the domain or meeting a neighbour. */
    double step() {
        double width = Double.POSITIVE_INFINITY;
        int total = 0;
        for (int i = 0; i < operands.size(); i++) {
            width = Math.min(width, row.domain(i).width());
            total += elements(operands.get(i), SIZES);
        }
        return Math.min(0.01, 0.1 / total) * width;
    }
}
