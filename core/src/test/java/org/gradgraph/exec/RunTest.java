package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.ShapeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a run refuses, and in which words. */
class RunTest {
    private final Dim m = Dim.named("m");
    private final Node x = Node.input("X", 2, m);
    private final Node y = Node.input("Y", 1, m);
    private final Node w = Node.parameter("w", 2, 1);
    private final Node z = w.transpose().matmul(x).named("Z");
    private final Node j = z.times(y).mean().named("J");
    private final Program program = Program.of(j).withGradients();

    private Run fed() {
        return program.newRun()
                .set(x, new double[][] {{1, 2, 3}, {4, 5, 6}})
                .set(y, new double[][] {{1, 0, 1}})
                .set(w, new double[][] {{1}, {2}});
    }

    @Test
    void contradicting_sizes_name_both_inputs() {
        Run run = fed().set(y, new double[][] {{1, 0}});
        assertThatThrownBy(run::forward)
                .isInstanceOf(ShapeException.class)
                .hasMessage("dimension m is 3 in \"X\" 2×m, but 2 in \"Y\" 1×m; feed both with the same size");
        assertThat(run.set(y, new double[][] {{1, 0, 1}}).forward().scalar(j)).isEqualTo((9 + 15) / 3.0);
    }

    @Test
    void composed_sides_must_agree_too() {
        Node longer = Node.input("longer", Dim.of(1), m.plus(Dim.of(1)));
        Run run = Program.of(longer.sum().plus(y.sum())).newRun();
        run.set(y, new double[][] {{1, 2}}).set(longer, new double[][] {{1, 2}});
        assertThatThrownBy(run::forward)
                .isInstanceOf(ShapeException.class)
                .hasMessage("\"longer\" 1×(m + 1) is 1×3 with m = 2, but was fed 1×2; "
                        + "feed matrices that agree in their dimensions");
        run.set(longer, new double[][] {{1, 2, 3}}).forward();
        Node sum = longer.sum();
        assertThat(Program.of(sum)
                        .newRun()
                        .set(longer, new double[][] {{1, 2}})
                        .forward()
                        .scalar(sum))
                .as("with m = 1")
                .isEqualTo(3);
        Run alone = Program.of(longer.sum()).newRun().set(longer, new double[][] {{1}});
        assertThatThrownBy(alone::forward)
                .isInstanceOf(ShapeException.class)
                .hasMessage("\"longer\" 1×(m + 1) was fed 1×1; no whole m makes m + 1 equal to 1; "
                        + "for example 2 fits, with m = 1");
    }

    @Test
    @DisplayName("bug class 7: an unfed input is named")
    void an_unfed_input_is_named() {
        Run run = program.newRun().set(x, new double[][] {{1}, {2}}).set(w, new double[][] {{1}, {2}});
        String message = "\"Y\" 1×m, made at " + y.source() + ", has no value; call set(…) for it before forward()";
        assertThatThrownBy(run::forward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> run.value(y))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThat(run.value(w).data).containsExactly(1, 2);
    }

    @Test
    void backward_before_forward_is_refused() {
        assertThatThrownBy(fed()::backward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("backward() needs the values of a forward pass; call forward() first");
        Run run = fed().forward().set(w, new double[][] {{3}, {4}});
        assertThatThrownBy(run::backward).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void backward_without_gradients_is_refused() {
        Run run = Program.of(y.sum()).newRun().set(y, new double[][] {{1}}).forward();
        assertThatThrownBy(run::backward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this program computes no gradients; make it with Program.of(…).withGradients()");
    }

    @Test
    @DisplayName("bug class 7: values older than the last feed are refused")
    void values_older_than_the_last_feed_are_refused() {
        Run run = fed().forward().backward();
        run.set(w, new double[][] {{3}, {4}});
        assertThatThrownBy(() -> run.scalar(j))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the value of \"J\" 1×1 is not computed for what was set last; call forward() first");
        String gradient = "the gradient of \"w\" 2×1 is not computed for what was set last; "
                + "call forward() and backward() first";
        assertThatThrownBy(() -> run.gradient(w))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(gradient);
        run.forward();
        assertThatThrownBy(() -> run.gradient(w)).hasMessage(gradient);
        assertThatThrownBy(() -> run.gradient(w, new DMatrixRMaj(1, 1))).hasMessage(gradient);
    }

    @Test
    void a_foreign_node_is_refused() {
        Node foreign = Node.input("foreign");
        assertThatThrownBy(() -> fed().set(foreign, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "\"foreign\" 1×1, made at " + foreign.source()
                                + ", is not an input or parameter of this program; use the same node that the program is made of");
        assertThatThrownBy(() -> fed().set(z, new double[][] {{1}}))
                .hasMessageStartingWith("\"Z\" 1×m, made at")
                .hasMessageContaining("is not an input or parameter of this program");
        assertThatThrownBy(() -> fed().forward().backward().gradient(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no gradient of \"foreign\" 1×1, made at " + foreign.source()
                        + ", was asked for; add it to withGradients(…)");
        Node copy = z.named("copy");
        assertThatThrownBy(() -> program.keeping(copy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"copy\" 1×m, made at " + z.source() + ", is not part of this program; use the very node"
                        + " the outputs are made of (named() makes a copy)");
        assertThatThrownBy(() -> program.withGradients(copy)).hasMessageContaining("is not part of this program");
    }

    @Test
    void a_value_that_was_not_kept_is_refused_with_the_way_to_keep_it() {
        assertThatThrownBy(() -> fed().forward().value(z))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"Z\" 1×m, made at " + z.source()
                        + ", is neither an output nor kept; make the program with keeping(node) or with the node as an"
                        + " output");
    }

    @Test
    void a_value_of_a_wrong_shape_is_refused_when_it_is_set() {
        assertThatThrownBy(() -> fed().set(w, new double[][] {{1, 2}}))
                .isInstanceOf(ShapeException.class)
                .hasMessage("\"w\" 2×1, made at " + w.source() + ", was given a 1×2 value; give a matrix of shape 2×1");
        assertThatThrownBy(() -> fed().set(x, 3)).hasMessageContaining("was given a 1×1 value");
        assertThatThrownBy(() -> fed().set(x, new DMatrixRMaj(2, 0)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("was given a 2×0 value; give a matrix of shape 2×m");
    }

    @Test
    void ragged_rows_name_the_node() {
        assertThatThrownBy(() -> fed().set(x, new double[][] {{1, 2, 3}, {4, 5}}))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the value for \"X\" 2×m, made at " + x.source()
                        + ": row 1 has 2 elements, row 0 has 3; all rows of a matrix are equally long");
        assertThatThrownBy(() -> Feeds.of(y, new double[][] {{}}))
                .isInstanceOf(ShapeException.class)
                .hasMessage("the value for \"Y\" 1×m, made at " + y.source()
                        + ": a matrix without elements is refused; every matrix has at least one row and one column");
    }

    @Test
    void a_matrix_is_no_single_number() {
        Run run = Program.of(z).newRun();
        run.set(x, new double[][] {{1, 2, 3}, {4, 5, 6}})
                .set(w, new double[][] {{1}, {2}})
                .forward();
        assertThatThrownBy(() -> run.scalar(z))
                .isInstanceOf(ShapeException.class)
                .hasMessage("\"Z\" 1×m is 1×3, not a single number; read it with value(node)");
    }

    @Test
    void sizes_that_make_too_many_elements_are_refused_naming_the_node() {
        Node column = Node.input("column", m, 1);
        Node row = Node.input("row", 1, Dim.named("n"));
        Node table = column.matmul(row);
        Node total = table.sum();
        Run run = Program.of(total).newRun();
        run.set(column, new DMatrixRMaj(46341, 1)).set(row, new DMatrixRMaj(1, 46341));
        assertThatThrownBy(run::forward)
                .isInstanceOf(ShapeException.class)
                .hasMessage("matmul m×n, made at " + table.source()
                        + ", cannot be computed with m = 46341, n = 46341: the shape 46341×46341 has 2147488281"
                        + " elements, more than 2147483647; split the matrix into blocks of rows or columns");
        run.set(column, new DMatrixRMaj(65536, 1)).set(row, new DMatrixRMaj(1, 65537));
        assertThatThrownBy(run::forward).hasMessageContaining("65536×65537 has 4295032832 elements");
        run.set(column, 2).set(row, 3);
        assertThat(run.forward().scalar(total)).isEqualTo(6);
    }

    @Test
    void the_number_of_examples_is_known_from_the_sizes() {
        Node size = Constants.size(m.plus(Dim.of(1)));
        Node out = size.plus(y.sum());
        assertThat(Program.of(out)
                        .newRun()
                        .set(y, new double[][] {{1, 1}})
                        .forward()
                        .scalar(out))
                .isEqualTo(5);
    }

    @Test
    void feeds_are_set_together_and_replaced_by_later_ones() {
        Feeds feeds = Feeds.of(y, new double[][] {{9}}).and(y, 4).and(x, new double[][] {{1}, {1}});
        assertThat(feeds.asMap()).hasSize(2);
        Run run = program.newRun().set(feeds).set(Feeds.of(w, new DMatrixRMaj(new double[][] {{1}, {2}})));
        assertThat(run.forward().scalar(j)).isEqualTo(12);
        assertThatThrownBy(() -> feeds.asMap().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(Feeds.none().asMap()).isEqualTo(Map.of());
    }

    @Test
    void a_program_needs_an_output_and_gradients_a_parameter() {
        assertThatThrownBy(Program::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a program needs an output: Program.of(node)");
        assertThatThrownBy(() -> Program.of(y.sum()).withGradients())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the program has no parameter; name the nodes to differentiate by: withGradients(x)");
    }

    @Test
    void several_outputs_are_readable() {
        Run run = Program.of(z, j, w).newRun().set(fedValues()).forward();
        assertThat(run.value(z).data).containsExactly(9, 12, 15);
        assertThat(run.scalar(j)).isEqualTo(8);
        DMatrixRMaj out = new DMatrixRMaj(9, 9);
        run.value(w, out);
        assertThat(out.numRows).isEqualTo(2);
        assertThat(out.get(1, 0)).isEqualTo(2);
    }

    private Feeds fedValues() {
        return Feeds.of(x, new double[][] {{1, 2, 3}, {4, 5, 6}})
                .and(y, new double[][] {{1, 0, 1}})
                .and(w, new double[][] {{1}, {2}});
    }

    @Test
    void gradients_of_something_the_output_does_not_depend_on_are_zeros() {
        Node other = Node.parameter("other", 2, 2);
        Run run = Program.of(j)
                .withGradients(w, other, w)
                .newRun()
                .set(fedValues())
                .forward()
                .backward();
        assertThat(run.gradient(other).data).containsExactly(0, 0, 0, 0);
        assertThat(run.gradient(w).numRows).isEqualTo(2);
    }

    @Test
    void a_size_for_which_an_operation_cannot_be_computed_names_the_operation() {
        Node tall = Node.parameter("X", Dim.named("m"), 2);
        Node cost = Layout.sliceRows(tall, 0, 5).named("S").sum();
        Run run = Program.of(cost).withGradients().newRun().set(tall, new double[3][2]);

        assertThatThrownBy(run::forward)
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("\"S\" 5×2, made at RunTest.java:")
                .hasMessageContaining("cannot be computed with m = 3");
    }

    @Test
    void an_update_that_fails_leaves_no_value_that_looks_current() {
        Node p = Node.parameter("p");
        Node cost = p.square();
        Run run = Program.of(cost).withGradients().newRun().set(p, 1).forward().backward();

        assertThatThrownBy(() -> run.update((parameter, value, gradient) -> {
                    value.set(0, 0, 99);
                    throw new UnsupportedOperationException("stopped");
                }))
                .hasMessage("stopped");

        assertThatThrownBy(() -> run.scalar(cost)).isInstanceOf(IllegalStateException.class);
    }
}
