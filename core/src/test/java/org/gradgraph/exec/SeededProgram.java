package org.gradgraph.exec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Primitive;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;

/**
 * A program of a seed alone: primitives, sums, products of many shapes, softmax, norms and gradients.
 *
 * <p>Every intermediate value is an output, so one that is not finite does not hide the others.
 */
final class SeededProgram {
    private static final int[] SIDES = {1, 1, 2, 3, 4, 5, 8, 9, 17, 31, 34, 40, 70, 129};
    private static final int[] LONG_SIDES = {1, 2, 3, 5, 16, 33, 257, 520, 600, 1030};
    private static final int LARGEST = 10_000;
    private static final List<Primitive> PRIMITIVES = List.of(Primitive.values());
    private static final List<Over> OVERS = List.of(Over.ALL, Over.EACH_ROW, Over.EACH_COLUMN);

    private final Random random;
    private final Shape shape;
    private final List<Node> pool = new ArrayList<>();
    private final Set<Node> outputs = new LinkedHashSet<>();
    private Feeds feeds = Feeds.none();
    private final Program program;

    SeededProgram(int seed) {
        this.random = new Random(seed);
        int[] sides = seed % 4 == 0 ? LONG_SIDES : SIDES;
        int m = sides[random.nextInt(sides.length)];
        int n = sides[random.nextInt(sides.length)];
        this.shape = (long) m * n > LARGEST ? Shape.of(m, 2) : Shape.of(m, n);
        List<Node> leaves = List.of(leaf("x", shape), leaf("y", shape));
        pool.addAll(leaves);
        pool.add(apply(PRIMITIVES.get(seed % PRIMITIVES.size())));
        for (int i = 0; i < 6; i++) {
            pool.add(next());
        }
        outputs.addAll(pool);
        outputs.removeAll(leaves);
        Node cost =
                pool.get(pool.size() - 1).tanh().mean().plus(pool.get(2).tanh().sum());
        outputs.add(cost);
        outputs.addAll(Derivatives.gradient(cost, leaves));
        this.program = Program.of(outputs);
    }

    private Node leaf(String name, Shape of) {
        Node leaf = Node.parameter(name + feeds.asMap().size(), of);
        DMatrixRMaj value = new DMatrixRMaj(of.rows().size(), of.columns().size());
        for (int i = 0; i < value.getNumElements(); i++) {
            value.data[i] = (random.nextInt(40_001) - 20_000) / 8192.0 + random.nextInt(1000) * 0x1p-48;
        }
        feeds = feeds.and(leaf, value);
        return leaf;
    }

    private Node any() {
        return pool.get(random.nextInt(pool.size()));
    }

    private Node next() {
        return switch (random.nextInt(8)) {
            case 0 -> product();
            case 1 -> sum();
            case 2 -> Activations.softmax(any(), over());
            case 3 -> Activations.logSoftmax(any(), over());
            case 4 ->
                Layout.broadcast(
                        random.nextBoolean() ? Reductions.logSumExp(any(), over()) : Reductions.norm2(any(), over()),
                        shape);
            case 5 -> any().sigmoid().times(any()).plus(any().square().negate().exp());
            default -> apply(PRIMITIVES.get(random.nextInt(PRIMITIVES.size())));
        };
    }

    private Over over() {
        return OVERS.get(random.nextInt(3));
    }

    private Node sum() {
        Node x = any();
        return Layout.broadcast(
                switch (random.nextInt(4)) {
                    case 0 -> x.sum();
                    case 1 -> x.mean();
                    case 2 -> x.rowSums();
                    default -> x.columnSums();
                },
                shape);
    }

    /** The shape stays: a product with an inner side of its own, one operand of which is fed. */
    private Node product() {
        Node x = any();
        boolean transposeA = random.nextBoolean();
        boolean transposeB = random.nextBoolean();
        int m = shape.rows().size();
        int n = shape.columns().size();
        int inner = LONG_SIDES[random.nextInt(LONG_SIDES.length)];
        Node left = transposeA
                ? LinearAlgebra.matmul(leaf("a", Shape.of(inner, n)), x, false, true)
                : LinearAlgebra.matmul(x, leaf("a", Shape.of(n, inner)), false, false);
        Node right = leaf("b", transposeB ? Shape.of(n, inner) : Shape.of(inner, n));
        outputs.add(left);
        return LinearAlgebra.matmul(left, right, transposeA, transposeB).times(1.0 / m);
    }

    /** Arguments of a primitive are mostly within its domain. */
    private Node apply(Primitive primitive) {
        Node[] operands = new Node[primitive.arity()];
        for (int i = 0; i < operands.length; i++) {
            Node x = any();
            operands[i] = switch (primitive) {
                case LOG, LOG2, LOG10, LOG1P, SQRT -> x.abs().plus(1.0 / 64);
                case POW -> i == 0 ? x.abs().plus(1.0 / 64) : x.tanh().times(3);
                case ASIN, ACOS -> x.tanh();
                case SELECT -> i == 0 ? x.abs().minus(1).relu() : x;
                default -> x;
            };
        }
        return Node.apply(new Applied(primitive), operands);
    }

    /** The values of all outputs. */
    List<double[]> values(Execution execution) {
        Run run = program.newRun(execution);
        feeds.asMap().forEach((node, value) -> {
            if (program.graph().contains(node)) {
                run.set(node, value);
            }
        });
        run.forward();
        return outputs.stream().map(node -> run.value(node).data).toList();
    }
}
