package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GraphTest {

    @Test
    void prints_one_equation_per_line() {
        Node a = Node.parameter("a");
        Node b = Node.parameter("b");
        Node c = Node.parameter("c");
        Node u = b.times(c).named("u");
        Node j = a.plus(u).named("v").times(3).named("J");

        assertThat(Graph.of(j)).hasToString("""
                n0: 1×1 = parameter "a"
                n1: 1×1 = parameter "b"
                n2: 1×1 = parameter "c"
                n3: 1×1 = multiply n1 n2 "u"
                n4: 1×1 = add n0 n3 "v"
                n5: 1×1 = scale(3) n4 "J"
                return n5
                """);
    }

    @Test
    void prints_gradients_computed_once_and_named_after_what_they_belong_to() {
        Node x = Node.parameter("x");
        Node u = x.square().named("u");
        Node j = u.exp().named("J");

        List<Node> gradients = Derivatives.gradient(j, List.of(u, x));

        assertThat(Graph.of(gradients)).hasToString("""
                n0: 1×1 = 1
                n1: 1×1 = parameter "x"
                n2: 1×1 = square n1 "u"
                n3: 1×1 = exp n2 "J"
                n4: 1×1 = multiply n0 n3 "du"
                n5: 1×1 = scale(2) n1
                n6: 1×1 = cotangentTimes n4 n5 "dx"
                return n4 n6
                """);
    }

    @Test
    @DisplayName("bug class 22: two builds give the same text")
    void two_builds_give_the_same_text() {
        assertThat(gradientText()).isEqualTo(gradientText()).contains("matmul(a, bᵀ)");
    }

    private static String gradientText() {
        Dim m = Dim.named("m");
        Node w = Node.parameter("w", 30, 1);
        Node x = Node.input("X", 30, m);
        Node a = w.transpose().matmul(x).plus(Node.parameter("b")).sigmoid();
        Node cost = a.log().times(Node.input("Y", 1, m)).mean();
        Node dw = Derivatives.gradient(cost, w);
        return Graph.of(cost, dw, Derivatives.gradient(LinearAlgebra.matmul(dw, dw, true, false), w))
                .toString();
    }

    @Test
    void escapes_names_that_would_break_the_line() {
        Node quoted = Node.input("say \"hi\" \\ there");
        Node broken = Node.input("two\nlines\r\t\u0000\u202e\u2028\u2029\u0085");

        assertThat(Graph.of(quoted, broken)).hasToString("""
                n0: 1×1 = input "say \\"hi\\" \\\\ there"
                n1: 1×1 = input "two\\u000alines\\u000d\\u0009\\u0000\\u202e\\u2028\\u2029\\u0085"
                return n0 n1
                """);
    }

    @Test
    void shortens_endless_names() {
        Node endless = Node.input("x".repeat(1_000_000));

        assertThat(Graph.of(endless)).hasToString("n0: 1×1 = input \"" + "x".repeat(60) + "…\"\nreturn n0\n");
        assertThat(Node.input("x".repeat(60)).describe()).isEqualTo("\"" + "x".repeat(60) + "\" 1×1");
    }

    @Test
    void shares_what_several_roots_share() {
        Node x = Node.input("x");
        Node square = x.square();
        Graph graph = Graph.of(List.of(square, square.plus(1), square));

        assertThat(graph.nodes()).hasSize(3);
        assertThat(graph.roots()).hasSize(3);
        assertThat(graph.nodes(Node.Kind.INPUT)).containsExactly(x);
        assertThat(graph).hasToString("""
                n0: 1×1 = input "x"
                n1: 1×1 = square n0
                n2: 1×1 = addScalar(1) n1
                return n1 n2 n1
                """);
    }

    @Test
    void names_a_foreign_node() {
        Node x = Node.input("x");
        Node foreign = Node.input("foreign");
        Graph graph = Graph.of(x.square());

        assertThat(graph.contains(x)).isTrue();
        assertThat(graph.contains(foreign)).isFalse();
        assertThat(graph.indexOf(x)).isZero();
        assertThatThrownBy(() -> graph.indexOf(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"foreign\" 1×1, made at " + foreign.source()
                        + ", is not part of this graph; use the very node the graph was made with");
    }

    @Test
    void cannot_be_changed_from_outside() {
        Node x = Node.input("x");
        Graph graph = Graph.of(x);
        assertThatThrownBy(() -> graph.nodes().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> graph.roots().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> x.square().inputs().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
