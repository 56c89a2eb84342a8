package org.gradgraph.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.gradgraph.check.Comparison.Measurement;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.exec.NonFinite;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;

/** The check of one cost at one point: the whole first, and operation by operation if that leaves a question. */
final class PointCheck {
    /** A tolerance above this share of all derivatives could hide an error, so every operation is checked as well. */
    private static final double BLUNT = 1e-3;

    final Node cost;
    final Map<Node, DMatrixRMaj> point;
    final CheckSettings settings;

    /** The nodes that move, operands before what uses them. */
    final Set<Node> path = new LinkedHashSet<>();

    private final List<Node> wrt;
    private final int number;
    private final int order;
    private final Graph graph;
    private final Map<Node, Node> cotangentOf = new LinkedHashMap<>();

    final List<Finding> findings = new ArrayList<>();
    private final Map<Node, List<Measurement>> measured = new LinkedHashMap<>();
    String nonFinite = "";
    Verdict verdict = Verdict.RIGHT;
    int rightOperations;
    long evaluations;

    /**
     * Checks.
     *
     * @param number which point, counted from 0
     * @param order 1 for the gradient of the user's cost, 2 for that of the gradient along a vector
     */
    PointCheck(Node cost, List<Node> wrt, Map<Node, DMatrixRMaj> point, CheckSettings settings, int number, int order) {
        this.number = number;
        this.order = order;
        this.cost = cost;
        this.wrt = wrt;
        this.point = point;
        this.settings = settings;
        this.graph = Graph.of(cost);
        for (Node node : graph.nodes()) {
            boolean moves = node.inputs().stream().anyMatch(path::contains) && !Replacement.isStopped(node);
            if (moves || wrt.contains(node)) {
                path.add(node);
            }
        }
        Set<Node> chosen = new LinkedHashSet<>(wrt);
        chosen.addAll(path);
        List<Node> nodes = List.copyOf(chosen);
        List<Node> cotangents = settings.differentiation.gradient(cost, nodes);
        for (int i = 0; i < nodes.size(); i++) {
            cotangentOf.put(nodes.get(i), cotangents.get(i));
        }
        run();
        boolean nothingCompared = order == 1 && !path.contains(cost);
        verdict = nothingCompared ? verdict.orWorse(Verdict.INCONCLUSIVE) : verdict;
    }

    private void run() {
        Run run = Program.of(cost).withGradients(wrt).newRun();
        graph.nodes().stream()
                .filter(node -> node.op().isEmpty() && !point.containsKey(node))
                .forEach(this::fed);
        point.forEach(run::set);
        run.forward().backward();
        boolean finite = Double.isFinite(run.scalar(cost))
                && wrt.stream().noneMatch(node -> MatrixFeatures_DDRM.hasUncountable(run.gradient(node)));
        if (!finite) {
            verdict = Verdict.NOT_FINITE;
            nonFinite = run.firstNonFinite().map(NonFinite::toString).orElse("");
            return;
        }
        List<Node> all = new ArrayList<>(graph.nodes());
        all.addAll(cotangentOf.values());
        Graph everything = Graph.of(all);
        Values values = Values.of(everything, point);
        Optional<Finding> modifying = new ModifiedOperands(point, values).first(everything);
        if (modifying.isPresent()) {
            verdict = Verdict.WRONG;
            findings.add(modifying.get());
            return;
        }
        Optional<Node> unstable = values.firstDifference(everything, afterAnotherPoint(everything));
        evaluations += 3;
        if (unstable.isPresent()) {
            verdict = Verdict.NOT_REPEATABLE;
            findings.add(Finding.of(Fault.NOT_REPEATABLE, unstable.get(), 0, null));
            return;
        }
        compareWhole(values, run);
        localizeFaults(values, verdict != Verdict.RIGHT || isBlunt());
    }

    private void localizeFaults(Values values, boolean everyEntry) {
        FaultLocalizer localizer = new FaultLocalizer(this, values, everyEntry);
        evaluations += localizer.evaluations;
        rightOperations = everyEntry ? localizer.rightOperations : 0;
        if (localizer.faults.isEmpty() && verdict == Verdict.WRONG) {
            findWrongProgram(values, localizer.faults);
        }
        if (!localizer.faults.isEmpty()) {
            verdict = Verdict.WRONG;
            findings.addAll(localizer.faults);
        } else if (!localizer.unresolved.isEmpty()) {
            verdict = verdict == Verdict.NOT_FINITE ? verdict : Verdict.INCONCLUSIVE;
            findings.addAll(localizer.unresolved);
        } else if (!localizer.kinks.isEmpty() && verdict == Verdict.WRONG) {
            // Each operation keeps its convention, but the whole is the judge: its slopes agree, the gradient does not.
            localizer.kinks.forEach(kink -> findings.add(kink.as(Fault.CONVENTIONS)));
        } else if (!localizer.kinks.isEmpty() && verdict != Verdict.NOT_FINITE) {
            verdict = Verdict.NOT_DIFFERENTIABLE;
            findings.addAll(localizer.kinks);
        } else if (verdict == Verdict.WRONG) {
            verdict = Verdict.INCONCLUSIVE;
        } else if (verdict == Verdict.INCONCLUSIVE) {
            verdict = Verdict.RIGHT;
        }
    }

    /** Where the gradient as composed agrees with the differences, and the one that a program gives does not. */
    private void findWrongProgram(Values values, List<Finding> faults) {
        measured.forEach((node, entries) -> {
            DMatrixRMaj composed = cotangent(node, values);
            entries.stream()
                    .filter(entry -> entry.verdict() == Verdict.WRONG && entry.isEntry())
                    .filter(entry -> entry.agreesWith(composed))
                    .limit(faults.isEmpty() ? 1 : 0)
                    .forEach(entry -> faults.add(Finding.of(Fault.PROGRAM, node, 0, entry(node, entry))));
        });
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
        RoundingError noise = new RoundingError();
        for (Node node : path) {
            List<Node> moving = node.inputs().stream().filter(path::contains).toList();
            noise.addRounded(values.of(node), cotangent(node, values))
                    .addInside(
                            node,
                            moving.stream().map(values::of).toList(),
                            moving.stream()
                                    .map(input -> cotangent(input, values))
                                    .toList());
        }
        PerturbedFunction function = new PerturbedFunction(
                replacement.cost(), replacement.point(), new double[] {1}, new double[1], noise.value(), false);
        for (int i = 0; i < wrt.size(); i++) {
            Node node = wrt.get(i);
            Node leaf = replacement.leafFor(node);
            DMatrixRMaj value = leaf.equals(node) ? fed(node) : values.of(node);
            DMatrixRMaj analytic = settings.differentiation.value(node, run, cotangent(node, values));
            List<Measurement> entries = new Comparison(settings, function, leaf, value, analytic).compare(i);
            measured.put(node, entries);
            entries.forEach(entry -> verdict = verdict.orWorse(entry.verdict()));
            settings.listener.progress(node.describe(), i + 1, wrt.size());
        }
        evaluations += function.evaluations();
    }

    private DMatrixRMaj fed(Node node) {
        DMatrixRMaj value = point.get(node);
        if (value == null) {
            throw new IllegalStateException(node.describe() + ", made at " + node.source()
                    + ", has no value; give it one in GradientCheck.at(feeds)");
        }
        return value;
    }

    List<GradientReport.Entry> entries() {
        List<GradientReport.Entry> entries = new ArrayList<>();
        measured.forEach((node, some) -> some.forEach(each -> entries.add(entry(node, each))));
        return entries;
    }

    GradientReport.Entry entry(Node node, Measurement measurement) {
        return measurement.entry(node.describe(), number, order);
    }

    DMatrixRMaj cotangent(Node node, Values values) {
        Node cotangent = cotangentOf.get(node);
        if (cotangent == null) {
            throw new IllegalStateException("no cotangent of " + node.describe());
        }
        return values.of(cotangent);
    }

    private boolean isBlunt() {
        double largest = 0;
        double tolerance = 0;
        for (List<Measurement> entries : measured.values()) {
            for (Measurement entry : entries) {
                largest = Math.max(largest, Math.abs(entry.analytic));
                tolerance = Math.max(tolerance, entry.tolerance);
            }
        }
        return settings.hasDerivedTolerance() && tolerance > Math.max(BLUNT * largest, DerivativeEstimate.SMALLEST);
    }
}
