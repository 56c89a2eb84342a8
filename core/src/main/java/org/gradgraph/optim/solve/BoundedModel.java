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
 * minimum over the free variables.
 *
 * <pre>{@code
 * double[] direction = BoundedModel.direction(box, curvature, x, gradient, 1);
 * }</pre>
 */
public final class BoundedModel {
    private final Box box;
    private final double[] x;
    private final double[] gradient;
    private final double theta;
    private final double[][] w;
    private final DMatrixRMaj middle;
    private final int columns;

    private BoundedModel(Box box, Curvature curvature, double[] x, double[] gradient, double theta) {
        this.box = box;
        this.x = x;
        this.gradient = gradient;
        this.theta = theta;
        int k = curvature.size();
        this.columns = 2 * k;
        this.w = new double[x.length][columns];
        this.middle = new DMatrixRMaj(columns, columns);
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < k; j++) {
                w[i][j] = curvature.change(j)[i];
                w[i][k + j] = theta * curvature.step(j)[i];
            }
        }
        for (int i = 0; i < k; i++) {
            middle.set(i, i, -Vectors.dot(curvature.step(i), curvature.change(i)));
            for (int j = 0; j < k; j++) {
                middle.set(k + i, k + j, theta * Vectors.dot(curvature.step(i), curvature.step(j)));
                if (i > j) {
                    double below = Vectors.dot(curvature.step(i), curvature.change(j));
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
        double theta = curvature.size() == 0 ? 1 / first : curvature.scale();
        return new BoundedModel(box, curvature, x, gradient, theta).direction();
    }

    private double[] direction() {
        double[] c = new double[columns];
        double[] cauchy = cauchyPoint(c);
        double[] target = columns == 0 ? cauchy : subspaceMinimum(cauchy, c);
        Vectors.add(target, -1, x);
        return target;
    }

    private double[] cauchyPoint(double[] c) {
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
        double[] cauchy = x.clone();
        int next = 0;
        for (; next < order.size(); next++) {
            int b = order.get(next);
            double way = breaks[b] - at;
            if (slope >= 0 || -slope / bend < way) {
                break;
            }
            cauchy[b] = d[b] > 0 ? box.upper(b) : box.lower(b);
            double z = cauchy[b] - x[b];
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
            cauchy[i] = box.nearest(i, x[i] + (at + rest) * d[i]);
        }
        Vectors.add(c, rest, p);
        return cauchy;
    }

    private double[] subspaceMinimum(double[] cauchy, double[] c) {
        List<Integer> free = new ArrayList<>();
        double[] mc = times(c);
        double[] r = new double[x.length];
        double[] wr = new double[columns];
        DMatrixRMaj n = CommonOps_DDRM.identity(columns);
        DMatrixRMaj ww = new DMatrixRMaj(columns, columns);
        for (int i = 0; i < x.length; i++) {
            if (cauchy[i] > box.lower(i) && cauchy[i] < box.upper(i)) {
                free.add(i);
                r[i] = gradient[i] + theta * (cauchy[i] - x[i]) - Vectors.dot(w[i], mc);
                Vectors.add(wr, r[i], w[i]);
                for (int a = 0; a < columns; a++) {
                    for (int b = 0; b < columns; b++) {
                        ww.add(a, b, w[i][a] * w[i][b] / theta);
                    }
                }
            }
        }
        CommonOps_DDRM.multAdd(-1, middle, ww, n);
        DMatrixRMaj v = new DMatrixRMaj(columns, 1);
        DMatrixRMaj right = new DMatrixRMaj(columns, 1, true, times(wr));
        if (free.isEmpty() || !CommonOps_DDRM.solve(n, right, v)) {
            return cauchy;
        }
        double[] step = new double[x.length];
        for (int i : free) {
            step[i] = -r[i] / theta - Vectors.dot(w[i], v.data) / (theta * theta);
        }
        double share = Math.min(1, box.longest(cauchy, step));
        double[] minimum = cauchy.clone();
        for (int i : free) {
            minimum[i] = box.nearest(i, cauchy[i] + share * step[i]);
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
