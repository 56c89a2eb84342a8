package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Provenance;
import org.junit.jupiter.api.Test;

/** A program's gradients and those that the user composes answer one question with the same numbers. */
class OneDerivativeEngineTest {
    private final Node x = Node.input("X", 3, 5);
    private final Node y = Node.input("Y", 1, 5);
    private final Node w = Node.parameter("w", 3, 1);
    private final Node b = Node.parameter("b", 1, 1);
    private final Node z = w.transpose().matmul(x).plus(b).named("Z");
    private final Node a = z.sigmoid().named("A");
    private final Node cost = y.times(a.log())
            .plus(y.negate().plus(1).times(a.negate().plus(1).log()))
            .mean()
            .negate()
            .named("J");
    private final List<Node> asked = List.of(w, a, b, z);

    private Run fed(Program program) {
        double[][] points = {{0.1, -2, 3, 0.7, 11}, {-0.5, 4, 1, -30, 2}, {1, 1, -1, 0.25, 60}};
        return program.newRun()
                .set(x, points)
                .set(y, new double[][] {{0, 1, 1, 0, 1}})
                .set(w, new double[][] {{0.3}, {1.7}, {-0.9}})
                .set(b, 0.2);
    }

    @Test
    void a_composed_gradient_has_the_bits_of_the_gradient_of_the_program() {
        List<Node> composed = Derivatives.gradient(cost, asked);
        Run one = fed(Program.of(cost).withGradients(asked)).forward().backward();
        Run other = fed(Program.of(composed)).forward();
        for (int i = 0; i < asked.size(); i++) {
            assertBits(one.gradient(asked.get(i)), other.value(composed.get(i)));
        }
    }

    @Test
    void so_it_is_for_random_graphs_by_leaves_and_inner_nodes() {
        int compared = 0;
        for (long seed = 0; seed < 100; seed++) {
            RandomGraph graph = new RandomGraph(seed, 3, 4, 20);
            List<Node> wrt = new ArrayList<>(graph.leaves);
            wrt.addAll(graph.inner.subList(0, 6));
            wrt.retainAll(Graph.of(graph.output).nodes());
            List<Node> composed = Derivatives.gradient(graph.output, wrt);
            Program program = Program.of(composed);
            Run one = Program.of(graph.output).withGradients(wrt).newRun();
            Run other = program.newRun();
            graph.leaves.forEach(leaf -> {
                DMatrixRMaj value = graph.feeds.asMap().get(leaf);
                one.set(leaf, value);
                if (program.graph().contains(leaf)) {
                    other.set(leaf, value);
                }
            });
            one.forward().backward();
            other.forward();
            for (int i = 0; i < wrt.size(); i++) {
                assertBits(one.gradient(wrt.get(i)), other.value(composed.get(i)));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(1000);
    }

    private static void assertBits(DMatrixRMaj actual, DMatrixRMaj expected) {
        assertThat(Arrays.copyOf(actual.data, actual.getNumElements()))
                .containsExactly(Arrays.copyOf(expected.data, expected.getNumElements()));
    }

    @Test
    void what_is_kept_changes_no_gradient_and_is_readable() {
        Program program = Program.of(cost).withGradients(asked);
        Run plain = fed(program).forward().backward();
        Run keeping = fed(program.keeping(z, a)).forward().backward();
        asked.forEach(node -> assertBits(plain.gradient(node), keeping.gradient(node)));
        assertThat(keeping.value(z).get(0, 0)).isCloseTo(0.3 * 0.1 + 1.7 * -0.5 - 0.9 + 0.2, within(1e-15));
    }

    @Test
    void a_value_below_a_composed_derivative_can_be_kept_after_gradients_were_asked_for() {
        Node s = Node.parameter("s");
        Node inner = s.sigmoid();
        Node slope = Derivatives.gradient(inner.log(), s);
        Run run = Program.of(slope)
                .withGradients(s)
                .keeping(Graph.of(slope).nodes())
                .newRun()
                .set(s, 0)
                .forward()
                .backward();
        assertThat(run.value(inner).get(0)).isEqualTo(0.5);
        assertThat(run.gradient(s).get(0)).isCloseTo(-0.25, within(1e-16));
    }

    /** p is looked through by the logarithm, twice, and q is made of p: each is given when its own derivative is taken. */
    @Test
    void nodes_that_are_gone_and_depend_on_each_other_are_given_one_level_at_a_time() {
        Node s = Node.parameter("s");
        Node p = s.sigmoid();
        Node q = p.log().sigmoid();
        Node twins = s.sigmoid();
        Node j = q.log().plus(twins.log().times(2)).plus(p);
        Run run = Program.of(j)
                .withGradients(p, q, twins, s)
                .newRun()
                .set(s, 0)
                .forward()
                .backward();
        // q = p/(1 + p), so log q = log p − log(1 + p)
        assertThat(run.gradient(q).get(0)).isCloseTo(3, within(1e-14));
        assertThat(run.gradient(p).get(0)).isCloseTo(1 / 0.5 - 1 / 1.5 + 1, within(1e-14));
        assertThat(run.gradient(twins).get(0)).isCloseTo(2 / 0.5, within(1e-14));
        assertThat(run.gradient(s).get(0)).isCloseTo((1 / 0.5 - 1 / 1.5 + 1 + 2 / 0.5) * 0.25, within(1e-14));
    }

    @Test
    void each_gradient_node_names_the_node_whose_vjp_made_it() {
        Node gradient = Derivatives.gradient(cost, w);
        Graph forward = Graph.of(cost);
        List<Node> made = Graph.of(gradient).nodes().stream()
                .filter(node -> !forward.contains(node) && !node.inputs().isEmpty())
                .toList();
        assertThat(made).hasSizeGreaterThan(5).allSatisfy(node -> {
            Node differentiated = Provenance.differentiated(node).orElseThrow();
            assertThat(forward.contains(differentiated)).isTrue();
            assertThat(node.source()).isEqualTo(differentiated.source());
        });
        assertThat(Provenance.question(gradient).orElseThrow().outputs()).containsExactly(cost);
        assertThat(Provenance.placeInQuestion(Derivatives.gradient(cost, asked).get(3)))
                .isEqualTo(3);
        assertThatThrownBy(() -> Provenance.placeInQuestion(z))
                .hasMessageContaining("was not returned by differentiation");
    }

    @Test
    void what_is_made_of_a_derivative_has_the_line_that_makes_it() {
        Node gradient = Derivatives.gradient(cost, w);
        Node made = gradient.square();
        assertThat(made.source()).isNotEqualTo(gradient.source());
        assertThat(Provenance.differentiated(made)).isEmpty();
    }

    @Test
    void nodes_show_no_method_of_differentiation_or_rewriting() {
        assertThat(Node.class.getMethods())
                .filteredOn(method -> method.getDeclaringClass() == Node.class)
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .extracting(Method::getName)
                .doesNotContain("vjp", "vjpOf", "derivative", "released", "sumOfCotangents", "copy", "passesGradients")
                .contains("plus", "named", "source");
    }

    @Test
    void rebuilt_copies_only_what_lies_above_a_change() {
        Graph graph = Graph.of(cost, z);
        Node symbol = Node.input("symbol", a.shape());
        List<Node> changed = graph.rebuilt((node, copy) -> node.equals(a) ? symbol : copy);
        assertThat(changed.get(1)).isSameAs(z);
        assertThat(changed.get(0).name()).contains("J");
        assertThat(changed.get(0).source()).isEqualTo(cost.source());
        assertThat(Graph.of(changed.get(0)).contains(symbol)).isTrue();
        assertThat(Graph.of(changed.get(0)).contains(z)).isFalse();
        assertThat(graph.rebuilt((node, copy) -> copy)).containsExactly(cost, z);
    }
}
