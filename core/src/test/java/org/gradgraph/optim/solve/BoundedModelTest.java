package org.gradgraph.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** The compact model is compared with the matrix that the BFGS formula makes of the same pairs. */
class BoundedModelTest {
    private static final int N = 5;
    private final Random random = new Random(3);
    private final Node x = Node.parameter("x", N, 1);

    /** A quadratic with its gradient at 0, pairs of it, and the matrix B ← B − B·s·sᵀ·B/(sᵀ·B·s) + y·yᵀ/(yᵀ·s). */
    private final class Model {
        final double[] gradient = numbers();
        final Curvature curvature = new Curvature(10);
        final DMatrixRMaj b = CommonOps_DDRM.identity(N);

        Model() {
            DMatrixRMaj root = new DMatrixRMaj(
                    N, N, true, random.doubles((long) N * N, -1, 1).toArray());
            DMatrixRMaj hessian = CommonOps_DDRM.identity(N);
            CommonOps_DDRM.multAddTransB(root, root, hessian);
            double[][] steps = {numbers(), numbers(), numbers()};
            for (double[] s : steps) {
                curvature.remember(s, times(hessian, s));
            }
            CommonOps_DDRM.scale(curvature.scale(), b);
            for (double[] s : steps) {
                double[] bs = times(b, s);
                double[] y = times(hessian, s);
                double sbs = Vectors.dot(s, bs);
                double ys = Vectors.dot(y, s);
                for (int i = 0; i < N; i++) {
                    for (int j = 0; j < N; j++) {
                        b.add(i, j, y[i] * y[j] / ys - bs[i] * bs[j] / sbs);
                    }
                }
            }
        }

        double value(double[] d) {
            return Vectors.dot(gradient, d) + Vectors.dot(d, times(b, d)) / 2;
        }
    }

    private double[] numbers() {
        return random.doubles(N, -1, 1).toArray();
    }

    private static double[] times(DMatrixRMaj matrix, double[] vector) {
        DMatrixRMaj product = new DMatrixRMaj(N, 1);
        CommonOps_DDRM.mult(matrix, new DMatrixRMaj(N, 1, true, vector), product);
        return product.data;
    }

    @Test
    void without_bounds_the_gradient_of_the_model_vanishes() {
        for (int k = 0; k < 100; k++) {
            Model model = new Model();
            double[] d = BoundedModel.direction(
                    Box.everything(N), model.curvature, new double[N], model.gradient, Double.NaN);
            double[] slope = times(model.b, d);
            for (int i = 0; i < N; i++) {
                assertThat(slope[i]).isCloseTo(-model.gradient[i], within(1e-9));
            }
        }
    }

    /**
     * The step is in the box and, for the model, at least as good as every point of the projected gradient path up to
     * its first minimum. Where no
     * bound has stopped it on the way, the slope along free variables vanishes.
     */
    @Test
    void in_a_box_the_step_is_inside_and_no_worse_than_the_projected_gradient() {
        int minima = 0;
        for (int k = 0; k < 300; k++) {
            Model model = new Model();
            double size = Math.pow(10, -2 + 3 * random.nextDouble());
            double[] lower = new double[N];
            double[] upper = new double[N];
            for (int i = 0; i < N; i++) {
                lower[i] = random.nextInt(4) == 0 ? 0 : -size * random.nextDouble();
                upper[i] = random.nextInt(4) == 0 ? 0 : size * random.nextDouble();
            }
            DMatrixRMaj start = new DMatrixRMaj(N, 1);
            Box box = Box.of(List.of(x), List.of(start), Feeds.of(x, lower), Feeds.of(x, upper));

            double[] d = BoundedModel.direction(box, model.curvature, new double[N], model.gradient, Double.NaN);

            double[] slope = times(model.b, d);
            boolean isMinimum = true;
            for (int i = 0; i < N; i++) {
                assertThat(d[i]).isBetween(lower[i], upper[i]);
                boolean isFree = d[i] > lower[i] && d[i] < upper[i];
                isMinimum &= !isFree || Math.abs(slope[i] + model.gradient[i]) < 1e-9;
            }
            minima += isMinimum ? 1 : 0;
            double before = 0;
            for (double t = 1e-4; t < 1e3; t *= 1.02) {
                double[] projected = new double[N];
                for (int i = 0; i < N; i++) {
                    projected[i] = box.nearest(i, -t * model.gradient[i]);
                }
                double value = model.value(projected);
                if (value > before) {
                    break;
                }
                assertThat(model.value(d)).isLessThanOrEqualTo(value + 1e-12);
                before = value;
            }
        }
        assertThat(minima).isGreaterThan(150);
    }
}
