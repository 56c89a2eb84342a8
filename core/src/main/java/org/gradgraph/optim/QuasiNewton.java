package org.gradgraph.optim;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Require;
import org.gradgraph.optim.solve.BoundedModel;
import org.gradgraph.optim.solve.Box;
import org.gradgraph.optim.solve.CostFunction;
import org.gradgraph.optim.solve.Curvature;
import org.gradgraph.optim.solve.LineSearch;
import org.gradgraph.optim.solve.Stationarity;
import org.gradgraph.optim.solve.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * L-BFGS and L-BFGS-B: quasi-Newton methods that remember the last few steps instead of a Hessian.
 *
 * <p>Liu and Nocedal, On the limited memory BFGS method for large scale optimization (1989); the two-loop recursion is
 * algorithm 7.4 of Nocedal and Wright, Numerical Optimization. The step length satisfies the strong Wolfe conditions, so
 * there is no learning rate. One step evaluates cost and gradient once or a few times.
 */
final class QuasiNewton implements Optimizer {
    /** After so many steps that change nothing but the gradient, only roundings are left. */
    private static final int MOST_LEVEL_STEPS = 5;

    private final int memory;
    private final Feeds lower;
    private final Feeds upper;
    private final boolean isBounded;

    private QuasiNewton(int memory, Feeds lower, Feeds upper, boolean isBounded) {
        this.memory = memory;
        this.lower = lower;
        this.upper = upper;
        this.isBounded = isBounded;
    }

    static Optimizer unbounded(int memory) {
        return new QuasiNewton(memory, Feeds.none(), Feeds.none(), false);
    }

    static Optimizer bounded(int memory, Feeds lower, Feeds upper) {
        return new QuasiNewton(memory, lower, upper, true);
    }

    @Override
    public Session start(Problem problem) {
        return new Minimization(Require.given(problem, "Optimizer.start: the problem"));
    }

    @Override
    public boolean needsWholeData() {
        return true;
    }

    @Override
    public String name() {
        return isBounded ? "L-BFGS-B" : "L-BFGS";
    }

    private static CostFunction costFunction(Objective objective) {
        return new CostFunction(objective.size(), objective::valueAndGradient);
    }

    private final class Minimization extends FlatSession {
        private final CostFunction function;
        private final Box box;
        private final LineSearch lineSearch;
        private final Curvature curvature = new Curvature(memory);
        private final double[] point;
        private final double[] gradient;
        private @Nullable Stationarity stationarity;
        private double cost;
        private double length = Double.NaN;
        private int levelSteps;
        private boolean started;

        Minimization(Problem problem) {
            super(problem);
            this.function = costFunction(problem.objective());
            this.box = Box.of(problem.parameters(), problem.values(), lower, upper);
            this.lineSearch = new LineSearch(function, box);
            this.point = readPoint();
            this.gradient = new double[point.length];
        }

        @Override
        public double step(long number) {
            Stationarity measure = started && stationarity != null ? stationarity : begin();
            double before = cost;
            writeGradient(gradient, function.unit());
            double size = measure.of(point, box.projected(point, gradient), cost);
            if (size <= Stationarity.NEGLIGIBLE) {
                endExhausted(size, cost / function.unit(), "");
            } else if (levelSteps > MOST_LEVEL_STEPS) {
                endExhausted(size, cost / function.unit(), levelSteps + " steps changed the cost by roundings only");
            } else if (!advance() && !advanceAlongGradient()) {
                endExhausted(
                        measure.of(point, box.projected(point, gradient), cost),
                        cost / function.unit(),
                        lineSearch.report(function.unit()));
            }
            writePoint(point);
            return before / function.unit();
        }

        private Stationarity begin() {
            System.arraycopy(readPoint(), 0, point, 0, point.length);
            box.moveInside(point);
            writePoint(point);
            requireFiniteStart();
            cost = function.evaluate(point, gradient);
            Stationarity measure = stationarity;
            if (measure == null) {
                double largest = Vectors.largest(gradient);
                function.chooseUnit(gradient);
                cost *= function.unit();
                for (int i = 0; i < gradient.length && largest != 0; i++) {
                    gradient[i] *= function.unit();
                }
                measure = new Stationarity(point, cost);
                stationarity = measure;
            }
            started = true;
            return measure;
        }

        /** A direction that leads nowhere is given up together with the memory that made it. */
        private boolean advanceAlongGradient() {
            boolean worthTrying = curvature.size() > 0;
            curvature.forget();
            return worthTrying && advance();
        }

        private boolean advance() {
            boolean isFirst = curvature.size() == 0;
            double first = isFirst ? firstLength() : 1;
            double[] direction = direction(isFirst ? first : Double.NaN);
            double slope = Vectors.dot(direction, gradient);
            double most = isBounded ? Math.max(1, box.longest(point, direction)) : Double.POSITIVE_INFINITY;
            double trial = isBounded ? 1 : first;
            if (!(slope < 0) || !lineSearch.search(point, direction, cost, slope, trial, most)) {
                return false;
            }
            double[] s = lineSearch.point().clone();
            if (Arrays.equals(s, point)) {
                return false;
            }
            double[] y = lineSearch.gradient().clone();
            Vectors.add(s, -1, point);
            Vectors.add(y, -1, gradient);
            curvature.remember(s, y);
            System.arraycopy(lineSearch.point(), 0, point, 0, point.length);
            System.arraycopy(lineSearch.gradient(), 0, gradient, 0, gradient.length);
            levelSteps = lineSearch.cost() < cost ? 0 : levelSteps + 1;
            cost = lineSearch.cost();
            length = Vectors.norm(s);
            return true;
        }

        private double[] direction(double first) {
            return isBounded
                    ? BoundedModel.direction(box, curvature, point, gradient, first)
                    : curvature.direction(gradient);
        }

        /** The step to 0 of a parabola whose smallest value is 0; without units, so it suits data of any size. */
        private double firstLength() {
            double steepness = Vectors.dot(gradient, gradient);
            if (cost != 0) {
                return 2 * Math.abs(cost) / steepness;
            }
            double size = Vectors.largest(point);
            return size != 0 ? size / Vectors.largest(gradient) : 1 / Math.sqrt(steepness);
        }

        @Override
        public double rate() {
            return length;
        }

        @Override
        public Map<String, double[]> state() {
            Map<String, double[]> state = new LinkedHashMap<>(curvature.state());
            if (stationarity != null) {
                state.put("origin", stationarity.origin().clone());
                state.put("scales", new double[] {stationarity.firstCost(), function.unit(), levelSteps});
            }
            return state;
        }

        @Override
        public void restore(Map<String, double[]> state) {
            curvature.restore(state);
            double[] origin = state.get("origin");
            double[] scales = state.get("scales");
            if (origin != null && scales != null) {
                stationarity = new Stationarity(origin, scales[0]);
                function.unit(scales[1]);
                levelSteps = (int) scales[2];
            }
        }
    }

    /** The name. */
    @Override
    public String toString() {
        return name();
    }
}
