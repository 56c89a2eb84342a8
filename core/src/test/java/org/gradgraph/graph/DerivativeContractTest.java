package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** First and second derivatives of every operation, against differences. */
class DerivativeContractTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#all")
    void the_vjp_gives_one_cotangent_of_the_right_shape_for_each_input(OperationRow row) {
        for (Node node : Sample.fixed(row).withDerivatives().nodes()) {
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
    @MethodSource("org.gradgraph.graph.Contract#differentiable")
    void the_first_derivative_agrees_with_differences(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Computation result = Computation.of(List.of(sample.y));
        Computation slopes = Computation.of(sample.gradients());
        for (long seed = 1; seed <= 3; seed++) {
            Map<Node, DMatrixRMaj> values = sample.values(seed, Sample.SIZES);
            double[] weights = values.get(sample.dy).data;
            Computation.Values gradients = slopes.at(values);
            for (int i = 0; i < row.arity(); i++) {
                DMatrixRMaj x = values.get(sample.operands.get(i));
                double[] gradient = gradients.elements(sample.gradients().get(i));
                for (int k = 0; k < gradient.length && row.hasGradient(i); k++) {
                    int place = k;
                    double at = x.data[k];
                    Differences.Estimate estimate = Differences.at0(
                            t -> {
                                x.data[place] = at + t;
                                double[] y = result.once(values).elements(sample.y);
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
    @MethodSource("org.gradgraph.graph.Contract#differentiable")
    void the_second_derivative_agrees_with_differences_of_the_first(OperationRow row) {
        Sample sample = Sample.fixed(row);
        List<Node> vectors =
                sample.operands.stream().map(x -> Node.input("v", x.shape())).toList();
        Node cost = Reductions.sum(Arithmetic.multiply(sample.y, sample.dy));
        List<Node> products = Derivatives.hvp(cost, sample.operands, vectors);
        Computation hessian = Computation.of(products);
        for (long seed = 1; seed <= 3; seed++) {
            Map<Node, DMatrixRMaj> values = sample.values(seed, Sample.SIZES);
            Map<Node, DMatrixRMaj> directions = directions(row, sample, seed);
            for (int i = 0; i < row.arity(); i++) {
                values.put(vectors.get(i), directions.get(sample.operands.get(i)));
            }
            Computation.Values exact = hessian.at(values);
            for (int i = 0; i < row.arity(); i++) {
                Node gradient = sample.gradients().get(i);
                Computation slope = Computation.of(List.of(gradient));
                Differences.Estimate estimate = Differences.at0(
                        t -> slope.once(moved(values, directions, t)).elements(gradient), sample.step());
                double[] product = exact.elements(products.get(i));
                for (int k = 0; k < product.length; k++) {
                    requireAgreement(row + ": Hessian row of operand " + i + " element " + k, product[k], estimate, k);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.gradgraph.graph.Contract#differentiable")
    void the_jacobian_vector_product_agrees_with_differences(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Map<Node, DMatrixRMaj> values = sample.values(1, Sample.SIZES);
        Map<Node, DMatrixRMaj> directions = directions(row, sample, 1);
        List<Node> tangents = sample.operands.stream()
                .map(x -> Node.constant(directions.get(x)))
                .toList();
        Node jvp = Derivatives.jvp(sample.y, sample.operands, tangents);
        double[] exact = Computation.of(List.of(jvp)).at(values).elements(jvp);
        Computation result = Computation.of(List.of(sample.y));
        Differences.Estimate estimate =
                Differences.at0(t -> result.once(moved(values, directions, t)).elements(sample.y), sample.step());
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
    @MethodSource("org.gradgraph.graph.Contract#gradientFree")
    void what_has_no_gradient_gets_exact_zeros(OperationRow row) {
        Sample sample = Sample.fixed(row);
        Map<Node, DMatrixRMaj> values = sample.values(1, Sample.SIZES);
        values.put(sample.dy, Computation.filled(sample.dy.shape(), Double.NaN));
        Computation.Values gradients = Computation.of(sample.gradients()).at(values);
        for (int i = 0; i < row.arity(); i++) {
            if (!row.hasGradient(i)) {
                assertThat(gradients.elements(sample.gradients().get(i)))
                        .as("gradient of operand " + i)
                        .containsOnly(0);
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
