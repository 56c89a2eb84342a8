package org.gradgraph.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A printed formula means the node: who reads it and computes it gets the value that a program gives. */
class FormulaPrinterTest {
    private final Random random = new Random(17);
    private final List<Node> leaves = new ArrayList<>();
    private final Map<String, DMatrixRMaj> values = new HashMap<>();

    private void addLeaf(String name, int side) {
        leaves.add(Node.parameter(name, side, side));
        DMatrixRMaj value = new DMatrixRMaj(side, side);
        for (int i = 0; i < side * side; i++) {
            value.data[i] = 0.5 + random.nextDouble();
        }
        values.put(name, value);
    }

    private Node expression(int depth) {
        if (depth == 0) {
            return leaves.get(random.nextInt(leaves.size()));
        }
        Node a = expression(random.nextInt(depth));
        Node b = expression(depth - 1);
        return switch (random.nextInt(14)) {
            case 0, 1 -> a.plus(b);
            case 2, 3 -> a.minus(b);
            case 4, 5 -> a.times(b);
            case 6, 7 -> a.dividedBy(b);
            case 8 -> b.negate();
            case 9 -> b.square();
            case 10 -> b.times(random.nextInt(7) - 3.5);
            case 11 -> b.plus(random.nextInt(7) - 3.5);
            case 12 -> b.transpose();
            default -> a.shape().equals(b.shape()) ? a.matmul(b) : b.dividedBy(4);
        };
    }

    private void assertMeans(Node node) {
        Run run = Program.of(node).newRun();
        leaves.stream()
                .filter(run.program().graph()::contains)
                .forEach(leaf -> run.set(leaf, values.get(leaf.name().orElseThrow())));
        DMatrixRMaj expected = run.forward().value(node);
        boolean isTame = Arrays.stream(expected.data).allMatch(value -> Math.abs(value) < 1e6);
        for (String text : isTame ? texts(node) : List.<String>of()) {
            DMatrixRMaj read = FormulaReader.read(text, values);
            for (int i = 0; i < expected.getNumElements(); i++) {
                double value = expected.data[i];
                assertThat(read.data[read.getNumElements() == 1 ? 0 : i])
                        .as(text)
                        .isCloseTo(value, within(1e-7 * (1 + Math.abs(value))));
            }
        }
    }

    /** As composed, and for numbers also as simplified: an all-ones matrix is printed as 1, as textbooks do. */
    private static List<String> texts(Node node) {
        String text = new FormulaPrinter(Style.TEXT).formula(node);
        String latex = FormulaReader.plain(new FormulaPrinter(Style.LATEX).formula(node));
        Derivation simplified = Derivation.ofFormula("f", node);
        return node.shape().isScalar()
                ? List.of(text, latex, simplified.text(), FormulaReader.plain(simplified.latex()))
                : List.of(text, latex);
    }

    @Test
    void a_formula_of_numbers_means_its_node() {
        List.of("a", "b", "c", "d").forEach(name -> addLeaf(name, 1));
        for (int k = 0; k < 2000; k++) {
            assertMeans(expression(1 + k % 4));
        }
    }

    @Test
    void a_formula_of_matrices_and_numbers_means_its_node() {
        List.of("A", "B", "C").forEach(name -> addLeaf(name, 2));
        List.of("a", "b").forEach(name -> addLeaf(name, 1));
        for (int k = 0; k < 2000; k++) {
            assertMeans(expression(1 + k % 4));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{, \\{",
                "}, \\}",
                "$, \\$",
                "&, \\&",
                "#, \\#",
                "_, \\_",
                "%, \\%",
                "^, \\^{}",
                "~, \\~{}",
                "\\, \\textbackslash{}"
            })
    void each_special_character_of_latex_is_escaped_in_a_name(String character, String escaped) {
        Node odd = Node.parameter("a " + character + " b");
        Node doubled = odd.times(2).named("c" + character + "c");

        assertThat(Derivation.of(doubled.square(), odd, doubled).latex())
                .contains("\\text{da " + escaped + " b}")
                .contains("\\text{dc" + escaped + "c}");
    }
}
