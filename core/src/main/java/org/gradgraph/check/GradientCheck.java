package org.gradgraph.check;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.NoGradientException;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * Compares a gradient with differences of the cost, and says which operation is wrong.
 *
 * <p>Each entry is moved up and down by two steps that are scaled to it. The difference between both answers, and the
 * rounding error of the cost, give the numerical error; the tolerance follows from it, so none has to be guessed. Large
 * matrices are moved along random directions through entries of one magnitude, and then by bisection to the entries
 * that are wrong. If the whole gradient
 * does not match, each operation is checked separately, and the faulty one is named with its line of Java.
 *
 * <pre>{@code
 * GradientCheck.of(cost).at(Feeds.of(x, data).and(w, w0)).verify();       // throws AssertionError if wrong
 * }</pre>
 *
 * <p>Where the cost has a corner, the derivative must lie between the slopes of both sides; that is not a failure.
 * Immutable: each method gives a new check.
 */
@CheckReturnValue
public final class GradientCheck {
    /**
     * Hears how far a gradient check is.
     *
     * <pre>{@code
     * GradientCheck.of(cost).at(feeds).listener((what, done, total) -> bar.stepTo(done)).verify();
     * }</pre>
     */
    @FunctionalInterface
    public interface ProgressListener {
        /**
         * Called after each step, by the thread that checks.
         *
         * @param what what is being checked, for example {@code "w" 30×1} or {@code operations}
         * @param done the steps done
         * @param total all steps of this kind
         */
        void progress(String what, int done, int total);
    }

    private final Node cost;
    private final CheckSettings settings;

    private GradientCheck(Node cost, CheckSettings settings) {
        this.cost = cost;
        this.settings = settings;
    }

    private GradientCheck with(Consumer<CheckSettings> change) {
        CheckSettings changed = settings.copy();
        change.accept(changed);
        return new GradientCheck(cost, changed);
    }

    /**
     * {@return a check of the gradient of a 1×1 node with respect to all parameters}
     *
     * @param cost a 1×1 node
     */
    public static GradientCheck of(Node cost) {
        return new GradientCheck(Require.given(cost, "GradientCheck.of: the cost"), new CheckSettings());
    }

    /**
     * {@return the same check with respect to these nodes: inputs, parameters, or inner ones}
     *
     * @param nodes at least one node that the cost depends on
     */
    public GradientCheck withRespectTo(Node... nodes) {
        List<Node> chosen = Require.nodes("GradientCheck.withRespectTo", nodes);
        return with(changed -> changed.wrt = chosen);
    }

    /**
     * {@return the same check at one or several points: values for all inputs and parameters}
     *
     * @param point values for all inputs and parameters
     */
    public GradientCheck at(Feeds... point) {
        for (Feeds feeds : Require.given(point, "GradientCheck.at: the list of points")) {
            Require.given(feeds, "GradientCheck.at: a point");
        }
        require(point.length > 0, "GradientCheck.at without a point; give at least one Feeds");
        return with(changed -> changed.points = List.of(point));
    }

    /**
     * {@return the same check of an order: 1 checks the gradient; 2 also checks the Hessian, times a random vector}
     *
     * @param order 1 or 2
     */
    public GradientCheck order(int order) {
        require(
                order == 1 || order == 2,
                "a gradient check of order " + order + " is not possible; give 1 (gradient) or 2 (Hessian as well)");
        return with(changed -> changed.order = order);
    }

    /**
     * {@return the same check with a relative tolerance, instead of the derived one: an entry passes if it differs by
     * at most this share of the derivative}
     *
     * @param tolerance at least 0
     */
    public GradientCheck relative(double tolerance) {
        requireTolerance(tolerance);
        return with(changed -> changed.relative = tolerance);
    }

    /**
     * {@return the same check with an absolute tolerance, instead of the derived one, or added to a relative one: an
     * entry passes if it differs by at most this}
     *
     * @param tolerance at least 0
     */
    public GradientCheck absolute(double tolerance) {
        requireTolerance(tolerance);
        return with(changed -> changed.absolute = tolerance);
    }

    /**
     * {@return the same check with another seed of its random directions and vectors, which reports print; the default
     * is 1} The default is 1.
     *
     * @param seed any number
     */
    public GradientCheck seed(long seed) {
        return with(changed -> changed.seed = seed);
    }

    /**
     * {@return the same check, in which matrices of at most so many entries are checked entry by entry, larger ones
     * along directions; the default is 256}
     *
     * @param entries at least 0
     */
    public GradientCheck everyEntryUpTo(int entries) {
        require(entries >= 0, "the number of entries that are checked one by one is " + entries + "; give at least 0");
        return with(changed -> changed.everyEntryUpTo = entries);
    }

    /**
     * {@return the same check, in which larger matrices are moved along so many random directions in each group of
     * entries whose values and derivatives have the same power of 16; the default is 2}
     *
     * @param number at least 1
     */
    public GradientCheck directions(int number) {
        require(number >= 1, "the number of random directions is " + number + "; give at least 1");
        return with(changed -> changed.directions = number);
    }

    /**
     * {@return the same check with a listener to its progress}
     *
     * @param progress called after each evaluated entry or direction
     */
    public GradientCheck listener(ProgressListener progress) {
        Require.given(progress, "GradientCheck.listener: the listener");
        return with(changed -> changed.listener = progress);
    }

    /** For tests of the check itself. */
    GradientCheck differentiatedBy(CheckSettings.Differentiation other) {
        return with(changed -> changed.differentiation = other);
    }

    private static void requireTolerance(double tolerance) {
        require(
                tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY,
                "the tolerance is " + tolerance + "; give a number from 0 upwards");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /**
     * Checks, and throws if something is wrong.
     *
     * <p>It throws what {@link #report()} throws, too.
     *
     * @throws AssertionError with the report: the operation at fault, the worst entries, their analytic and numeric values
     */
    public void verify() {
        GradientReport report = report();
        if (!report.passed()) {
            throw new AssertionError(report.toString());
        }
    }

    /**
     * Checks.
     *
     * @return what was found
     * @throws IllegalArgumentException if there is no parameter, or a node is not part of the cost
     * @throws NoGradientException if the cost is not 1×1, or an operation has no vjp or one of the wrong shape
     * @throws IllegalStateException if an input or parameter has no value
     */
    public GradientReport report() {
        long start = System.nanoTime();
        List<Node> wrt = chosen();
        List<PointCheck> done = new ArrayList<>();
        Verdict verdict = Verdict.RIGHT;
        for (int k = 0; k < settings.points.size(); k++) {
            for (int order = 1; order <= settings.order && verdict.passes(); order++) {
                Map<Node, DMatrixRMaj> point =
                        new LinkedHashMap<>(settings.points.get(k).asMap());
                Node output = order == 1 ? cost : alongRandomVector(wrt, point);
                PointCheck check = new PointCheck(output, wrt, point, settings, k, order);
                verdict = verdict.orWorse(check.verdict);
                done.add(check);
            }
        }
        List<GradientReport.Entry> entries =
                done.stream().flatMap(check -> check.entries().stream()).toList();
        return new GradientReport(
                verdict,
                cost.describe(),
                cost.source(),
                entries,
                done.stream().flatMap(check -> check.findings.stream()).toList(),
                done.stream().mapToInt(check -> check.rightOperations).sum(),
                done.stream().map(check -> check.nonFinite).collect(Collectors.joining()),
                notes(wrt, verdict, entries),
                settings.points.size(),
                done.stream().mapToLong(check -> check.evaluations).sum(),
                Duration.ofNanos(System.nanoTime() - start),
                settings.seed);
    }

    private List<Node> chosen() {
        Graph graph = Graph.of(cost);
        List<Node> chosen = settings.wrt.isEmpty()
                ? graph.nodes(Node.Kind.PARAMETER)
                : List.copyOf(new LinkedHashSet<>(settings.wrt));
        require(
                !chosen.isEmpty(),
                cost.describe() + " has no parameter; name the nodes to differentiate with respect to:"
                        + " withRespectTo(x)");
        for (Node node : chosen) {
            require(
                    graph.contains(node),
                    node.describe() + ", made at " + node.source() + ", is not part of " + cost.describe()
                            + ", made at " + cost.source()
                            + "; use the very node that the cost is made of (named() makes a copy)");
        }
        return chosen;
    }

    private List<String> notes(List<Node> wrt, Verdict verdict, List<GradientReport.Entry> entries) {
        List<String> notes = new ArrayList<>();
        for (GradientReach.Parameter parameter :
                GradientReach.of(cost, wrt.toArray(Node[]::new)).parameters()) {
            if (parameter.reach() != GradientReach.Reach.REACHED) {
                notes.add(parameter.toString());
            }
        }
        boolean allZero = entries.stream().allMatch(entry -> entry.analytic() == 0 && entry.numeric() == 0);
        if (notes.isEmpty() && verdict == Verdict.RIGHT && allZero) {
            notes.add("every derivative is 0 here; another point tests more");
        }
        return notes;
    }

    /** The gradient times a vector, whose gradient is the Hessian times that vector; the point becomes its point. */
    private Node alongRandomVector(List<Node> wrt, Map<Node, DMatrixRMaj> point) {
        Random random = new Random(settings.seed);
        Values values = Values.of(Graph.of(cost), point);
        Node sum = Node.constant(0);
        List<Node> gradients = settings.differentiation.gradient(cost, wrt);
        for (int i = 0; i < wrt.size(); i++) {
            Node node = wrt.get(i);
            DMatrixRMaj given = point.get(node);
            DMatrixRMaj vector = (given == null ? values.of(node) : given).copy();
            for (int e = 0; e < vector.getNumElements(); e++) {
                vector.data[e] = Comparison.randomWeight(random);
            }
            Node direction = Node.input("direction of " + node.describe(), node.shape());
            Node product = gradients.get(i).times(direction).sum();
            if (Graph.of(product).contains(direction)) {
                point.put(direction, vector);
            }
            sum = sum.plus(product);
        }
        Graph graph = Graph.of(sum);
        point.keySet().removeIf(leaf -> !graph.contains(leaf) && !wrt.contains(leaf));
        return sum.named("the gradient of " + cost.describe() + " along a random vector");
    }

    /** For example {@code gradient check of "J" 1×1 by "w" 3×1}. */
    @Override
    public String toString() {
        return (settings.order == 2 ? "gradient and Hessian check of " : "gradient check of ") + cost.describe()
                + " by "
                + (settings.wrt.isEmpty()
                        ? "all parameters"
                        : settings.wrt.stream().map(Node::describe).collect(Collectors.joining(", ")));
    }
}
