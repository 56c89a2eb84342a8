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

/** The check of one cost at one point: the whole first, and operation by operation if that leaves a question. */
final class PointCheck {
    /** A tolerance above this share of all derivatives could hide an error, so every operation is checked as well. */
    private static final double BLUNT = 1e-3;

    private final Node cost;
    private final List<Node> wrt;
    private final Map<Node, DMatrixRMaj> point;
    private final Settings settings;
    private final Differentiation differentiation;
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
        this.differentiation = differentiation;
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

    /** Whether what moves can move the cost; if not, every slope is 0 and nothing is compared. */
    boolean comparesSomething() {
        return path.contains(cost);
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
        compareWhole(values, run);
        if (verdict != Verdict.RIGHT || isBlunt()) {
            blame(values);
        }
    }

    private void blame(Values values) {
        Blaming blaming = new Blaming(
                cost,
                path,
                values,
                Values.sizes(point),
                node -> cotangent(node, values),
                settings,
                listener,
                verdict == Verdict.WRONG);
        blaming.run();
        evaluations += blaming.evaluations;
        rightOperations = blaming.rightOperations;
        if (blaming.faults.isEmpty() && verdict == Verdict.WRONG) {
            findWrongProgram(values, blaming.faults);
        }
        if (!blaming.faults.isEmpty()) {
            verdict = Verdict.WRONG;
            blames.addAll(blaming.faults);
        } else if (!blaming.unresolved.isEmpty()) {
            verdict = verdict == Verdict.NOT_FINITE ? verdict : Verdict.INCONCLUSIVE;
            blames.addAll(blaming.unresolved);
        } else if (!blaming.kinks.isEmpty() && verdict != Verdict.NOT_FINITE) {
            verdict = Verdict.NOT_DIFFERENTIABLE;
            blames.addAll(blaming.kinks);
        } else if (verdict == Verdict.WRONG) {
            verdict = Verdict.INCONCLUSIVE;
        } else if (verdict == Verdict.INCONCLUSIVE) {
            verdict = Verdict.RIGHT;
        }
    }

    /** Where the gradient as composed agrees with the differences, and the one that a program gives does not. */
    private void findWrongProgram(Values values, List<Blame> faults) {
        for (Node node : wrt) {
            DMatrixRMaj composed = cotangent(node, values);
            for (Measured entry : measured.getOrDefault(node, List.of())) {
                if (entry.verdict() == Verdict.WRONG
                        && entry.isEntry()
                        && entry.slope.agreesWith(composed.data[entry.indices[0]], entry.tolerance)) {
                    faults.add(Blame.of(Blame.Fault.PROGRAM, node, 0, "", entry));
                    return;
                }
            }
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

    private void compareWhole(Values values, Run run) {
        Replacement replacement = new Replacement(cost, wrt, point, values);
        RootSum noise = new RootSum();
        for (Node node : path) {
            noise.add(RoundingError.of(values.of(node), cotangent(node, values)));
            List<Node> moving = node.inputs().stream().filter(path::contains).toList();
            noise.add(RoundingError.inside(
                    node,
                    moving.stream().map(values::of).toList(),
                    moving.stream().map(input -> cotangent(input, values)).toList()));
        }
        Results results =
                new Results(replacement.cost(), replacement.point(), new double[] {1}, new double[1], noise.value());
        Comparison comparison = new Comparison(settings, results);
        for (int i = 0; i < wrt.size(); i++) {
            Node node = wrt.get(i);
            Node leaf = replacement.leafFor(node);
            DMatrixRMaj value = leaf.equals(node) ? fed(node) : values.of(node);
            List<Measured> entries =
                    comparison.compare(leaf, value, differentiation.value(node, run, cotangent(node, values)), i);
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
        if (!settings.hasDerivedTolerance()) {
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
}
