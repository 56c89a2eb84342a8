package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.Here;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.api.Test;

class NodeTest {

    @Test
    void has_its_shape_from_birth() {
        Dim m = Dim.named("m");
        Dim n = Dim.named("n");
        assertThat(Node.input("x").shape()).isEqualTo(Shape.SCALAR);
        assertThat(Node.input("x", 2, 3).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(Node.input("x", 2, m).shape()).hasToString("2×m");
        assertThat(Node.input("x", m, 2).shape()).hasToString("m×2");
        assertThat(Node.input("x", m, n).shape()).hasToString("m×n");
        assertThat(Node.parameter("x").shape()).isEqualTo(Shape.SCALAR);
        assertThat(Node.parameter("x", 2, 3).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(Node.parameter("x", 2, m).shape()).hasToString("2×m");
        assertThat(Node.parameter("x", m, 2).shape()).hasToString("m×2");
        assertThat(Node.parameter("x", m, n).shape()).hasToString("m×n");
        assertThat(Node.input("x", 2, m).matmul(Node.input("y", m, n)).shape()).hasToString("2×n");
    }

    @Test
    void is_equal_only_to_itself() {
        Node x = Node.input("x");
        assertThat(x).isNotEqualTo(Node.input("x"));
        assertThat(x.square()).isNotEqualTo(x.square());
        assertThat(x.square().op()).isEqualTo(x.square().op());
    }

    @Test
    void describes_itself_by_name_or_operation() {
        Node x = Node.input("x", 2, 3);
        assertThat(x).hasToString("\"x\" 2×3");
        assertThat(x.times(2)).hasToString("scale(2) 2×3");
        assertThat(x.times(2).named("twice")).hasToString("\"twice\" 2×3");
        assertThat(Node.constant(0.5)).hasToString("0.5 1×1");
        assertThat(Node.constant(new double[][] {{1, 2}})).hasToString("constant 1×2");
    }

    @Test
    void knows_the_line_that_made_it() {
        Node x = Node.input("x");
        int inputLine = Here.line() - 1;
        Node y = x.times(x).named("y");
        int line = Here.line() - 1;

        assertThat(x.source()).hasToString("NodeTest.java:" + inputLine);
        assertThat(y.source()).hasToString("NodeTest.java:" + line);
        assertThat(y.source().className()).isEqualTo(NodeTest.class.getName());
        assertThat(y.source().methodName()).isEqualTo("knows_the_line_that_made_it");
    }

    @Test
    void a_gradient_belongs_to_the_line_of_what_it_is_a_gradient_of() {
        Node x = Node.input("x");
        Node u = x.exp();
        int lineOfU = Here.line() - 1;
        Node j = u.times(u).plus(u.times(x));
        int lineOfJ = Here.line() - 1;

        Node dx = Derivatives.gradient(j, x);
        int lineOfGradient = Here.line() - 1;
        Node dxx = Derivatives.gradient(dx, x);
        int lineOfSecond = Here.line() - 1;

        assertThat(operationLines(dx)).contains(lineOfU, lineOfJ).doesNotContain(lineOfGradient);
        assertThat(operationLines(dxx)).contains(lineOfU, lineOfJ).doesNotContain(lineOfGradient, lineOfSecond);
    }

    private static List<Integer> operationLines(Node root) {
        return Graph.of(root).nodes(Node.Kind.OPERATION).stream()
                .map(node -> node.source().line())
                .toList();
    }

    @Test
    void what_is_made_from_a_gradient_belongs_to_the_line_that_makes_it() {
        Node x = Node.input("x");
        Node dx = Derivatives.gradient(x.exp(), x);
        Node step = x.minus(dx.times(0.1));
        int line = Here.line() - 1;

        assertThat(step.source().line()).isEqualTo(line);
        assertThat(step.inputs().get(1).source().line()).isEqualTo(line);
    }

    @Test
    void names_an_expression_and_leaves_the_old_node_as_it_was() {
        Node x = Node.input("x");
        Node square = x.square();
        assertThat(square.named("s").name()).contains("s");
        assertThat(square.name()).isEmpty();
        assertThat(Node.constant(2).named("two").name()).contains("two");
        assertThatThrownBy(() -> x.named("y"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("\"x\" 1×1 has its name from birth: a renamed copy would be another input");
        assertThatThrownBy(() -> Node.parameter("p").named("y")).hasMessageEndingWith("would be another parameter");
    }

    @Test
    void a_constant_is_copied_in_and_out() {
        DMatrixRMaj given = new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}});
        Node node = Node.constant(given);
        Constant constant = (Constant) node.op().orElseThrow();
        given.set(0, 0, 99);
        constant.value().set(0, 0, 98);

        assertThat(constant.value().get(0, 0)).isEqualTo(1);
    }

    @Test
    void constants_of_equal_bits_are_equal() {
        assertThat(op(0.0)).isEqualTo(op(0.0)).hasSameHashCodeAs(op(0.0)).isNotEqualTo(op(-0.0));
        assertThat(op(Double.NaN)).isEqualTo(op(Double.NaN));
        Op row = Node.constant(new double[][] {{1, 1}}).op().orElseThrow();
        Op column = Node.constant(new double[][] {{1}, {1}}).op().orElseThrow();
        assertThat(row).isNotEqualTo(column).isNotEqualTo(op(1)).isNotEqualTo("constant");
        assertThat(((Constant) row).isAll(1)).isTrue();
        assertThat(((Constant) row).isAll(2)).isFalse();
    }

    private static Op op(double value) {
        return Node.constant(value).op().orElseThrow();
    }

    @Test
    void an_operation_of_the_user_comes_through_the_same_door() {
        Node x = Node.input("x", 2, 2);
        Node y = Node.apply(new Cube(), x);
        int line = Here.line() - 1;
        assertThat(y.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(y).hasToString("cube 2×2");
        assertThat(y.source().line()).isEqualTo(line);
        assertThat(Derivatives.vjp(y, x, x).shape()).isEqualTo(Shape.of(2, 2));
    }

    private record Cube() implements Elementwise {
        @Override
        public String name() {
            return "cube";
        }

        @Override
        public Formula formula() {
            Formula x = Formula.argument(0);
            return x.times(x).times(x);
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(inputs.get(0).square().times(3)));
        }
    }

    @Test
    void a_stream_that_calls_us_is_not_taken_for_the_users_line() {
        Node sum = java.util.stream.Stream.of(Node.parameter("x"), Node.parameter("y"))
                .reduce(Node::plus)
                .orElseThrow();

        assertThat(sum.source().fileName()).isEqualTo("NodeTest.java");
    }
}
