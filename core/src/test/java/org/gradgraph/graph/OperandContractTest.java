package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operands of every operation: of all shapes that broadcast, the same one twice, too many, too few, and null. */
class OperandContractTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#broadcasting")
    @DisplayName("bug class 1: every pair of shapes broadcasts or is refused")
    void every_pair_of_shapes_broadcasts_or_is_refused(OperationRow row) {
        List<Shape> kinds = List.of(Shape.of(2, 3), Shape.of(1, 3), Shape.of(2, 1), Shape.SCALAR);
        for (int code = 0; code < Math.pow(4, row.arity()); code++) {
            List<Shape> shapes = new ArrayList<>();
            for (int i = 0, rest = code; i < row.arity(); i++, rest /= 4) {
                shapes.add(kinds.get(rest % 4));
            }
            int rowCount = shapes.stream().mapToInt(s -> s.rows().size()).max().orElse(1);
            int columnCount =
                    shapes.stream().mapToInt(s -> s.columns().size()).max().orElse(1);
            Shape target = Shape.of(rowCount, columnCount);
            if (shapes.contains(target)) {
                requireBroadcast(row, shapes, target);
            } else {
                assertThatThrownBy(() -> Sample.of(row, shapes, at -> at.bind(Sample.SIZES)))
                        .as(row + " of " + shapes)
                        .isInstanceOf(ShapeException.class)
                        .hasMessageContaining("2×1")
                        .hasMessageContaining("1×3");
            }
        }
    }

    /** Against the same operation on matrices that were repeated by hand; gradients are summed by hand. */
    private static void requireBroadcast(OperationRow row, List<Shape> shapes, Shape target) {
        Sample small = Sample.of(row, shapes, at -> at.bind(Sample.SIZES));
        Sample large = Sample.of(row, shapes.stream().map(s -> target).toList(), at -> at.bind(Sample.SIZES));
        Map<Node, DMatrixRMaj> smallValues = small.values(5, Sample.SIZES);
        Map<Node, DMatrixRMaj> largeValues = new LinkedHashMap<>();
        largeValues.put(large.dy, smallValues.get(small.dy));
        for (int i = 0; i < shapes.size(); i++) {
            DMatrixRMaj x = smallValues.get(small.operands.get(i));
            DMatrixRMaj repeated = Computation.filled(target, 0);
            for (int k = 0; k < repeated.getNumElements(); k++) {
                repeated.data[k] = x.data[origin(k, x, repeated)];
            }
            largeValues.put(large.operands.get(i), repeated);
        }
        Computation.Values got = Computation.of(small.withGradients()).at(smallValues);
        Computation.Values want = Computation.of(large.withGradients()).at(largeValues);
        assertThat(got.elements(small.y)).as(row + " of " + shapes).containsExactly(want.elements(large.y));
        for (int i = 0; i < shapes.size(); i++) {
            DMatrixRMaj gradient = got.of(small.gradients().get(i));
            DMatrixRMaj full = want.of(large.gradients().get(i));
            DMatrixRMaj summed = Computation.filled(shapes.get(i), 0);
            for (int k = 0; k < full.getNumElements(); k++) {
                summed.data[origin(k, summed, full)] += full.data[k];
            }
            assertThat(Shape.of(gradient.numRows, gradient.numCols)).isEqualTo(shapes.get(i));
            assertThat(gradient.data)
                    .as(row + " of " + shapes + ": gradient " + i)
                    .containsExactly(summed.data, within(1e-12));
        }
    }

    private static int origin(int k, DMatrixRMaj small, DMatrixRMaj large) {
        int i = small.numRows == 1 ? 0 : k / large.numCols;
        int j = small.numCols == 1 ? 0 : k % large.numCols;
        return i * small.numCols + j;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#aliasable")
    @DisplayName("bug class 2: the same node may stand for all operands")
    void the_same_node_may_stand_for_all_operands(OperationRow row) {
        Shape shape = commonShape(row);
        Sample alias = Sample.alias(row, shape);
        List<Shape> shapes = row.shapes().stream().map(s -> shape).toList();
        Sample apart = Sample.of(row, shapes, at -> at.bind(Sample.SIZES));
        Map<Node, DMatrixRMaj> aliasValues = alias.values(6, Sample.SIZES);
        DMatrixRMaj x = aliasValues.get(alias.operands.get(0));
        Map<Node, DMatrixRMaj> apartValues = new LinkedHashMap<>();
        apart.operands.forEach(operand -> apartValues.put(operand, x));
        apartValues.put(apart.dy, aliasValues.get(alias.dy));
        Node dx = Derivatives.vjp(alias.y, alias.dy, alias.operands.get(0));
        Computation.Values got = Computation.of(List.of(alias.y, dx)).at(aliasValues);
        Computation.Values want = Computation.of(apart.withGradients()).at(apartValues);
        assertThat(got.elements(alias.y)).containsExactly(want.elements(apart.y));
        double[] sum = new double[x.getNumElements()];
        apart.gradients().forEach(gradient -> {
            double[] share = want.elements(gradient);
            IntStream.range(0, sum.length).forEach(k -> sum[k] += share[k]);
        });
        double largest =
                DoubleStream.of(sum).map(Math::abs).filter(Double::isFinite).reduce(1, Math::max);
        assertThat(got.elements(dx)).containsExactly(sum, within(1e-12 * largest));
    }

    private static Shape commonShape(OperationRow row) {
        return Stream.of(Shape.of(2, 3), Shape.of(3, 3), Shape.of(3, 1), Shape.SCALAR)
                .filter(shape -> fitsAll(row, shape))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(row + ": no shape fits all operands; say withoutAlias() if that is right"));
    }

    private static boolean fitsAll(OperationRow row, Shape shape) {
        try {
            return Sample.alias(row, shape).y.shape() != null;
        } catch (ShapeException refused) {
            return false;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void a_wrong_number_of_operands_is_a_clear_error(OperationRow row) {
        for (Node y : Sample.fixed(row).withDerivatives().nodes()) {
            if (y.op().isEmpty()) {
                continue;
            }
            List<Node> right = y.inputs();
            List<Node> more = new ArrayList<>(right);
            more.add(right.isEmpty() ? Node.input("x") : right.get(right.size() - 1));
            boolean isRandom = y.op().get() instanceof RandomOps.Random;
            if (isRandom) {
                // one operand may be left out: which of several draws it is
                requireRefused(y, List.of(Node.input("x"), Node.input("y")));
            } else if (!(y.op().get() instanceof BlockOps.Concat)) {
                requireRefused(y, more);
                if (!right.isEmpty()) {
                    requireRefused(y, right.subList(1, right.size()));
                }
            }
            if (!right.isEmpty() && !isRandom) {
                requireRefused(y, List.of());
            }
        }
    }

    private static void requireRefused(Node y, List<Node> operands) {
        Op op = y.op().orElseThrow();
        assertThatThrownBy(() -> Node.apply(op, operands))
                .as("%s of %s", op, operands)
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining(op.label());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void a_null_operand_is_a_clear_error(OperationRow row) {
        List<Shape> shapes =
                row.shapes().stream().map(shape -> shape.bind(Sample.SIZES)).toList();
        for (int i = 0; i < row.arity(); i++) {
            List<Node> operands = new ArrayList<>();
            shapes.forEach(shape -> operands.add(Node.input("x", shape)));
            operands.set(i, null);
            assertThatThrownBy(() -> row.build(operands, at -> at.bind(Sample.SIZES)))
                    .as("operand " + i + " is null")
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("null");
        }
    }
}
