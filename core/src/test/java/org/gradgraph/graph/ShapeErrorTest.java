package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.Here;
import org.junit.jupiter.api.Test;

/** Wrong shapes fail where the expression is written, in words that name everything needed to mend it. */
class ShapeErrorTest {
    private final Dim m = Dim.named("m");

    private static void assertMessage(ThrowingCallable expression, String message) {
        assertThatThrownBy(expression).isInstanceOf(ShapeException.class).hasMessage(message);
    }

    private static String at(int line) {
        return "ShapeErrorTest.java:" + line;
    }

    @Test
    void matmul_says_which_inner_sides_differ() {
        Node w = Node.parameter("w", 30, 1);
        Node x = Node.input("X", 30, m);
        int line = Here.line();
        assertMessage(() -> w.matmul(x), """
                matmul: the inner sides differ: 30×1 has 1 column, 30×m has 30 rows
                  operand 1: "w" 30×1, made at %s
                  operand 2: "X" 30×m, made at %s
                  hint: transpose the left operand, a.transpose().matmul(b)
                  applied at %s""".formatted(at(line - 2), at(line - 1), at(line + 1)));
    }

    @Test
    void matmul_hints_at_what_would_fit() {
        Node a = Node.input("a", 2, 3);
        assertThatThrownBy(() -> a.matmul(Node.input("b", 4, 3)))
                .hasMessageContaining("2×3 has 3 columns, 4×3 has 4 rows")
                .hasMessageContaining("hint: transpose the right operand, a.matmul(b.transpose())");
        assertThatThrownBy(() -> a.matmul(a))
                .hasMessageContaining("hint: transpose one operand, or write a.times(b) for the elementwise product");
        assertThatThrownBy(() -> a.matmul(Node.input("b", 5, 4)))
                .hasMessageContaining("hint: the columns of the left operand must be as many as the rows of the right");
        assertThatThrownBy(() -> LinearAlgebra.matmul(a, Node.input("b", 3, 4), true, false))
                .hasMessageStartingWith("matmul(aᵀ, b): the inner sides differ: 3×2 has 2 columns, 3×4 has 3 rows")
                .hasMessageContaining("hint: change transposeA");
        assertThatThrownBy(() -> LinearAlgebra.matmul(a, Node.input("b", 3, 4), false, true))
                .hasMessageStartingWith("matmul(a, bᵀ): the inner sides differ: 2×3 has 3 columns, 4×3 has 4 rows")
                .hasMessageContaining("hint: change transposeB");
    }

    @Test
    void two_symbols_are_not_the_same_side() {
        assertThatThrownBy(() -> Node.input("a", 2, m).matmul(Node.input("b", Dim.named("n"), 2)))
                .hasMessageStartingWith("matmul: the inner sides differ: 2×m has m columns, n×2 has n rows\n");
    }

    @Test
    void a_column_and_a_row_are_refused() {
        Node column = Node.input("column", 3, 1);
        Node row = Node.input("row", 1, m);
        int line = Here.line();
        assertMessage(() -> column.plus(row), """
                add: a column 3×1 and a row 1×m would silently make a table of 3×m
                  operand 1: "column" 3×1, made at %s
                  operand 2: "row" 1×m, made at %s
                  hint: transpose one of them; if the table is meant, write broadcastTo(3×m) on one operand
                  applied at %s""".formatted(at(line - 2), at(line - 1), at(line + 1)));
        assertThatThrownBy(() -> row.times(column))
                .hasMessageStartingWith("multiply: a column 3×1 and a row 1×m would silently make a table of 3×m");
    }

    @Test
    void a_column_and_a_row_make_a_table_on_purpose() {
        Node column = Node.input("column", 3, 1);
        Node row = Node.input("row", 1, m);
        assertThat(column.broadcastTo(Shape.of(Dim.of(3), m)).plus(row).shape()).hasToString("3×m");
    }

    @Test
    void a_column_and_a_row_of_a_table_that_could_not_exist_are_refused_for_the_same_reason() {
        Node column = Node.input("column", 65536, 1);
        Node row = Node.input("row", 1, 65537);
        assertThatThrownBy(() -> column.plus(row))
                .hasMessageStartingWith(
                        "add: a column 65536×1 and a row 1×65537 would silently make a table of 65536×65537");
    }

    @Test
    void rows_that_differ() {
        Node a = Node.input("a", 3, 4);
        Node b = Node.input("b", 2, 4);
        int line = Here.line();
        assertMessage(() -> a.minus(b), """
                subtract: the rows differ, 3 and 2
                  operand 1: "a" 3×4, made at %s
                  operand 2: "b" 2×4, made at %s
                  hint: each side is equal, or 1 in one operand that is repeated
                  applied at %s""".formatted(at(line - 2), at(line - 1), at(line + 1)));
    }

    @Test
    void columns_that_differ() {
        assertThatThrownBy(() -> Node.input("a", 3, 4).dividedBy(Node.input("b", 3, 2)))
                .hasMessageStartingWith("divide: the columns differ, 4 and 2\n");
        assertThatThrownBy(() -> Node.input("a", 1, 4).plus(Node.input("b", 3, 2)))
                .hasMessageStartingWith("add: the columns differ, 4 and 2\n");
        assertThatThrownBy(() -> Node.input("a", 3, 4).plus(Node.input("b", 4, 3)))
                .hasMessageContaining("hint: transpose one of them\n");
        assertThatThrownBy(() -> Node.input("a", 3, m).plus(Node.input("b", 3, Dim.named("n"))))
                .hasMessageStartingWith("add: the columns differ, m and n\n");
    }

    @Test
    void a_broadcast_that_is_impossible() {
        Node x = Node.input("x", 2, 3);
        int line = Here.line();
        assertMessage(() -> x.broadcastTo(Shape.of(4, 3)), """
                broadcast: 2×3 cannot be repeated to 4×3
                  operand 1: "x" 2×3, made at %s
                  hint: a side that is repeated is 1, the other ones are equal
                  applied at %s""".formatted(at(line - 1), at(line + 1)));
    }

    @Test
    void a_sum_that_is_impossible() {
        Node x = Node.input("x", 2, 3);
        int line = Here.line();
        assertMessage(() -> x.sumTo(Shape.of(2, 2)), """
                sumTo: 2×3 cannot be summed to 2×2
                  operand 1: "x" 2×3, made at %s
                  hint: the result is 1×3, 2×1 or 1×1
                  applied at %s""".formatted(at(line - 1), at(line + 1)));
    }

    @Test
    void an_operation_applied_directly_does_not_broadcast() {
        Node x = Node.input("x", 3, 1);
        assertThatThrownBy(() -> Node.apply(Arithmetic.ADD, x, Node.input("y")))
                .hasMessageStartingWith("add: the shapes differ, 3×1 and 1×1\n")
                .hasMessageContaining(
                        "hint: an operation is applied to operands of one shape; write broadcastTo(…) on the smaller one");
    }

    @Test
    void a_wrong_number_of_operands() {
        Node x = Node.input("x");
        assertThatThrownBy(() -> Node.apply(Arithmetic.ADD, x))
                .hasMessageStartingWith("add: takes 2 operands, not 1\n");
        assertThatThrownBy(() -> Node.apply(new MatMul(false, false), x))
                .hasMessageStartingWith("matmul: takes 2 operands, not 1\n");
        assertThatThrownBy(() -> Node.apply(new Layout.Transpose(), x, x))
                .hasMessageStartingWith("transpose: takes 1 operand, not 2\n");
        assertThatThrownBy(() -> Node.apply(Arithmetic.NEGATE, x, x))
                .hasMessageStartingWith("negate: takes 1 operand, not 2\n");
    }

    @Test
    void ragged_rows_and_no_rows() {
        assertMessage(
                () -> Node.constant(new double[][] {{1, 2, 3}, {4, 5}}),
                "row 1 has 2 elements, row 0 has 3; all rows of a matrix are equally long");
        assertMessage(() -> Node.constant(new double[][] {{1}, null}), "row 1 is null; give a value");
        String empty = "a matrix without elements is refused; every matrix has at least one row and one column";
        assertMessage(() -> Node.constant(new double[0][]), empty);
        assertMessage(() -> Node.constant(new double[][] {{}}), empty);
        assertMessage(() -> Node.constant(new double[][] {null}), "row 0 is null; give a value");
        assertMessage(() -> Node.constant((double[][]) null), "the array of rows is null; give a value");
    }

    @Test
    void empty_matrices() {
        String reason = " is refused; every matrix has at least one row and one column";
        assertMessage(() -> Node.input("x", 0, 3), "the shape 0×3" + reason);
        assertMessage(() -> Node.parameter("x", 3, 0), "the shape 3×0" + reason);
        assertMessage(() -> Node.constant(new DMatrixRMaj(0, 3)), "the shape 0×3" + reason);
        assertMessage(() -> Node.input("x", 0, m), "a side of 0" + reason);
    }

    @Test
    void more_elements_than_an_array_can_count() {
        assertThatThrownBy(() -> Node.input("x", 46341, 46341)).hasMessageContaining("2147488281 elements");
        Node column = Node.input("column", 46341, 1);
        Node row = Node.input("row", 1, 46341);
        int line = Here.line();
        assertMessage(() -> column.matmul(row), """
                matmul: the shape 46341×46341 has 2147488281 elements, more than 2147483647
                  operand 1: "column" 46341×1, made at %s
                  operand 2: "row" 1×46341, made at %s
                  hint: split the matrix into blocks of rows or columns
                  applied at %s""".formatted(at(line - 2), at(line - 1), at(line + 1)));
        assertThatThrownBy(() -> column.broadcastTo(Shape.of(46341, 46341)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2147488281 elements");
    }

    @Test
    void inside_a_vjp_the_line_is_that_of_the_node_whose_vjp_it_is() {
        Node x = Node.input("x", 2, 3);
        Node y = Node.apply(new WrongInside(), x);
        int line = Here.line() - 1;
        assertThatThrownBy(() -> Provenance.vjp(y, Node.input("dy", 2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("add: the rows differ, 2 and 3")
                .hasMessageContaining("operand 1: \"x\" 2×3, made at " + x.source())
                .hasMessageEndingWith("applied at " + at(line));
    }

    private record WrongInside() implements Elementwise {
        @Override
        public String name() {
            return "wrongInside";
        }

        @Override
        public Formula formula() {
            return Formula.argument(0);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(inputs.get(0).plus(dy.transpose()));
        }
    }

    @Test
    void an_operation_whose_shape_rule_gives_null_is_named() {
        Node x = Node.input("x");
        int line = Here.line();
        assertThatThrownBy(() -> Node.apply(new Shapeless(), x))
                .isInstanceOf(ShapeException.class)
                .hasMessageStartingWith("shapeless: its shape rule gives null\n")
                .hasMessageEndingWith("hint: return the shape of the result\n  applied at " + at(line + 1));
    }

    private record Shapeless() implements Kernel {
        @Override
        public String name() {
            return "shapeless";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return null;
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {}
    }
}
