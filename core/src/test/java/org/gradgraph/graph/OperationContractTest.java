package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operation; one test for each property walks the whole contract table. */
class OperationContractTest {
    private static final double[] NON_FINITE = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    static List<OperationRow> all() {
        return OperationRows.all();
    }

    static Stream<OperationRow> differentiable() {
        return all().stream().filter(row -> IntStream.range(0, row.arity()).anyMatch(row::hasGradient));
    }

    static Stream<OperationRow> gradientFree() {
        return all().stream().filter(row -> IntStream.range(0, row.arity()).anyMatch(i -> !row.hasGradient(i)));
    }

    static Stream<OperationRow> withPoints() {
        return all().stream().filter(row -> !row.points().isEmpty());
    }

    static Stream<OperationRow> withExamples() {
        return all().stream().filter(row -> !row.examples().isEmpty());
    }

    static Stream<OperationRow> withReference() {
        return all().stream().filter(row -> row.reference().isPresent());
    }

    static Stream<OperationRow> broadcasting() {
        return all().stream().filter(OperationContractTest::broadcasts);
    }

    static Stream<OperationRow> aliasable() {
        return all().stream().filter(OperationRow::aliasable);
    }

    private static boolean broadcasts(OperationRow row) {
        Op op = Sample.fixed(row).y.op().orElseThrow();
        return row.broadcasts() || (op instanceof Elementwise && row.arity() > 1 && !row.refusesBroadcast());
    }

    /** The operation and everything its first and second derivatives are made of. */
    private static Graph withDerivatives(Sample sample) {
        Set<Node> roots = new LinkedHashSet<>(List.of(sample.y));
        if (!sample.operands.isEmpty()) {
            Node cost = Ops.sum(Ops.multiply(sample.y, sample.dy));
            roots.addAll(sample.gradients());
            roots.addAll(Derivatives.hvp(cost, sample.operands, sample.operands));
        }
        return Graph.of(roots);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void the_kernel_fills_a_result_of_the_shape_that_the_rule_says_and_leaves_its_inputs_alone(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Graph graph = withDerivatives(sample);
        Map<Node, DMatrixRMaj> values = sample.values(1, Sample.SIZES);
        Evaluation plain = Evaluation.of(graph.nodes(), values, Sample.SIZES);
        for (Node node : graph.nodes()) {
            if (node.op().isEmpty()) {
                continue;
            }
            Op op = node.op().get();
            assertThat(op.shape(node.inputs().stream().map(Node::shape).toList()))
                    .isEqualTo(node.shape());
            // GIVEN inputs whose arrays are longer than they need be, and a result full of rubbish
            List<DMatrixRMaj> inputs =
                    node.inputs().stream().map(input -> roomy(plain.of(input))).toList();
            List<double[]> before =
                    inputs.stream().map(input -> input.data.clone()).toList();
            DMatrixRMaj out = Evaluation.filled(node.shape(), 7);
            double[] array = out.data;
            // WHEN
            op.forward(inputs, out);
            // THEN the result is where it was, complete, the same as before, and the inputs are untouched
            assertThat(out.data).as("the array of the result of " + op).isSameAs(array);
            assertThat(Shape.of(out.numRows, out.numCols)).isEqualTo(node.shape());
            assertThat(bits(out.data))
                    .as(op + " does not depend on what was in its result before")
                    .containsExactly(bits(plain.elements(node)));
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(bits(inputs.get(i).data))
                        .as("input " + i + " of " + op)
                        .containsExactly(bits(before.get(i)));
            }
        }
    }

    private static DMatrixRMaj roomy(DMatrixRMaj x) {
        double[] data = new double[x.getNumElements() + 5];
        Arrays.fill(data, Double.NaN);
        System.arraycopy(x.data, 0, data, 0, x.getNumElements());
        return DMatrixRMaj.wrap(x.numRows, x.numCols, data);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void the_vjp_gives_one_cotangent_of_the_right_shape_for_each_input(OperationRow row) {
        for (Node node : withDerivatives(Sample.fixed(row)).nodes()) {
            if (node.op().isPresent()) {
                Node dy = Node.input("dy", node.shape());
                List<Node> cotangents = node.op().get().vjp(node.inputs(), node, dy);
                assertThat(cotangents)
                        .as(node + " gives one cotangent for each input")
                        .hasSameSizeAs(node.inputs());
                for (int i = 0; i < cotangents.size(); i++) {
                    assertThat(cotangents.get(i).shape())
                            .isEqualTo(node.inputs().get(i).shape());
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differentiable")
    void the_first_derivative_agrees_with_differences(OperationRow row) {
        Sample sample = Sample.fixed(row);
        for (long seed = 1; seed <= 3; seed++) {
            Map<Node, DMatrixRMaj> values = sample.values(seed, Sample.SIZES);
            double[] weights = values.get(sample.dy).data;
            Evaluation gradients = Evaluation.of(sample.gradients(), values, Sample.SIZES);
            for (int i = 0; i < row.arity(); i++) {
                DMatrixRMaj x = values.get(sample.operands.get(i));
                double[] gradient = gradients.elements(sample.gradients().get(i));
                for (int k = 0; k < gradient.length && row.hasGradient(i); k++) {
                    int place = k;
                    double at = x.data[k];
                    Differences.Estimate estimate = Differences.at0(
                            t -> {
                                x.data[place] = at + t;
                                double[] y = Evaluation.of(List.of(sample.y), values, Sample.SIZES)
                                        .elements(sample.y);
                                return new double[] {dot(weights, y)};
                            },
                            sample.step());
                    x.data[k] = at;
                    requireAgreement(row + ": gradient of operand " + i + " element " + k, gradient[k], estimate, 0);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differentiable")
    void the_second_derivative_agrees_with_differences_of_the_first(OperationRow row) {
        Sample sample = Sample.fixed(row);
        List<Node> vectors =
                sample.operands.stream().map(x -> Node.input("v", x.shape())).toList();
        Node cost = Ops.sum(Ops.multiply(sample.y, sample.dy));
        List<Node> products = Derivatives.hvp(cost, sample.operands, vectors);
        for (long seed = 1; seed <= 3; seed++) {
            Map<Node, DMatrixRMaj> values = sample.values(seed, Sample.SIZES);
            Map<Node, DMatrixRMaj> directions = directions(row, sample, seed);
            for (int i = 0; i < row.arity(); i++) {
                values.put(vectors.get(i), directions.get(sample.operands.get(i)));
            }
            Evaluation exact = Evaluation.of(products, values, Sample.SIZES);
            for (int i = 0; i < row.arity(); i++) {
                Node gradient = sample.gradients().get(i);
                Differences.Estimate estimate = Differences.at0(
                        t -> Evaluation.of(List.of(gradient), moved(values, directions, t), Sample.SIZES)
                                .elements(gradient),
                        sample.step());
                double[] product = exact.elements(products.get(i));
                for (int k = 0; k < product.length; k++) {
                    requireAgreement(row + ": Hessian row of operand " + i + " element " + k, product[k], estimate, k);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differentiable")
    void the_jacobian_vector_product_agrees_with_differences(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Map<Node, DMatrixRMaj> values = sample.values(1, Sample.SIZES);
        Map<Node, DMatrixRMaj> directions = directions(row, sample, 1);
        List<Node> tangents = sample.operands.stream()
                .map(x -> Node.constant(directions.get(x)))
                .toList();
        Node jvp = Derivatives.jvp(sample.y, sample.operands, tangents);
        double[] exact = Evaluation.of(List.of(jvp), values, Sample.SIZES).elements(jvp);
        Differences.Estimate estimate = Differences.at0(
                t -> Evaluation.of(List.of(sample.y), moved(values, directions, t), Sample.SIZES)
                        .elements(sample.y),
                sample.step());
        for (int k = 0; k < exact.length; k++) {
            requireAgreement(row + ": jvp element " + k, exact[k], estimate, k);
        }
    }

    /** Between −1 and 1; zeros for operands that count as fixed. */
    private static Map<Node, DMatrixRMaj> directions(OperationRow row, Sample sample, long seed) {
        Random random = new Random(1000 + seed);
        Map<Node, DMatrixRMaj> directions = new LinkedHashMap<>();
        for (int i = 0; i < row.arity(); i++) {
            DMatrixRMaj direction = Sample.matrix(sample.operands.get(i), Sample.SIZES);
            for (int k = 0; k < direction.getNumElements() && row.hasGradient(i); k++) {
                direction.data[k] = 2 * random.nextDouble() - 1;
            }
            directions.put(sample.operands.get(i), direction);
        }
        return directions;
    }

    private static Map<Node, DMatrixRMaj> moved(
            Map<Node, DMatrixRMaj> values, Map<Node, DMatrixRMaj> directions, double t) {
        Map<Node, DMatrixRMaj> moved = new LinkedHashMap<>(values);
        directions.forEach((node, direction) -> {
            DMatrixRMaj x = values.get(node).copy();
            for (int k = 0; k < x.getNumElements(); k++) {
                x.data[k] += t * direction.data[k];
            }
            moved.put(node, x);
        });
        return moved;
    }

    private static void requireAgreement(String what, double got, Differences.Estimate estimate, int k) {
        double tolerance = estimate.tolerance(k);
        assertThat(tolerance)
                .as(what + ": differences are sharp enough to tell right from wrong")
                .isLessThan(1e-5 * Math.max(1, Math.abs(estimate.derivative(k))));
        assertThat(got).as(what).isCloseTo(estimate.derivative(k), within(tolerance));
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("gradientFree")
    void what_has_no_gradient_gets_exact_zeros(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Map<Node, DMatrixRMaj> values = sample.values(1, Sample.SIZES);
        values.put(sample.dy, Evaluation.filled(sample.dy.shape(), Double.NaN));
        Evaluation gradients = Evaluation.of(sample.gradients(), values, Sample.SIZES);
        for (int i = 0; i < row.arity(); i++) {
            if (!row.hasGradient(i)) {
                assertThat(gradients.elements(sample.gradients().get(i)))
                        .as("gradient of operand " + i)
                        .containsOnly(0);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withPoints")
    void values_and_slopes_are_exact_at_every_point_in_every_position(OperationRow row) {
        Sample sample = Sample.fixed(row);
        OperationRow.Point calm = row.points().get(0);
        int elements = sample.y.shape().elements().size();
        for (OperationRow.Point point : row.points()) {
            for (int position = 0; position < elements; position++) {
                // GIVEN the point in one position, and the first point of the row everywhere else
                Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
                for (int i = 0; i < row.arity(); i++) {
                    DMatrixRMaj x = Evaluation.filled(
                            sample.operands.get(i).shape(), calm.operands().get(i));
                    x.data[position] = point.operands().get(i);
                    values.put(sample.operands.get(i), x);
                }
                values.put(sample.dy, Evaluation.filled(sample.dy.shape(), 1));
                // THEN
                String where = row + " of " + point + " in position " + position + ": ";
                Evaluation result = Evaluation.of(withY(sample), values, Sample.SIZES);
                requirePoint(where + "value", result.of(sample.y), position, point.value(), calm.value(), row);
                for (int i = 0; i < row.arity(); i++) {
                    DMatrixRMaj slope = result.of(sample.gradients().get(i));
                    requirePoint(
                            where + "slope " + i,
                            slope,
                            position,
                            point.slopes().get(i),
                            calm.slopes().get(i),
                            row);
                }
            }
        }
    }

    private static void requirePoint(
            String what, DMatrixRMaj got, int position, double here, double elsewhere, OperationRow row) {
        for (int k = 0; k < got.getNumElements(); k++) {
            requireClose(what + ", element " + k, got.data[k], k == position ? here : elsewhere, row);
        }
    }

    private static void requireClose(String what, double got, double want, OperationRow row) {
        if (Double.isNaN(want) || Double.isInfinite(want)) {
            assertThat(got).as(what).isEqualTo((Double) want);
        } else {
            assertThat(got).as(what).isCloseTo(want, within(row.ulps() * Math.ulp(want)));
        }
    }

    private static Collection<Node> withY(Sample sample) {
        List<Node> roots = new ArrayList<>(sample.gradients());
        roots.add(sample.y);
        return roots;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withExamples")
    void values_and_gradients_of_whole_matrices_are_those_of_the_example(OperationRow row) {
        for (OperationRow.Example example : row.examples()) {
            List<Shape> shapes = example.operands().stream()
                    .map(x -> Shape.of(x.numRows, x.numCols))
                    .toList();
            Sample sample = Sample.of(row, shapes, at -> at.bind(Sample.SIZES));
            Map<Node, DMatrixRMaj> values = new LinkedHashMap<>();
            for (int i = 0; i < shapes.size(); i++) {
                values.put(sample.operands.get(i), example.operands().get(i));
            }
            values.put(sample.dy, Evaluation.filled(sample.dy.shape().bind(Sample.SIZES), 1));
            Evaluation result = Evaluation.of(withY(sample), values, Sample.SIZES);
            requireMatrix("value", result.of(sample.y), example.value(), row);
            for (int i = 0; i < example.gradients().size(); i++) {
                DMatrixRMaj got = result.of(sample.gradients().get(i));
                requireMatrix("gradient " + i, got, example.gradients().get(i), row);
            }
        }
    }

    private static void requireMatrix(String what, DMatrixRMaj got, DMatrixRMaj want, OperationRow row) {
        assertThat(Shape.of(got.numRows, got.numCols)).as(what).isEqualTo(Shape.of(want.numRows, want.numCols));
        for (int k = 0; k < want.getNumElements(); k++) {
            requireClose(what + ", element " + k, got.data[k], want.data[k], row);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withReference")
    void values_are_those_of_plain_loops_even_with_nan_and_infinity_in_every_position(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Map<Node, DMatrixRMaj> values = sample.values(4, Sample.SIZES);
        requireReference(row, sample, values);
        for (Node operand : sample.operands) {
            DMatrixRMaj x = values.get(operand);
            for (int k = 0; k < x.getNumElements(); k++) {
                double finite = x.data[k];
                for (double strange : NON_FINITE) {
                    x.data[k] = strange;
                    requireReference(row, sample, values);
                }
                x.data[k] = finite;
            }
        }
    }

    private static void requireReference(OperationRow row, Sample sample, Map<Node, DMatrixRMaj> values) {
        List<double[][]> operands =
                sample.operands.stream().map(node -> rows(values.get(node))).toList();
        DMatrixRMaj want = Matrices.ofRows(row.reference().orElseThrow().apply(operands));
        DMatrixRMaj got = Evaluation.of(List.of(sample.y), values, Sample.SIZES).of(sample.y);
        requireMatrix(row + " of " + values, got, want, row);
    }

    private static double[][] rows(DMatrixRMaj x) {
        double[][] rows = new double[x.numRows][];
        for (int i = 0; i < x.numRows; i++) {
            rows[i] = Arrays.copyOfRange(x.data, i * x.numCols, (i + 1) * x.numCols);
        }
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void nan_and_both_infinities_are_accounted_for_in_every_operand(OperationRow row) {
        if (row.reference().isPresent() || row.nonFiniteTest().isPresent()) {
            return;
        }
        for (int i = 0; i < row.arity(); i++) {
            int operand = i;
            for (double strange : NON_FINITE) {
                assertThat(row.points())
                        .as(row + " needs a point with " + strange + " as operand " + i + ", or a reference")
                        .anyMatch(point -> Double.compare(point.operands().get(operand), strange) == 0);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broadcasting")
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
            DMatrixRMaj repeated = Evaluation.filled(target, 0);
            for (int k = 0; k < repeated.getNumElements(); k++) {
                repeated.data[k] = x.data[origin(k, x, repeated)];
            }
            largeValues.put(large.operands.get(i), repeated);
        }
        Evaluation got = Evaluation.of(withY(small), smallValues, Sample.SIZES);
        Evaluation want = Evaluation.of(withY(large), largeValues, Sample.SIZES);
        assertThat(got.elements(small.y)).as(row + " of " + shapes).containsExactly(want.elements(large.y));
        for (int i = 0; i < shapes.size(); i++) {
            DMatrixRMaj gradient = got.of(small.gradients().get(i));
            DMatrixRMaj full = want.of(large.gradients().get(i));
            DMatrixRMaj summed = Evaluation.filled(shapes.get(i), 0);
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
    @MethodSource("aliasable")
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
        Evaluation got = Evaluation.of(List.of(alias.y, dx), aliasValues, Sample.SIZES);
        Evaluation want = Evaluation.of(withY(apart), apartValues, Sample.SIZES);
        assertThat(got.elements(alias.y)).containsExactly(want.elements(apart.y));
        double[] sum = new double[x.getNumElements()];
        apart.gradients().forEach(gradient -> {
            double[] share = want.elements(gradient);
            IntStream.range(0, sum.length).forEach(k -> sum[k] += share[k]);
        });
        assertThat(got.elements(dx)).containsExactly(sum, within(1e-12));
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
    @MethodSource("all")
    void symbolic_dimensions_give_the_same_bits_as_fixed_ones(OperationRow row) {
        Sample symbolic = Sample.symbolic(row);
        for (Map<String, Integer> bound : List.of(
                Map.of("m", 2, "n", 3, "k", 4), Map.of("m", 1, "n", 1, "k", 1), Map.of("m", 5, "n", 2, "k", 3))) {
            Sizes sizes = Sizes.of(bound);
            Sample fixed = Sample.fixed(row, sizes);
            Map<Node, DMatrixRMaj> fixedValues = fixed.values(7, sizes);
            Map<Node, DMatrixRMaj> symbolicValues = new LinkedHashMap<>();
            symbolicValues.put(symbolic.dy, fixedValues.get(fixed.dy));
            for (int i = 0; i < row.arity(); i++) {
                symbolicValues.put(symbolic.operands.get(i), fixedValues.get(fixed.operands.get(i)));
            }
            Evaluation got = Evaluation.of(withY(symbolic), symbolicValues, sizes);
            Evaluation want = Evaluation.of(withY(fixed), fixedValues, sizes);
            assertThat(symbolic.y.shape().bind(sizes)).isEqualTo(fixed.y.shape());
            assertThat(bits(got.elements(symbolic.y))).containsExactly(bits(want.elements(fixed.y)));
            for (int i = 0; i < row.arity(); i++) {
                assertThat(bits(got.elements(symbolic.gradients().get(i))))
                        .as(row + " with " + sizes + ": gradient " + i)
                        .containsExactly(bits(want.elements(fixed.gradients().get(i))));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void the_text_form_names_the_operation_and_is_the_same_each_time(OperationRow row) {
        Sample sample = Sample.fixed(row);
        String labels = String.join(
                ", ",
                Graph.of(sample.y).nodes().stream()
                        .flatMap(node -> node.op().map(Op::label).stream())
                        .toList());
        assertThat(labels).isEqualTo(row.text());
        String text = Graph.of(withY(sample)).toString();
        assertThat(Graph.of(withY(Sample.fixed(row))).toString()).isEqualTo(text);
        assertThat(text).contains("= " + sample.y.op().orElseThrow().label());
        assertThat(Sample.fixed(row).y.op())
                .as("equal operations are equal values")
                .isEqualTo(sample.y.op());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void a_wrong_number_of_operands_is_a_clear_error(OperationRow row) {
        Node y = Sample.fixed(row).y;
        Op op = y.op().orElseThrow();
        for (int count = 0; count < 5; count++) {
            Node[] operands = IntStream.range(0, count)
                    .mapToObj(i -> Node.input("x" + i, 2, 2))
                    .toArray(Node[]::new);
            if (count != y.inputs().size()) {
                try {
                    Node.apply(op, operands);
                } catch (ShapeException refused) {
                    assertThat(refused).hasMessageContaining(op.name());
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
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

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** To compare exactly, NaN included. */
    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }
}
