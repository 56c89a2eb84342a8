package org.gradgraph.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.NonFinite;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Sizes;

/** The check of one cost at one point: the whole first, and operation by operation if that leaves a question. */
final class PointCheck {
    /** A tolerance above this share of all derivatives could hide an error, so every operation is checked as well. */
    private static final double BLUNT = 1e-3;

    private final Node cost;
    private final List<Node> wrt;
    private final Map<Node, DMatrixRMaj> point;
    private final Settings settings;
    private final ProgressListener listener;
    private final Graph graph;
    private final Set<Node> path;
    private final Map<Node, Node> cotangentOf = new HashMap<>();

    final List<Blame> blames = new ArrayList<>();
    final Map<Node, List<Measured>> measured = new HashMap<>();
    Optional<NonFinite> nonFinite = Optional.empty();
    Verdict verdict = Verdict.RIGHT;
    int rightOperations;
    long evaluations;

    PointCheck(
            Node cost,
            List<Node> wrt,
            Map<Node, DMatrixRMaj> point,
            Settings settings,
            Differentiation differentiation,
            ProgressListener listener) {
        this.cost = cost;
        this.wrt = wrt;
        this.point = point;
        this.settings = settings;
        this.listener = listener;
        this.graph = Graph.of(cost);
        this.path = path(graph, wrt);
        List<Node> chosen = new ArrayList<>(new LinkedHashSet<>(wrt));
        path.stream().filter(node -> !wrt.contains(node)).forEach(chosen::add);
        List<Node> cotangents = differentiation.gradient(cost, chosen);
        for (int i = 0; i < chosen.size(); i++) {
            cotangentOf.put(chosen.get(i), cotangents.get(i));
        }
    }

    /** The nodes that change when one of the chosen ones moves. */
    private static Set<Node> path(Graph graph, List<Node> wrt) {
        Set<Node> path = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            boolean moves = node.inputs().stream().anyMatch(path::contains) && !Replacement.isStopped(node);
            if (moves || wrt.contains(node)) {
                path.add(node);
            }
        }
        return path;
    }

    void run() {
        Run run = Program.of(cost).withGradients(wrt).newRun();
        point.forEach(run::set);
        run.forward().backward();
        boolean finite = Double.isFinite(run.scalar(cost));
        for (Node node : wrt) {
            finite &= Values.firstNonFinite(run.gradient(node)) < 0;
        }
        if (!finite) {
            verdict = Verdict.NOT_FINITE;
            nonFinite = run.firstNonFinite();
            return;
        }
        List<Node> all = new ArrayList<>(graph.nodes());
        all.addAll(cotangentOf.values());
        Graph everything = Graph.of(all);
        Values values = Values.of(everything, point);
        List<Node> unstable = values.firstDifference(everything, afterAnotherPoint(everything));
        evaluations += 3;
        if (!unstable.isEmpty()) {
            verdict = Verdict.NOT_REPEATABLE;
            blames.add(Blame.of(Blame.Fault.NOT_REPEATABLE, unstable.get(0)));
            return;
        }
        compareWhole(values);
        if (verdict != Verdict.RIGHT || isBlunt()) {
            new Blaming(values).run();
        }
    }

    /** The same values again, from a run that has seen another point before: a stale value shows. */
    private Values afterAnotherPoint(Graph everything) {
        Map<Node, DMatrixRMaj> other = new HashMap<>(point);
        for (Node node : wrt) {
            DMatrixRMaj value = point.get(node);
            if (value != null) {
                DMatrixRMaj shifted = value.copy();
                for (int i = 0; i < shifted.getNumElements(); i++) {
                    shifted.data[i] += 0x1p-10 * Math.max(1, Math.abs(shifted.data[i]));
                }
                other.put(node, shifted);
            }
        }
        Run run = Program.of(everything.nodes()).newRun();
        Values.of(everything, run, other);
        return Values.of(everything, run, point);
    }

    private void compareWhole(Values values) {
        Replacement replacement = new Replacement(cost, wrt, point, values);
        double variance = 0;
        for (Node node : path) {
            variance += RoundingError.variance(node, values.of(node), cotangent(node, values));
            List<Node> moving = node.inputs().stream().filter(path::contains).toList();
            variance += RoundingError.varianceInside(
                    node,
                    moving.stream().map(values::of).toList(),
                    moving.stream().map(input -> cotangent(input, values)).toList());
        }
        Results results = new Results(
                replacement.cost(), replacement.point(), new double[] {1}, new double[1], Math.sqrt(variance));
        Comparison comparison = new Comparison(settings, results);
        for (int i = 0; i < wrt.size(); i++) {
            Node node = wrt.get(i);
            Node leaf = replacement.leafFor(node);
            DMatrixRMaj value = leaf.equals(node) ? fed(node) : values.of(node);
            List<Measured> entries = comparison.compare(leaf, value, cotangent(node, values), i);
            measured.put(node, entries);
            entries.forEach(entry -> verdict = worse(verdict, entry.verdict()));
            listener.progress(node.describe(), i + 1, wrt.size());
        }
        evaluations += results.evaluations();
    }

    private DMatrixRMaj fed(Node node) {
        DMatrixRMaj value = point.get(node);
        if (value == null) {
            throw new IllegalStateException(
                    node.describe() + ", made at " + node.source() + ", has no value; give it one in at(feeds)");
        }
        return value;
    }

    private DMatrixRMaj cotangent(Node node, Values values) {
        Node cotangent = cotangentOf.get(node);
        if (cotangent == null) {
            throw new IllegalStateException("no cotangent of " + node.describe());
        }
        return values.of(cotangent);
    }

    static Verdict worse(Verdict a, Verdict b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private boolean isBlunt() {
        if (!Double.isNaN(settings.relative()) || !Double.isNaN(settings.absolute())) {
            return false;
        }
        double largest = 0;
        double tolerance = 0;
        for (List<Measured> entries : measured.values()) {
            for (Measured entry : entries) {
                largest = Math.max(largest, Math.abs(entry.analytic));
                tolerance = Math.max(tolerance, entry.tolerance);
            }
        }
        return tolerance > BLUNT * largest;
    }

    /** Looks at every operation by itself, and then at the sums between them. */
    private final class Blaming {
        private final Values values;
        private final Sizes sizes = Values.sizes(point);
        private final Settings derived = new Settings(
                1, settings.seed(), settings.everyEntryUpTo(), settings.directions(), Double.NaN, Double.NaN);
        private final List<Blame> kinks = new ArrayList<>();
        private final Map<Node, double[]> sums = new HashMap<>();

        Blaming(Values values) {
            this.values = values;
        }

        void run() {
            List<Node> operations = path.stream()
                    .filter(node -> node.inputs().stream().anyMatch(path::contains))
                    .toList();
            for (int i = 0; i < operations.size(); i++) {
                Node node = operations.get(i);
                check(node, node.op().orElseThrow(), i);
                listener.progress("operations", i + 1, operations.size());
            }
            rightOperations = operations.size()
                    - (int) blames.stream().map(Blame::node).distinct().count();
            if (blames.isEmpty() && verdict == Verdict.WRONG) {
                findWrongSum();
            }
            if (!blames.isEmpty()) {
                verdict = Verdict.WRONG;
            } else if (!kinks.isEmpty()) {
                verdict = Verdict.NOT_DIFFERENTIABLE;
                blames.addAll(kinks);
            }
        }

        private void check(Node node, Op op, int salt) {
            IsolatedOperation isolated = new IsolatedOperation(node, op, values, sizes);
            List<Node> operands =
                    node.inputs().stream().filter(path::contains).distinct().toList();
            DMatrixRMaj random = isolated.randomCotangent(settings.seed() * 31 + salt);
            if (!report(node, isolated.compare(operands, random, derived)) && verdict == Verdict.WRONG) {
                report(node, isolated.compare(operands, cotangent(node, values), derived));
            }
            addShares(node, isolated.shares(cotangent(node, values)));
            evaluations += isolated.evaluations();
        }

        /** Names the worst element of each wrong operand; says whether there was one. */
        private boolean report(Node node, Map<Node, List<Measured>> byOperand) {
            boolean wrong = false;
            for (int k = 0; k < node.inputs().size(); k++) {
                Node operand = node.inputs().get(k);
                if (!byOperand.containsKey(operand) || node.inputs().indexOf(operand) != k) {
                    continue;
                }
                Optional<Measured> worst = worst(byOperand.get(operand), Verdict.WRONG);
                wrong |= worst.isPresent();
                if (worst.isPresent()) {
                    blames.add(blame(Blame.Fault.DERIVATIVE, node, k, worst.get()));
                } else {
                    Optional<Measured> kink = worst(byOperand.get(operand), Verdict.NOT_DIFFERENTIABLE);
                    if (kink.isPresent()
                            && kinks.stream()
                                    .noneMatch(known -> known.node().equals(node.describe())
                                            && known.source().equals(node.source()))) {
                        kinks.add(blame(Blame.Fault.KINK, node, k, kink.get()));
                    }
                }
            }
            return wrong;
        }

        private static Optional<Measured> worst(List<Measured> entries, Verdict verdict) {
            return entries.stream()
                    .filter(entry -> entry.verdict() == verdict)
                    .max((a, b) -> a.isEntry() == b.isEntry()
                            ? Double.compare(a.badness(), b.badness())
                            : Boolean.compare(a.isEntry(), b.isEntry()));
        }

        private Blame blame(Blame.Fault fault, Node node, int k, Measured entry) {
            Node operand = node.inputs().get(k);
            int columns = values.of(operand).numCols;
            int row = entry.isEntry() ? entry.indices[0] / columns : -1;
            int column = entry.isEntry() ? entry.indices[0] % columns : -1;
            double numeric = entry.slope.value();
            return Blame.of(
                    fault, node, k + 1, operand.describe(), row, column, entry.analytic, numeric, entry.tolerance);
        }

        private void addShares(Node node, List<DMatrixRMaj> shares) {
            for (int k = 0; k < shares.size(); k++) {
                DMatrixRMaj share = shares.get(k);
                double[] sum =
                        sums.computeIfAbsent(node.inputs().get(k), fresh -> new double[2 * share.getNumElements()]);
                for (int i = 0; i < share.getNumElements(); i++) {
                    sum[2 * i] += share.data[i];
                    sum[2 * i + 1] += Math.abs(share.data[i]);
                }
            }
        }

        /** The last node, seen from the leaves, whose cotangent is not the sum of what its uses give back. */
        private void findWrongSum() {
            List<Node> nodes = new ArrayList<>(path);
            for (int n = nodes.size() - 1; n >= 0; n--) {
                Node node = nodes.get(n);
                DMatrixRMaj given = cotangent(node, values);
                double[] sum = sums.getOrDefault(node, new double[2 * given.getNumElements()]);
                for (int i = 0; i < given.getNumElements() && !node.equals(cost); i++) {
                    if (!(Math.abs(given.data[i] - sum[2 * i]) <= 1e-9 * sum[2 * i + 1])) {
                        int row = i / given.numCols;
                        int column = i % given.numCols;
                        blames.add(Blame.of(
                                Blame.Fault.ACCUMULATION, node, 0, "", row, column, given.data[i], sum[2 * i], 0));
                        return;
                    }
                }
            }
        }
    }
}
