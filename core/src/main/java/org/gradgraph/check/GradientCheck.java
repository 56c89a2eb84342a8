package org.gradgraph.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
 * matrices are moved along random directions, and then by bisection to the entries that are wrong. If the whole does not
 * match, each operation is checked by itself, and the guilty one is named with its line of Java.
 *
 * <pre>{@code
 * GradientCheck.of(cost).at(Feeds.of(x, data).and(w, w0)).verify();       // throws AssertionError if wrong
 * }</pre>
 *
 * <p>Where the cost has a corner, the derivative must lie between the slopes of both sides; that is no failure. Immutable:
 * each method gives a new check.
 */
public final class GradientCheck {
    private final Node cost;
    private final List<Node> wrt;
    private final List<Feeds> points;
    private final Settings settings;
    private final Differentiation differentiation;
    private final ProgressListener listener;

    private GradientCheck(
            Node cost,
            List<Node> wrt,
            List<Feeds> points,
            Settings settings,
            Differentiation differentiation,
            ProgressListener listener) {
        this.cost = cost;
        this.wrt = wrt;
        this.points = points;
        this.settings = settings;
        this.differentiation = differentiation;
        this.listener = listener;
    }

    /** A check of the gradient of a 1×1 node with respect to all parameters. */
    public static GradientCheck of(Node cost) {
        Require.given(cost, "GradientCheck.of: the cost");
        return new GradientCheck(
                cost,
                List.of(),
                List.of(Feeds.none()),
                Settings.DEFAULT,
                Differentiation.usual(),
                (what, done, total) -> {});
    }

    /** The same check with respect to these nodes: inputs, parameters, or inner ones. */
    public GradientCheck withRespectTo(Node... nodes) {
        List<Node> chosen = Require.nodes("GradientCheck.withRespectTo", nodes);
        return new GradientCheck(cost, chosen, points, settings, differentiation, listener);
    }

    /** The same check at one or several points: values for all inputs and parameters. */
    public GradientCheck at(Feeds... point) {
        List<Feeds> given = Arrays.asList(Require.given(point, "GradientCheck.at: the list of points"));
        given.forEach(feeds -> Require.given(feeds, "GradientCheck.at: a point"));
        if (given.isEmpty()) {
            throw new IllegalArgumentException("GradientCheck.at without a point; give at least one Feeds");
        }
        return new GradientCheck(cost, wrt, List.copyOf(given), settings, differentiation, listener);
    }

    /** Order 1 checks the gradient; order 2 also checks the Hessian, times a random vector. */
    public GradientCheck order(int order) {
        return with(settings.withOrder(order));
    }

    /** An entry passes if it differs by at most this share of the derivative, instead of the derived tolerance. */
    public GradientCheck relative(double tolerance) {
        return with(settings.withRelative(tolerance));
    }

    /** An entry passes if it differs by at most this, instead of the derived tolerance; added to a relative one. */
    public GradientCheck absolute(double tolerance) {
        return with(settings.withAbsolute(tolerance));
    }

    /** The seed of all random directions and vectors; reports print it. It is 1 if not given. */
    public GradientCheck seed(long seed) {
        return with(settings.withSeed(seed));
    }

    /** Matrices of at most so many entries are checked entry by entry, larger ones along directions; 256 if not given. */
    public GradientCheck everyEntryUpTo(int entries) {
        return with(settings.withEveryEntryUpTo(entries));
    }

    /** How many random directions larger matrices are moved along; 4 if not given. */
    public GradientCheck directions(int number) {
        return with(settings.withDirections(number));
    }

    /** The same check, telling somebody how far it is. */
    public GradientCheck listener(ProgressListener progress) {
        Require.given(progress, "GradientCheck.listener: the listener");
        return new GradientCheck(cost, wrt, points, settings, differentiation, progress);
    }

    /** For tests of the check itself. */
    GradientCheck differentiatedBy(Differentiation other) {
        return new GradientCheck(cost, wrt, points, settings, other, listener);
    }

    private GradientCheck with(Settings changed) {
        return new GradientCheck(cost, wrt, points, changed, differentiation, listener);
    }

    /**
     * Checks, and throws if something is wrong.
     *
     * @throws AssertionError with the report: who is to blame, the worst entries, their analytic and numeric values
     * @throws IllegalArgumentException if there is no parameter, or a node is no part of the cost
     * @throws NoGradientException if the cost is not 1×1, or an operation has no vjp or one of the wrong shape
     * @throws IllegalStateException if an input or parameter has no value
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
     * @throws IllegalArgumentException if there is no parameter, or a node is no part of the cost
     * @throws NoGradientException if the cost is not 1×1, or an operation has no vjp or one of the wrong shape
     * @throws IllegalStateException if an input or parameter has no value
     */
    public GradientReport report() {
        long start = System.nanoTime();
        List<Node> chosen = chosen();
        Found found = new Found();
        for (int k = 0; k < points.size() && found.verdict.passes(); k++) {
            Map<Node, DMatrixRMaj> point = points.get(k).asMap();
            found.add(check(cost, chosen, point), chosen, k, 1);
            if (settings.order() == 2 && found.verdict.passes()) {
                Map<Node, DMatrixRMaj> more = new LinkedHashMap<>(point);
                Node second = alongRandomVector(chosen, more);
                Graph graph = Graph.of(second);
                more.keySet().removeIf(leaf -> !graph.contains(leaf) && !chosen.contains(leaf));
                found.add(check(second, chosen, more), chosen, k, 2);
            }
        }
        return new GradientReport(
                found.verdict,
                cost.describe(),
                cost.source(),
                found.entries,
                found.blames,
                found.rightOperations,
                found.nonFinite,
                notes(chosen, found),
                points.size(),
                found.evaluations,
                Duration.ofNanos(System.nanoTime() - start),
                settings.seed());
    }

    private List<Node> chosen() {
        List<Node> chosen =
                wrt.isEmpty() ? Graph.of(cost).nodes(Node.Kind.PARAMETER) : new ArrayList<>(new LinkedHashSet<>(wrt));
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    cost.describe() + " has no parameter; name the nodes to differentiate by: withRespectTo(x)");
        }
        Graph graph = Graph.of(cost);
        for (Node node : chosen) {
            if (!graph.contains(node)) {
                throw new IllegalArgumentException(node.describe() + ", made at " + node.source() + ", is no part of "
                        + cost.describe() + ", made at " + cost.source()
                        + "; use the very node the cost is made of (named() makes a copy)");
            }
        }
        return chosen;
    }

    private List<String> notes(List<Node> chosen, Found found) {
        List<String> notes = new ArrayList<>();
        for (GradientReach.Parameter parameter :
                GradientReach.of(cost, chosen.toArray(Node[]::new)).parameters()) {
            if (parameter.reach() != GradientReach.Reach.REACHED) {
                notes.add(parameter.toString());
            }
        }
        if (notes.isEmpty() && found.verdict == Verdict.RIGHT && found.isAllZero()) {
            notes.add("every derivative is 0 here; another point tells more");
        }
        return notes;
    }

    private PointCheck check(Node output, List<Node> chosen, Map<Node, DMatrixRMaj> point) {
        PointCheck check = new PointCheck(output, chosen, point, settings, differentiation, listener);
        check.run();
        return check;
    }

    /** The gradient times a vector, whose gradient is the Hessian times that vector. */
    private Node alongRandomVector(List<Node> chosen, Map<Node, DMatrixRMaj> point) {
        Random random = new Random(settings.seed());
        Values values = Values.of(Graph.of(cost), point);
        Node sum = Node.constant(0);
        List<Node> gradients = differentiation.gradient(cost, chosen);
        for (int i = 0; i < chosen.size(); i++) {
            Node node = chosen.get(i);
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
        return sum.named("the gradient of " + cost.describe() + " along a random vector");
    }

    /** What all points have told so far. */
    private static final class Found {
        private Verdict verdict = Verdict.RIGHT;
        private final List<GradientReport.Entry> entries = new ArrayList<>();
        private final List<Blame> blames = new ArrayList<>();
        private int rightOperations;
        private String nonFinite = "";
        private long evaluations;

        boolean isAllZero() {
            return entries.stream().allMatch(entry -> entry.analytic() == 0 && entry.numeric() == 0);
        }

        void add(PointCheck check, List<Node> wrt, int point, int order) {
            verdict = PointCheck.worse(verdict, check.verdict);
            if (order == 1 && !check.comparesSomething()) {
                verdict = PointCheck.worse(verdict, Verdict.INCONCLUSIVE);
            }
            blames.addAll(check.blames);
            rightOperations += check.rightOperations;
            nonFinite += check.nonFinite.map(Object::toString).orElse("");
            evaluations += check.evaluations;
            for (Node node : wrt) {
                for (Measured measured : check.measured.getOrDefault(node, List.of())) {
                    entries.add(entry(node, measured, point, order));
                }
            }
        }

        private static GradientReport.Entry entry(Node node, Measured measured, int point, int order) {
            int columns = measured.columns;
            int index = measured.isEntry() ? measured.indices[0] : -1;
            return new GradientReport.Entry(
                    node.describe(),
                    point,
                    order,
                    index < 0 ? -1 : index / columns,
                    index < 0 ? -1 : index % columns,
                    measured.analytic,
                    measured.slope.value(),
                    measured.tolerance,
                    measured.verdict(),
                    measured.slope.left(),
                    measured.slope.right());
        }
    }
}
