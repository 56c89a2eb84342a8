package org.gradgraph.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Arithmetic;
import org.gradgraph.graph.Comparisons;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** What a formula says without its graph: repetitions, attributes, names and tiny numbers are all written. */
class PrintedMeaningTest {
    private final Node a = Node.parameter("A", 2, 3);
    private final Node s = Node.parameter("s");
    private final Node c = Node.parameter("c", 2, 1);

    @Test
    void a_repetition_is_written_where_no_larger_operand_implies_it() {
        assertThat(Derivation.of(a.plus(s).times(c).sum(), s, a, c).text()).isEqualTo("""
                ds = Σ c·𝟏₃ᵀ
                dA = c·𝟏₃ᵀ
                dc = rowSums(A + s)
                """);
        Node w = Node.parameter("W", 3, 4);
        assertThat(Derivation.of(a.matmul(w.exp()).sum(), a, w).text()).isEqualTo("""
                dA = 𝟏₂ₓ₄·exp(W)ᵀ
                dW = Aᵀ·𝟏₂ₓ₄ ∘ exp(W)
                """);
        assertThat(Derivation.of(a.sum(), a).latex()).contains("dA &= \\mathbf{1}_{2 \\times 3} ");
    }

    @Test
    void attributes_are_written_after_the_operands() {
        assertThat(Derivation.of(Arithmetic.power(a, 3).sum(), a)).hasToString("dA = 3·power(A, 2)\n");
        assertThat(Derivation.ofFormula("f", Activations.leakyRelu(a, 0.01))).hasToString("f = leakyRelu(A, 0.01)\n");
        assertThat(Derivation.ofFormula("f", Comparisons.clip(a, -1, 2))).hasToString("f = clip(A, −1, 2)\n");
        assertThat(Derivation.ofFormula("f", Layout.sliceRows(a, 0, 1))).hasToString("f = slice(A, 0:1, 0:3)\n");
    }

    @Test
    void a_derivative_never_has_the_name_of_an_input() {
        Node z = Node.parameter("z");

        assertThat(Derivation.of(Node.input("dz").times(z.log()), z)).hasToString("∂z = dz/z\n");
    }

    @Test
    void a_tiny_number_is_not_zero() {
        assertThat(Derivation.of(s.times(1e-310), s)).hasToString("ds = 10⁻³¹⁰\n");
    }

    @Test
    void a_symbol_stands_only_where_its_shape_fits() {
        Dim m = Dim.named("m");
        Node w = Node.parameter("w", 3, 1);
        Node b = Node.parameter("b");
        Node z = w.transpose().matmul(Node.input("X", Dim.of(3), m)).named("z");
        Node cost = Node.input("λ").times(z.sum().plus(b.square())).dividedBy(Constants.size(m));

        assertThat(Derivation.of(cost, w, b).text()).isEqualTo("""
                dw = λ·X·𝟏ₘ/m
                db = 2·λ·b/m
                """);
    }

    @Test
    void built_in_losses_print_what_a_book_prints() {
        Dim m = Dim.named("m");
        Node w = Node.parameter("w", 3, 1);
        Node x = Node.input("X", Dim.of(3), m);
        Node y = Node.input("Y", Dim.of(1), m);
        Node z = w.transpose().matmul(x).named("Z");
        Node p = z.sigmoid().named("A");

        assertThat(Derivation.of(Losses.bce(p, y), z, w)).hasToString("dZ = (A − Y)/m\ndw = X·dZᵀ\n");
        assertThat(Derivation.of(Losses.bceWithLogits(z, y), z, w)).hasToString("dZ = (σ(Z) − Y)/m\ndw = X·dZᵀ\n");
        assertThat(Derivation.of(Activations.relu(s).square(), s)).hasToString("ds = 2·relu(s)·[s > 0]\n");
    }

    @Test
    void a_transposed_system_keeps_its_transpose() {
        Node square = Node.parameter("S", 2, 2);

        assertThat(Derivation.of(LinearAlgebra.solve(square, c).sum(), c)).hasToString("dc = (S⁻¹)ᵀ·𝟏₂\n");
    }
}
