package org.gradgraph.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Convolutions;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.RandomNumbers;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.ShapeException;

/**
 * Small random graphs of operations of every form, with shared nodes, broadcasts, kinks and a symbolic dimension, and
 * feeds for them.
 */
final class RandomGraphs {
    private static final double[] NUMBERS = {0, -0.0, 1, -1, 2, 0.5, 3, -3};
    private static final double[] SPECIAL = {
        0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        1e300,
        40,
        -800
    };

    private final Random random;
    private final List<Node> leaves = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    RandomGraphs(long seed) {
        random = new Random(seed);
        Dim m = Dim.named("m");
        leaves.add(Node.parameter("x", Dim.of(2), m));
        leaves.add(Node.parameter("c", 2, 1));
        leaves.add(Node.input("r", 1, m));
        leaves.add(Node.parameter("s"));
        nodes.addAll(leaves);
        nodes.add(Node.constant(NUMBERS[random.nextInt(NUMBERS.length)]));
        int size = 4 + random.nextInt(14);
        for (int i = 0; i < size; i++) {
            try {
                Node next = random.nextInt(3) == 0 ? binary(any(), any()) : unary(any());
                if (random.nextInt(6) == 0) {
                    next = special(next);
                }
                nodes.add(random.nextInt(6) == 0 ? next.named("n" + i) : next);
            } catch (ShapeException doesNotFit) {
                nodes.add(any().negate());
            }
        }
    }

    private Node any() {
        int last = nodes.size();
        return nodes.get(random.nextBoolean() ? last - 1 - random.nextInt(Math.min(3, last)) : random.nextInt(last));
    }

    private double number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private Node unary(Node x) {
        return switch (random.nextInt(18)) {
            case 0, 1 -> x.negate();
            case 2 -> x.exp();
            case 3, 4 -> x.log();
            case 5, 6 -> x.sigmoid();
            case 7 -> x.square();
            case 8 -> x.times(number());
            case 9, 10 -> x.plus(number());
            case 11 -> x.transpose();
            case 12 -> x.sum();
            case 13 -> x.rowSums();
            case 14 -> x.columnSums();
            case 15 -> x.mean();
            case 16 -> Activations.relu(x);
            default -> Elementary.sqrt(x);
        };
    }

    private Over over() {
        return List.of(Over.ALL, Over.EACH_ROW, Over.EACH_COLUMN).get(random.nextInt(3));
    }

    /** Softmax and its family, norms, extremes, views, decompositions, convolution, and random numbers. */
    private Node special(Node x) {
        return switch (random.nextInt(18)) {
            case 0 -> Activations.softmax(x, over());
            case 1 -> Activations.logSoftmax(x, over());
            case 2 -> Reductions.logSumExp(x, over());
            case 3 -> Reductions.norm2(x, over());
            case 4 -> Reductions.normalizeRows(x);
            case 5 -> Reductions.max(x, over());
            case 6 -> Comparisons.maximum(x, Comparisons.clip(x, -1, 1));
            case 7 -> Reductions.variance(x, over());
            case 8 -> Layout.flip(x);
            case 9 -> Layout.concatRows(x, Layout.sliceRows(x, 0, 1));
            case 10 -> Indexing.gatherRows(x, 0, 0);
            case 11 -> LinearAlgebra.cholesky(definite(x));
            case 12 -> LinearAlgebra.solve(definite(x), x);
            case 13 -> LinearAlgebra.logDeterminant(definite(x));
            case 14 -> LinearAlgebra.inverse(definite(x));
            case 15 -> Convolutions.conv2d(definite(x), definite(any()), Convolutions.Padding.SAME);
            case 16 -> x.times(RandomNumbers.uniform(x.shape(), random.nextInt(3)));
            default -> Comparisons.where(Comparisons.less(x, number()), x, RandomNumbers.normal(x.shape(), 5));
        };
    }

    /** A symmetric matrix with eigenvalues between 1 and 3, of a bounded function of x. */
    private static Node definite(Node x) {
        Node bounded = Activations.softsign(x).times(Activations.softsign(x));
        Node product = bounded.matmul(bounded.transpose());
        Node scaled = product.dividedBy(LinearAlgebra.trace(product).plus(1));
        return scaled.plus(
                LinearAlgebra.diagonalMatrix(Constants.ones(Shape.of(x.shape().rows(), Dim.of(1)))));
    }

    private Node binary(Node a, Node b) {
        return switch (random.nextInt(6)) {
            case 0 -> a.plus(b);
            case 1 -> a.minus(b);
            case 2 -> a.times(b);
            case 3 -> a.dividedBy(b);
            case 4 -> a.matmul(b.transpose());
            default -> Arithmetic.add(a, a);
        };
    }

    /** A number that depends on the last node, which depends on most others. */
    Node cost() {
        return nodes.get(nodes.size() - 1).sum();
    }

    /** Some inner nodes of the cost, and the leaves. */
    List<Node> chosen(List<Node> members) {
        List<Node> chosen = new ArrayList<>();
        leaves.stream().filter(members::contains).forEach(chosen::add);
        members.stream()
                .filter(node -> !node.inputs().isEmpty() && random.nextInt(3) == 0)
                .forEach(chosen::add);
        return chosen;
    }

    void feed(Run run, List<Node> members, long seed, boolean special, double change) {
        Random values = new Random(seed);
        for (Node leaf : leaves) {
            DMatrixRMaj value = new DMatrixRMaj(
                    leaf.shape().rows().isFixed() ? leaf.shape().rows().size() : 3,
                    leaf.shape().columns().isFixed() ? leaf.shape().columns().size() : 3);
            for (int i = 0; i < value.getNumElements(); i++) {
                double moderate = values.nextDouble() * 4 - 2;
                int which = values.nextInt(3 * SPECIAL.length);
                value.data[i] = special && which < SPECIAL.length ? SPECIAL[which] : moderate * (1 + change);
            }
            if (members.contains(leaf)) {
                run.set(leaf, value);
            }
        }
    }
}
