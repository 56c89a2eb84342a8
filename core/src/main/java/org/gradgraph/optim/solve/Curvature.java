package org.gradgraph.optim.solve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last steps {@code s} and the changes {@code y} of the gradient along them, oldest first.
 *
 * <pre>{@code
 * curvature.remember(step, change);
 * double[] direction = curvature.direction(gradient);
 * }</pre>
 */
public final class Curvature {
    private final int memory;
    private final List<double[]> steps = new ArrayList<>();
    private final List<double[]> changes = new ArrayList<>();

    public Curvature(int memory) {
        this.memory = memory;
    }

    public int size() {
        return steps.size();
    }

    public double[] step(int i) {
        return steps.get(i);
    }

    public double[] change(int i) {
        return changes.get(i);
    }

    public void forget() {
        steps.clear();
        changes.clear();
    }

    /** A pair without positive curvature would make the matrix indefinite. */
    public void remember(double[] s, double[] y) {
        if (Vectors.dot(s, y) > Math.ulp(1.0) * Vectors.dot(y, y) * (size() == 0 ? 0 : 1 / scale())) {
            if (size() == memory) {
                steps.remove(0);
                changes.remove(0);
            }
            steps.add(s);
            changes.add(y);
        }
    }

    /** {@code yᵀy/sᵀy} of the newest pair, the size of the Hessian. */
    public double scale() {
        double[] y = changes.get(size() - 1);
        return Vectors.dot(y, y) / Vectors.dot(steps.get(size() - 1), y);
    }

    /** The two-loop recursion: minus the approximate inverse of the Hessian times a gradient. */
    public double[] direction(double[] gradient) {
        double[] q = gradient.clone();
        double[] alphas = new double[size()];
        double[] rhos = new double[size()];
        for (int i = size() - 1; i >= 0; i--) {
            rhos[i] = 1 / Vectors.dot(step(i), change(i));
            alphas[i] = rhos[i] * Vectors.dot(step(i), q);
            Vectors.add(q, -alphas[i], change(i));
        }
        double scale = size() == 0 ? 1 : 1 / scale();
        for (int i = 0; i < q.length; i++) {
            q[i] *= -scale;
        }
        for (int i = 0; i < size(); i++) {
            double beta = rhos[i] * Vectors.dot(change(i), q);
            Vectors.add(q, -alphas[i] - beta, step(i));
        }
        return q;
    }

    public Map<String, double[]> state() {
        Map<String, double[]> state = new LinkedHashMap<>();
        for (int i = 0; i < size(); i++) {
            state.put("step." + i, step(i).clone());
            state.put("change." + i, change(i).clone());
        }
        return state;
    }

    public void restore(Map<String, double[]> state) {
        forget();
        double[] s = state.get("step.0");
        double[] y = state.get("change.0");
        for (int i = 1; s != null && y != null; i++) {
            steps.add(s);
            changes.add(y);
            s = state.get("step." + i);
            y = state.get("change." + i);
        }
    }
}
