package org.gradgraph.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;

/**
 * L-BFGS: a quasi-Newton method that remembers the last few steps instead of a Hessian.
 *
 * <p>Liu and Nocedal, On the limited memory BFGS method for large scale optimization (1989); the two-loop recursion is
 * algorithm 7.4 of Nocedal and Wright, Numerical Optimization. The step length satisfies the strong Wolfe conditions, so
 * there is no learning rate. One step evaluates cost and gradient once or a few times. It is meant for the whole data
 * set: mini-batches would make it compare gradients of different costs.
 */
final class Lbfgs implements Optimizer {
    private final int memory;

    Lbfgs(int memory) {
        Arguments.atLeastOne("the memory", memory);
        this.memory = memory;
    }

    @Override
    public Session start(Run run, Node cost, List<Node> parameters) {
        return new Minimization(new CostFunction(run, cost, parameters));
    }

    /** A step {@code s} and the change {@code y} of the gradient along it. */
    private static final class Pair {
        private final double[] s;
        private final double[] y;
        private final double rho;
        private double alpha;

        Pair(double[] s, double[] y, double curvature) {
            this.s = s;
            this.y = y;
            this.rho = 1 / curvature;
        }
    }

    private final class Minimization implements Session {
        private final CostFunction function;
        private final LineSearch lineSearch;
        private final Deque<Pair> newestFirst = new ArrayDeque<>();
        private final double[] point;
        private final double[] gradient;
        private double cost;
        private boolean stuck;

        Minimization(CostFunction function) {
            this.function = function;
            this.lineSearch = new LineSearch(function);
            this.point = new double[function.size()];
            this.gradient = new double[function.size()];
        }

        @Override
        public boolean converged() {
            return stuck;
        }

        @Override
        public double step(long number) {
            if (number == 0) {
                function.readPoint(point);
                cost = function.evaluate(point, gradient);
            }
            double before = cost;
            if (Double.isFinite(before) && !stuck) {
                stuck = Vectors.largest(gradient) == 0 || !(advance() || advanceAlongGradient());
            }
            function.moveTo(point);
            return before;
        }

        /** A direction that leads nowhere is given up together with the memory that made it. */
        private boolean advanceAlongGradient() {
            boolean worthTrying = !newestFirst.isEmpty();
            newestFirst.clear();
            return worthTrying && advance();
        }

        private boolean advance() {
            double[] direction = direction();
            double slope = Vectors.dot(direction, gradient);
            double first = newestFirst.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
            if (!(slope < 0) || !lineSearch.search(point, direction, cost, slope, first)) {
                return false;
            }
            remember();
            System.arraycopy(lineSearch.point(), 0, point, 0, point.length);
            System.arraycopy(lineSearch.gradient(), 0, gradient, 0, gradient.length);
            cost = lineSearch.cost();
            return true;
        }

        private double[] direction() {
            double[] q = gradient.clone();
            for (Pair pair : newestFirst) {
                pair.alpha = pair.rho * Vectors.dot(pair.s, q);
                Vectors.add(q, -pair.alpha, pair.y);
            }
            double scale = newestFirst.isEmpty() ? 1 : scale(newestFirst.getFirst());
            for (int i = 0; i < q.length; i++) {
                q[i] *= -scale;
            }
            Iterator<Pair> oldestFirst = newestFirst.descendingIterator();
            while (oldestFirst.hasNext()) {
                Pair pair = oldestFirst.next();
                double beta = pair.rho * Vectors.dot(pair.y, q);
                Vectors.add(q, -pair.alpha - beta, pair.s);
            }
            return q;
        }

        private static double scale(Pair newest) {
            return 1 / (newest.rho * Vectors.dot(newest.y, newest.y));
        }

        /** A pair without positive curvature would make the matrix indefinite. */
        private void remember() {
            double[] s = lineSearch.point().clone();
            double[] y = lineSearch.gradient().clone();
            Vectors.add(s, -1, point);
            Vectors.add(y, -1, gradient);
            double curvature = Vectors.dot(s, y);
            if (curvature > Math.ulp(1.0) * Vectors.dot(y, y)) {
                if (newestFirst.size() == memory) {
                    newestFirst.removeLast();
                }
                newestFirst.addFirst(new Pair(s, y, curvature));
            }
        }
    }
}
