package org.gradgraph.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradgraph.exec.Program;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.api.Test;

/** The engine: sharing, rules, names, lines, and the work it does. */
class RewriterTest {
    private final Node x = Node.parameter("x", 2, 3);
    private final Node y = Node.parameter("y", 2, 3);

    private static String simplified(Node node, RuleSet rules) {
        return Graph.of(new Rewriter(Assumptions.none(), Program::evaluate).rewrite(node, rules))
                .toString();
    }

    private static String exact(Node node) {
        return simplified(node, RuleSet.exact());
    }

    @Test
    void a_graph_that_cannot_be_simplified_stays_the_very_same_nodes() {
        Node node = x.times(y).exp();

        assertThat(new Rewriter().rewrite(node, RuleSet.forPrograms())).isSameAs(node);
    }

    @Test
    void equal_operations_become_one_whatever_the_order_of_a_sum_or_product() {
        Node node = x.times(y).exp().plus(y.times(x).exp());

        assertThat(Graph.of(new Rewriter().rewrite(node, RuleSet.none())).nodes())
                .hasSize(5);
    }

    @Test
    void differences_and_quotients_keep_their_order() {
        Node node = x.minus(y).times(y.minus(x));

        assertThat(Graph.of(new Rewriter().rewrite(node, RuleSet.none())).nodes())
                .hasSize(5);
    }

    @Test
    void names_and_lines_are_kept() {
        Node named = x.negate().negate().plus(y.negate()).named("d");
        Node result = new Rewriter().rewrite(named, RuleSet.exact());

        assertThat(result.name()).contains("d");
        assertThat(result.source()).isEqualTo(named.source());
        assertThat(exact(named)).contains("subtract n0 n1 \"d\"");
    }

    @Test
    void constants_are_folded_if_that_needs_no_more_memory() {
        assertThat(exact(Node.constant(2).plus(3).times(x))).contains("scale(5)");
        assertThat(exact(Constants.ones(Shape.of(2, 3)).times(x).plus(0))).doesNotContain("multiply");
        assertThat(exact(Constants.ones(Shape.of(Dim.named("m"), Dim.of(3))))).contains("broadcast");
    }

    @Test
    void what_IEEE_754_forbids_is_not_done_in_programs() {
        assertThat(exact(x.plus(0))).contains("addScalar(0)");
        assertThat(exact(x.times(0.0))).contains("scale(0)");
        assertThat(exact(x.minus(x))).contains("subtract");
        assertThat(exact(x.dividedBy(x))).contains("divide");
        assertThat(exact(x.times(y).dividedBy(y))).contains("divide");
        assertThat(exact(x.exp().log())).contains("log");
        assertThat(exact(x.dividedBy(3))).contains("divide");
    }

    @Test
    void over_the_real_numbers_it_is_done() {
        Node zeros = Constants.zeros(x.shape());
        RuleSet algebra = RuleSet.forDerivations();
        assertThat(simplified(x.plus(0), algebra)).isEqualTo(simplified(x, algebra));
        assertThat(simplified(x.minus(x), algebra)).isEqualTo(simplified(zeros, algebra));
        assertThat(simplified(x.times(y).dividedBy(y), algebra)).isEqualTo(simplified(x, algebra));
        assertThat(simplified(x.exp().log(), algebra)).isEqualTo(simplified(x, algebra));
        assertThat(simplified(x.times(y).plus(x.times(y)), algebra))
                .isEqualTo(simplified(x.times(y).times(2), algebra));
    }

    @Test
    void a_product_is_not_distributed_where_that_makes_it_longer() {
        Node node = x.plus(y).times(x.exp());

        assertThat(new Rewriter().rewrite(node, RuleSet.forDerivations())).isSameAs(node);
    }

    @Test
    void transposes_become_flags_of_the_product() {
        assertThat(exact(x.transpose().matmul(y))).contains("matmul(aᵀ, b) n0 n1");
        assertThat(exact(x.matmul(y.transpose()))).contains("matmul(a, bᵀ) n0 n1");
        assertThat(exact(x.transpose().transpose())).isEqualTo(exact(x));
    }

    @Test
    void what_is_repeated_is_computed_before() {
        Node column = Node.parameter("c", 2, 1);
        Node repeated = Layout.broadcast(column, x.shape()).exp();

        assertThat(exact(repeated)).contains("n1: 2×1 = exp n0").contains("n2: 2×3 = broadcast n1");
        assertThat(exact(Layout.broadcast(column, x.shape()).rowSums())).contains("scale(3) n0");
    }

    @Test
    void a_node_that_was_not_rewritten_has_no_result() {
        assertThatThrownBy(() -> new Rewriter().of(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"x\" 2×3, made at RewriterTest.java")
                .hasMessageContaining("give it to rewrite(…) first");
    }

    /** The work is counted, not timed: rules tried and used for each node do not grow with the graph. */
    @Test
    void a_graph_of_a_hundred_thousand_nodes_is_rewritten_in_a_small_stack() throws InterruptedException {
        int[] firings = new int[2];
        Thread thread = new Thread(
                null,
                () -> {
                    for (int k = 0; k < 2; k++) {
                        Node node = Node.parameter("p");
                        for (int i = 0; i < (k == 0 ? 1_000 : 20_000); i++) {
                            node = node.sigmoid()
                                    .log()
                                    .plus(Node.constant(1))
                                    .negate()
                                    .negate();
                        }
                        Rewriter rewriter = new Rewriter();
                        rewriter.rewrite(node, RuleSet.forPrograms());
                        firings[k] = rewriter.firings().size();
                    }
                },
                "small stack",
                256 * 1024);
        thread.start();
        thread.join();

        assertThat(firings[0]).isEqualTo(3 * 1_000);
        assertThat(firings[1]).isEqualTo(20 * firings[0]);
    }

    /** It would take 17 GB. */
    @Test
    void a_constant_that_would_become_large_is_not_computed_to_find_that_out() {
        Node ones = Constants.ones(Shape.of(46_340, 46_340));

        assertThat(new Rewriter().rewrite(ones, RuleSet.forPrograms()).inputs()).hasSize(1);
    }

    @Test
    void atoms_of_one_node_are_equal_whatever_their_rank() {
        Factor atom = new Factor.Atom(x, 0);

        assertThat(atom).isEqualTo(new Factor.Atom(x, 7)).hasSameHashCodeAs(new Factor.Atom(x, 7));
        assertThat(Monomial.of(atom, 1)).isEqualTo(Monomial.of(new Factor.Atom(x, 7), 1));
        assertThat(atom).isNotEqualTo(new Factor.Atom(y, 0));
    }
}
