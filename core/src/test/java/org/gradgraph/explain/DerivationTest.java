package org.gradgraph.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.gradgraph.rewrite.Assumptions.Fact;
import org.gradgraph.rewrite.Rewriter;
import org.gradgraph.rewrite.RuleSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Derivations of naively composed costs are the lines of the textbook. */
class DerivationTest {
    private final Dim m = Dim.named("m");
    private final Node x = Node.input("X", 30, m);
    private final Node y = Node.input("Y", 1, m);
    private final Node w = Node.parameter("w", 30, 1);
    private final Node b = Node.parameter("b");
    private final Node z = w.transpose().matmul(x).plus(b).named("Z");
    private final Node a = z.sigmoid().named("A");
    private final Node cost = y.times(a.log())
            .plus(y.negate().plus(1).times(a.negate().plus(1).log()))
            .mean()
            .negate()
            .named("J");

    /** Run with the environment variable {@code GOLDEN_UPDATE=true} to write the files again, then read the difference. */
    @TestFactory
    List<DynamicTest> models_print_as_in_their_golden_files() {
        return Models.all().entrySet().stream()
                .map(model -> DynamicTest.dynamicTest(model.getKey(), () -> assertGolden(model)))
                .toList();
    }

    private static void assertGolden(Map.Entry<String, Derivation> model) throws IOException {
        Derivation derivation = model.getValue();
        String printed = derivation.text() + "\n" + derivation.markdown() + "\n" + derivation.latex() + "\n"
                + derivation.steps().stream().map(Steps::toString).collect(Collectors.joining("\n"));
        String file = "derivations/" + model.getKey() + ".txt";
        if ("true".equals(System.getenv("GOLDEN_UPDATE"))) {
            Path path = Path.of("src/test/resources/org/gradgraph/explain").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, printed);
        }
        try (InputStream golden = DerivationTest.class.getResourceAsStream(file)) {
            assertThat(golden).as("golden file " + file).isNotNull();
            assertThat(printed).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void the_gradient_of_the_logits_is_structurally_the_one_of_the_textbook() {
        Node textbook = a.minus(y).dividedBy(Constants.size(m)).named("dZ");

        assertThat(Graph.of(Derivation.of(cost, z).gradient(z)).toString())
                .isEqualTo(Graph.of(new Rewriter().rewrite(textbook, RuleSet.exact()))
                        .toString());
    }

    @Test
    void simplified_gradients_have_the_values_of_the_unsimplified_ones() {
        Random random = new Random(7);
        for (Node wrt : List.of(a, z, w, b)) {
            Node simplified = Derivation.of(cost, z).gradient(wrt);
            Node literal = Derivatives.gradient(cost, wrt);
            Run run = Program.of(simplified, literal).rewrite(Rewriting.OFF).newRun();
            run.set(x, RandomMatrices_DDRM.rectangle(30, 7, -1, 1, random));
            run.set(y, RandomMatrices_DDRM.rectangle(1, 7, 0, 1, random));
            run.set(w, RandomMatrices_DDRM.rectangle(30, 1, -1, 1, random));
            run.set(b, 0.3).forward();
            DMatrixRMaj expected = run.value(literal);
            DMatrixRMaj actual = run.value(simplified);
            for (int i = 0; i < expected.getNumElements(); i++) {
                assertThat(actual.get(i)).isCloseTo(expected.get(i), within(1e-12 * (1 + Math.abs(expected.get(i)))));
            }
        }
    }

    @Test
    void a_program_of_a_simplified_gradient_does_not_run_the_textbook_form() {
        Node matrix = Node.parameter("A", 2, 2);
        Node determinant = LinearAlgebra.determinant(matrix);
        Node singular = Derivation.of(determinant, matrix).gradient(matrix);
        Node tail = Derivation.of(z.sigmoid().sum(), z).gradient(z);

        assertThat(Program.of(singular)
                        .newRun()
                        .set(matrix, new double[][] {{1, 2}, {2, 4}})
                        .forward()
                        .value(singular)
                        .data)
                .usingComparatorWithPrecision(1e-14)
                .containsExactly(4, -2, -2, 1);
        Run run = Program.of(tail).newRun();
        run.set(x, new DMatrixRMaj(30, 1)).set(w, new DMatrixRMaj(30, 1)).set(b, 40);
        assertThat(run.forward().value(tail).get(0)).isCloseTo(Math.exp(-40), within(1e-15 * Math.exp(-40)));
    }

    @Test
    void a_derivative_that_several_lines_need_is_printed_although_it_was_not_asked_for() {
        assertThat(Derivation.of(cost, w, b)).hasToString("""
                dZ = (A − Y)/m
                dw = X·dZᵀ
                db = Σ dZ
                """);
    }

    @Test
    void without_nodes_the_derivatives_are_those_of_the_parameters() {
        assertThat(Derivation.of(cost).text())
                .isEqualTo(Derivation.of(cost, w, b).text());
    }

    @Test
    void an_assumption_is_printed_and_never_guessed() {
        Node labels = Node.input("Y", 3, m);
        Node scores = Node.parameter("Z", 3, m);
        Node e = scores.exp();
        Node p = e.dividedBy(e.columnSums()).named("P");
        Node crossEntropy = labels.times(p.log()).sum().negate();
        Derivation derivation = Derivation.of(crossEntropy, scores);

        assertThat(derivation).hasToString("dZ = columnSums(Y) ∘ P − Y\n");
        assertThat(derivation.assuming(labels, Fact.COLUMNS_SUM_TO_ONE))
                .hasToString("Assuming that Y has columns that sum to 1.\ndZ = P − Y\n");
    }

    @Test
    void steps_begin_with_the_chain_rule_and_name_every_rule() {
        Steps steps = Derivation.of(cost, a, z).steps().get(1);

        assertThat(steps.chainRule()).isEqualTo("dA ∘ A ∘ (1 − A)");
        assertThat(steps.rules()).extracting(Steps.Use::rule).contains("distribute and cancel", "expand and collect");
        assertThat(steps.result()).isEqualTo("(A − Y)/m");
    }

    @Test
    void unusual_names_are_printed_safely() {
        Node odd = Node.parameter("50 % {x}_y\n");
        assertThat(Derivation.of(odd.square(), odd).latex())
                .contains("\\text{d50 \\% \\{x\\}\\_y } &= 2 \\cdot \\text{50 \\% \\{x\\}\\_y } ");
        assertThat(Derivation.of(odd.square(), odd).text()).isEqualTo("d50 % {x}_y  = 2·50 % {x}_y \n");
    }

    @Test
    void two_nodes_of_one_name_are_told_apart() {
        Node p = Node.parameter("p");
        Node first = p.exp().named("h");
        Node second = first.exp().named("h");

        assertThat(Derivation.of(second.times(first), p)).hasToString("dp = (h′ + h·h′)·h\n");
    }

    @Test
    void a_cost_that_is_no_number_is_refused() {
        assertThatThrownBy(() -> Derivation.of(z, w)).isInstanceOf(NoGradientException.class);
        assertThatThrownBy(() -> Derivation.of(cost, z.negate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not part of this graph");
        assertThatThrownBy(() -> Derivation.of(Node.constant(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no parameter");
    }

    @Test
    void a_very_deep_cost_is_derived_in_lines_of_bounded_length() {
        Node p = Node.parameter("p");
        Node deep = p;
        for (int i = 0; i < 500; i++) {
            deep = deep.exp().plus(p);
        }
        String text = Derivation.of(deep, p).text();

        assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isLessThan(2000);
        assertThat(text).contains("t1 = ");
    }
}
