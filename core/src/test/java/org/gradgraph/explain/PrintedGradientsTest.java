package org.gradgraph.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;

/** What a reader computes from each line of a derivation is the gradient. */
class PrintedGradientsTest {
    private static final int GRAPHS = 2000;

    private final Map<Node, DMatrixRMaj> leaves = new LinkedHashMap<>();

    @Test
    void every_line_of_a_derivation_means_the_gradient() {
        int lines = 0;
        List<String> wrong = new ArrayList<>();
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            Node cost = cost(random);
            List<Node> used = Graph.of(cost).nodes(Node.Kind.PARAMETER);
            if (used.isEmpty()) {
                continue;
            }
            List<Node> gradients = Derivatives.gradient(cost, used);
            Map<String, Node> expected = new HashMap<>();
            for (int i = 0; i < used.size(); i++) {
                expected.put("d" + used.get(i).name().orElseThrow(), gradients.get(i));
            }
            for (String text : texts(Derivation.of(cost, used))) {
                lines += compare(seed, text, cost, expected, wrong);
            }

            Node product = Derivatives.hvp(
                    cost, used.get(0), Node.input("V", used.get(0).shape()));
            for (String text : texts(Derivation.ofFormula("Hv", product))) {
                lines += compare(seed, text, product, Map.of("Hv", product), wrong);
            }
        }
        assertThat(wrong).as(wrong.size() + " of " + lines + " lines").isEmpty();
        assertThat(lines).isGreaterThan(4 * GRAPHS);
    }

    private static List<String> texts(Derivation derivation) {
        return List.of(derivation.text(), FormulaReader.plain(derivation.latex()));
    }

    /** The number of lines that were compared; those that are wrong are added with their seed. */
    private int compare(int seed, String text, Node root, Map<String, Node> expected, List<String> wrong) {
        List<Node> outputs = new ArrayList<>(expected.values());
        List<Node> named = Graph.of(root).nodes().stream()
                .filter(node -> !node.inputs().isEmpty() && node.name().isPresent())
                .toList();
        outputs.addAll(named);
        Run run = Program.of(outputs).rewrite(Rewriting.OFF).newRun();
        Map<String, DMatrixRMaj> values = new HashMap<>();
        for (Node leaf : Graph.of(outputs).nodes()) {
            if (leaf.kind() == Node.Kind.PARAMETER || leaf.kind() == Node.Kind.INPUT) {
                DMatrixRMaj value = leaves.computeIfAbsent(
                        leaf,
                        node -> RandomMatrices_DDRM.rectangle(
                                node.shape().rows().size(),
                                node.shape().columns().size(),
                                -1,
                                1,
                                new Random(seed)));
                run.set(leaf, value);
                values.put(leaf.name().orElseThrow(), value);
            }
        }
        run.forward();
        named.forEach(node -> values.put(node.name().orElseThrow(), run.value(node)));
        int lines = 0;
        for (String line : text.lines().toList()) {
            String name = line.substring(0, line.indexOf(" = "));
            DMatrixRMaj read;
            try {
                read = FormulaReader.read(line, values);
            } catch (IllegalArgumentException unreadable) {
                wrong.add(seed + ": " + line + "   " + unreadable.getMessage());
                return lines;
            }
            values.put(name, read);
            Node gradient = expected.get(name);
            if (gradient != null) {
                lines++;
                if (!isSame(run.value(gradient), read)) {
                    wrong.add(seed + ": " + text);
                    return lines;
                }
            }
        }
        return lines;
    }

    /** A line {@code 0} stands for zeros of any shape. */
    private static boolean isSame(DMatrixRMaj expected, DMatrixRMaj read) {
        boolean isZero = read.getNumElements() == 1 && read.data[0] == 0;
        if (!isZero && (read.numRows != expected.numRows || read.numCols != expected.numCols)) {
            return false;
        }
        double size = 1;
        for (double value : expected.data) {
            if (!Double.isFinite(value) || Math.abs(value) > 1e8) {
                return true;
            }
            size = Math.max(size, Math.abs(value));
        }
        for (int i = 0; i < expected.getNumElements(); i++) {
            if (!(Math.abs(expected.data[i] - (isZero ? 0 : read.data[i])) <= 1e-7 * size)) {
                return false;
            }
        }
        return true;
    }

    private Node cost(Random random) {
        leaves.clear();
        List<Node> pool = new ArrayList<>();
        leaf(pool, "A", 2, 3, random);
        leaf(pool, "B", 3, 3, random);
        leaf(pool, "r", 1, 3, random);
        leaf(pool, "c", 2, 1, random);
        leaf(pool, "s", 1, 1, random);
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            Node next = next(pool, random);
            pool.add(random.nextInt(4) == 0 ? next.named("N" + i) : next);
        }
        Node last = pool.get(pool.size() - 1);
        Node other = pool.get(random.nextInt(pool.size()));
        Node cost = random.nextBoolean() ? last.sum() : last.square().mean();
        return random.nextBoolean() ? cost : cost.plus(other.sum().times(random.nextBoolean() ? 0.5 : -3));
    }

    private void leaf(List<Node> pool, String name, int rows, int columns, Random random) {
        Node leaf = Node.parameter(name, rows, columns);
        leaves.put(leaf, RandomMatrices_DDRM.rectangle(rows, columns, -1, 1, random));
        pool.add(leaf);
    }

    private static Node next(List<Node> pool, Random random) {
        Node x = pool.get(random.nextInt(pool.size()));
        Node y = pool.get(random.nextInt(pool.size()));
        return switch (random.nextInt(25)) {
            case 0, 1 -> stretches(x, y) ? x.plus(y) : x.plus(2);
            case 2, 3 -> stretches(x, y) ? x.minus(y) : x.negate();
            case 4, 5 -> stretches(x, y) ? x.times(y) : x.times(-0.5);
            case 6 -> stretches(x, y) ? x.dividedBy(y.square().plus(1)) : x.times(1e-7);
            case 7, 8, 9 -> x.shape().columns().equals(y.shape().rows()) ? x.matmul(y) : x.transpose();
            case 10 -> x.transpose();
            case 11 -> x.rowSums();
            case 12 -> x.columnSums();
            case 13 -> x.mean();
            case 14 -> x.sum();
            case 15 -> x.tanh();
            case 16 -> x.sigmoid();
            case 17 -> x.tanh().exp();
            case 18 -> x.square().plus(1).log();
            case 19 -> x.relu();
            case 20 -> x.power(3);
            case 21 -> x.softmaxColumns();
            case 22 -> x.square().plus(0.5).sqrt();
            case 23 -> x.columnMeans();
            default ->
                x.shape().rows().equals(x.shape().columns()) && !x.shape().isScalar()
                        ? LinearAlgebra.inverse(x.plus(LinearAlgebra.diagonalMatrix(
                                x.rowSums().times(0.0).plus(9))))
                        : x.abs();
        };
    }

    private static boolean stretches(Node x, Node y) {
        return fits(x.shape(), y.shape()) || fits(y.shape(), x.shape());
    }

    private static boolean fits(Shape small, Shape large) {
        return (small.rows().isOne() || small.rows().equals(large.rows()))
                && (small.columns().isOne() || small.columns().equals(large.columns()));
    }
}
