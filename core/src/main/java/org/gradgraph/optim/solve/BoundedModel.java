package org.gradgraph.optim.solve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The quadratic model of L-BFGS-B and its approximate minimum in a box.
 *
 * <p>Byrd, Lu, Nocedal and Zhu, A limited memory algorithm for bound constrained optimization (1995): the Hessian is {@code
 * θI − W·M·Wᵀ} with W = [Y, θS]; a generalised Cauchy point says which bounds hold, and the direct primal method finds the
 * minimum over the free variables. Pairs are divided by √(sᵀ·y), which changes no direction and keeps M regular where
 * scales differ much. Where the minimum without bounds is in the box, it is the one.
 *
 * <pre>{@code
 * double[] direction = BoundedModel.direction(box, curvature, x, gradient, 1);
 * }</pre>
 */
public final class BoundedModel {
    private final Box box;
    private final Curvature curvature;
    private final double[] x;
    private final double[] gradient;
    private final double theta;
    private final double[][] w;
    private final DMatrixRMaj middle;
    private final int columns;

    private BoundedModel(Box box, Curvature curvature, double[] x, double[] gradient, double theta) {
        this.box = box;
        this.curvature = curvature;
        this.x = x;
        this.gradient = gradient;
        this.theta = theta;
        int k = curvature.size();
        this.columns = 2 * k;
        this.w = new double[x.length][columns];
        this.middle = new DMatrixRMaj(columns, columns);
        double[][] steps = new double[k][];
        double[][] changes = new double[k][];
        for (int j = 0; j < k; j++) {
            double size = Math.sqrt(Vectors.dot(curvature.step(j), curvature.change(j)));
            steps[j] = divided(curvature.step(j), size);
            changes[j] = divided(curvature.change(j), size);
        }
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < k; j++) {
                w[i][j] = changes[j][i];
                w[i][k + j] = theta * steps[j][i];
            }
        }
        for (int i = 0; i < k; i++) {
            middle.set(i, i, -Vectors.dot(steps[i], changes[i]));
            for (int j = 0; j < k; j++) {
                middle.set(k + i, k + j, theta * Vectors.dot(steps[i], steps[j]));
                if (i > j) {
                    double below = Vectors.dot(steps[i], changes[j]);
                    middle.set(k + i, j, below);
                    middle.set(j, k + i, below);
                }
            }
        }
        if (k > 0 && !CommonOps_DDRM.invert(middle)) {
            CommonOps_DDRM.fill(middle, Double.NaN);
        }
    }

    /**
     * From a point to the minimum of the model.
     *
     * @param first how long a step along the gradient is where nothing is known of the curvature
     */
    public static double[] direction(Box box, Curvature curvature, double[] x, double[] gradient, double first) {
        if (curvature.size() == 0) {
            return new BoundedModel(box, curvature, x, gradient, 1 / first).direction();
        }
        double[] newton = curvature.direction(gradient);
        return box.allows(x, newton)
                ? newton
                : new BoundedModel(box, curvature, x, gradient, curvature.scale()).direction();
    }

    private static double[] divided(double[] vector, double by) {
        double[] quotient = vector.clone();
        for (int i = 0; i < quotient.length; i++) {
            quotient[i] /= by;
        }
        return quotient;
    }

    private double[] direction() {
        double[] c = new double[columns];
        double[] cauchy = cauchyStep(c);
        return columns == 0 ? cauchy : subspaceStep(cauchy, c);
    }

    /** Steps, not points: a step that is small beside its point would lose its digits. */
    private double[] cauchyStep(double[] c) {
        int n = x.length;
        double[] breaks = new double[n];
        double[] d = new double[n];
        double[] p = new double[columns];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double bound = gradient[i] < 0 ? box.upper(i) : box.lower(i);
            breaks[i] = gradient[i] == 0 ? Double.POSITIVE_INFINITY : (x[i] - bound) / gradient[i];
            if (breaks[i] > 0) {
                d[i] = -gradient[i];
                order.add(i);
                Vectors.add(p, d[i], w[i]);
            }
        }
        order.sort(Comparator.comparingDouble(i -> breaks[i]));
        double slope = -Vectors.dot(d, d);
        double bend = -theta * slope - Vectors.dot(p, times(p));
        double at = 0;
        double[] cauchy = new double[n];
        int next = 0;
        for (; next < order.size(); next++) {
            int b = order.get(next);
            double way = breaks[b] - at;
            if (slope >= 0 || -slope / bend < way) {
                break;
            }
            double z = (d[b] > 0 ? box.upper(b) : box.lower(b)) - x[b];
            cauchy[b] = z;
            Vectors.add(c, way, p);
            double g = gradient[b];
            slope += way * bend + g * g + theta * g * z - g * Vectors.dot(w[b], times(c));
            bend += -theta * g * g - 2 * g * Vectors.dot(w[b], times(p)) - g * g * Vectors.dot(w[b], times(w[b]));
            Vectors.add(p, g, w[b]);
            d[b] = 0;
            at = breaks[b];
        }
        double rest = slope < 0 && bend > 0 && next < order.size() ? -slope / bend : 0;
        for (int k = next; k < order.size(); k++) {
            int i = order.get(k);
            cauchy[i] = within(i, (at + rest) * d[i]);
        }
        Vectors.add(c, rest, p);
        return cauchy;
    }

    private double within(int i, double step) {
        return Math.max(box.lower(i) - x[i], Math.min(box.upper(i) - x[i], step));
    }

    private double[] subspaceStep(double[] cauchy, double[] c) {
        List<Integer> free = new ArrayList<>();
        double[] mc = times(c);
        double[] r = new double[x.length];
        double[] wr = new double[columns];
        DMatrixRMaj n = CommonOps_DDRM.identity(columns);
        DMatrixRMaj ww = new DMatrixRMaj(columns, columns);
        for (int i = 0; i < x.length; i++) {
            if (cauchy[i] > box.lower(i) - x[i] && cauchy[i] < box.upper(i) - x[i]) {
                free.add(i);
                r[i] = gradient[i] + theta * cauchy[i] - Vectors.dot(w[i], mc);
                Vectors.add(wr, r[i], w[i]);
                for (int a = 0; a < columns; a++) {
                    for (int b = 0; b < columns; b++) {
                        ww.add(a, b, w[i][a] * w[i][b] / theta);
                    }
                }
            }
        }
        double[] step = new double[x.length];
        if (free.size() == x.length) {
            step = curvature.direction(gradient);
            Vectors.add(step, -1, cauchy);
        } else {
            CommonOps_DDRM.multAdd(-1, middle, ww, n);
            DMatrixRMaj v = new DMatrixRMaj(columns, 1);
            DMatrixRMaj right = new DMatrixRMaj(columns, 1, true, times(wr));
            if (free.isEmpty() || !CommonOps_DDRM.solve(n, right, v)) {
                return cauchy;
            }
            for (int i : free) {
                step[i] = -r[i] / theta - Vectors.dot(w[i], v.data) / (theta * theta);
            }
        }
        double[] point = x.clone();
        Vectors.add(point, 1, cauchy);
        double share = Math.min(1, box.longest(point, step));
        double[] minimum = cauchy.clone();
        for (int i : free) {
            minimum[i] = within(i, cauchy[i] + share * step[i]);
        }
        return minimum;
    }

    private double[] times(double[] vector) {
        double[] product = new double[columns];
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
                product[i] += middle.get(i, j) * vector[j];
            }
        }
        return product;
    }
}
