package org.gradgraph.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.check.Comparison.Measurement;
import org.gradgraph.check.GradientReport.Fault;
import org.gradgraph.check.GradientReport.Finding;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Sizes;

/** Checks every operation separately, and then at the sums between them. */
final class FaultLocalizer {
    /** Relative to what is added: a sum in another order differs by rounding only. */
    private static final double SUM = 1e-9;

    /**
     * Relative to the cotangent of the result: what a derivative loses that is a difference of numbers near 1, such as
     * {@code s·(1 − s)}, and that a more exact form of the same does not lose.
     */
    private static final double CANCELLED = 1e-14;

    private final PointCheck whole;
    private final Values values;
    private final Sizes sizes;
    private final CheckSettings derived;
    private final boolean wholeIsWrong;
    private final boolean everyEntry;
    private final Map<Node, double[]> sums = new HashMap<>();

    /** What is wrong. */
    final List<Finding> faults = new ArrayList<>();

    /** What is at a kink. */
    final List<Finding> kinks = new ArrayList<>();

    /** Where the differences are too coarse to decide. */
    final List<Finding> unresolved = new ArrayList<>();

    int rightOperations;
    long evaluations;

    /**
     * Looks for faults.
     *
     * @param whole the check of the whole gradient; if it does not match, something must be at fault
     * @param values the values of all nodes and cotangents
     * @param everyEntry whether every entry of every operation is compared, or only what holds whatever the cost is
     */
    FaultLocalizer(PointCheck whole, Values values, boolean everyEntry) {
        this.whole = whole;
        this.everyEntry = everyEntry;
        this.values = values;
        this.sizes = Values.sizes(whole.point);
        this.derived = whole.settings.withDerivedTolerance();
        this.wholeIsWrong = whole.verdict == Verdict.WRONG;
        List<Node> operations = whole.path.stream()
                .filter(node -> node.inputs().stream().anyMatch(whole.path::contains))
                .toList();
        for (int i = 0; i < operations.size(); i++) {
            Node node = operations.get(i);
            check(node, node.op().orElseThrow(), i);
            if (everyEntry) {
                derived.listener.progress("operations", i + 1, operations.size());
            }
        }
        if (faults.isEmpty() && everyEntry) {
            findWrongSum();
        }
    }

    private void check(Node node, Op op, int salt) {
        IsolatedOperation isolated = new IsolatedOperation(node, op, values, sizes);
        List<Node> operands =
                node.inputs().stream().filter(whole.path::contains).distinct().toList();
        long seed = derived.seed * 31 + salt;
        if (isolated.usesForeignNodes()) {
            faults.add(Finding.of(Fault.FOREIGN_NODE, node, 0, null));
            return;
        }
        if (!isolated.hasFiniteElement()) {
            return;
        }
        int faultsBefore = faults.size();
        int kinksBefore = kinks.size();
        boolean right = isRight(node, isolated, operands, seed);
        if (op instanceof Loop loop && faults.size() + kinks.size() > faultsBefore + kinksBefore) {
            LoopFaults inside = new LoopFaults(node, loop, values, sizes, derived);
            List<Finding> found = inside.first();
            replace(faults.subList(faultsBefore, faults.size()), found, Fault::isError);
            replace(kinks.subList(kinksBefore, kinks.size()), found, fault -> fault == Fault.KINK);
            evaluations += inside.evaluations();
        }
        rightOperations += right ? 1 : 0;
        if (everyEntry) {
            DMatrixRMaj real = whole.cotangent(node, values);
            addShares(node, isolated.shares(real), CANCELLED * CommonOps_DDRM.elementMaxAbs(real));
        }
        evaluations += isolated.evaluations();
    }

    private boolean isRight(Node node, IsolatedOperation isolated, List<Node> operands, long seed) {
        try {
            return (!everyEntry || compareEveryEntry(node, isolated, operands, seed))
                    && keepsObligations(node, isolated, operands, seed);
        } catch (IsolatedOperation.VjpFailedException failed) {
            faults.add(Finding.of(Fault.VJP_FAILS, node, 0, null));
            return false;
        }
    }

    /** What is known of a loop, by what is known of its body, if that is more than nothing. */
    private static void replace(List<Finding> ofLoop, List<Finding> ofBody, Predicate<Fault> kind) {
        List<Finding> better =
                ofBody.stream().filter(found -> kind.test(found.fault())).toList();
        if (!ofLoop.isEmpty() && !better.isEmpty()) {
            ofLoop.clear();
            ofLoop.addAll(better);
        }
    }

    private boolean compareEveryEntry(Node node, IsolatedOperation isolated, List<Node> operands, long seed) {
        DMatrixRMaj real = whole.cotangent(node, values);
        return (!wholeIsWrong || findNothingWrong(node, isolated.compare(operands, real, derived)))
                && report(node, isolated, isolated.compare(operands, isolated.randomCotangent(seed), derived));
    }

    private boolean keepsObligations(Node node, IsolatedOperation isolated, List<Node> operands, long seed) {
        Optional<VjpCheck.Breach> breach = new VjpCheck(isolated, operands, whole.settings, seed).first();
        breach.ifPresent(found -> {
            GradientReport.Entry worst = whole.entry(found.operand, found.entry);
            faults.add(Finding.of(found.fault, node, node.inputs().indexOf(found.operand) + 1, worst));
        });
        return breach.isEmpty();
    }

    /** Names the worst element of each operand that is wrong, with the numbers that it has in the whole. */
    private boolean findNothingWrong(Node node, Map<Node, List<Measurement>> byOperand) {
        int before = faults.size();
        byOperand.forEach((operand, entries) -> Measurement.worst(entries, Verdict.WRONG)
                .ifPresent(entry -> faults.add(finding(Fault.DERIVATIVE, node, operand, entry))));
        return faults.size() == before;
    }

    /** The same for a random cotangent, which hides nothing; notes kinks, and where the differences are too coarse. */
    private boolean report(Node node, IsolatedOperation isolated, Map<Node, List<Measurement>> byOperand) {
        boolean[] right = {findNothingWrong(node, byOperand)};
        List<Node> atKink = byOperand.keySet().stream()
                .filter(operand -> Measurement.worst(
                                byOperand.getOrDefault(operand, List.of()), Verdict.NOT_DIFFERENTIABLE)
                        .isPresent())
                .toList();
        if (right[0] && !atKink.isEmpty()) {
            outsideTogether(isolated, atKink).ifPresent(entry -> {
                faults.add(finding(Fault.TOGETHER, node, atKink.get(0), entry));
                right[0] = false;
            });
            if (!right[0]) {
                return false;
            }
        }
        byOperand.forEach((operand, entries) -> {
            Optional<Measurement> blunt = isolated.blunt(entries);
            Optional<Measurement> kink = Measurement.worst(entries, Verdict.NOT_DIFFERENTIABLE);
            if (Measurement.worst(entries, Verdict.WRONG).isPresent()) {
                return;
            }
            if (blunt.isPresent()) {
                unresolved.add(finding(Fault.UNRESOLVED, node, operand, blunt.get()));
                right[0] = false;
            } else if (kink.isPresent() && !knowsKink(node)) {
                kinks.add(finding(Fault.KINK, node, operand, kink.get()));
            }
        });
        return right[0];
    }

    /** A direction through operands of moderate size that contradicts the derivative. */
    private Optional<Measurement> outsideTogether(IsolatedOperation isolated, List<Node> atKink) {
        int entries = atKink.stream()
                .mapToInt(operand -> isolated.value(operand).getNumElements())
                .sum();
        return entries <= derived.everyEntryUpTo
                ? new JointSlopes(isolated, atKink, derived.seed).outside()
                : Optional.empty();
    }

    private boolean knowsKink(Node node) {
        return kinks.stream()
                .anyMatch(known ->
                        known.node().equals(node.describe()) && known.source().equals(node.source()));
    }

    private Finding finding(Fault fault, Node node, Node operand, Measurement entry) {
        return Finding.of(fault, node, node.inputs().indexOf(operand) + 1, whole.entry(operand, entry));
    }

    /** Beside each sum stands how far it may be off. */
    private void addShares(Node node, List<DMatrixRMaj> shares, double cancelled) {
        for (int k = 0; k < shares.size(); k++) {
            DMatrixRMaj share = shares.get(k);
            double[] sum = sums.computeIfAbsent(node.inputs().get(k), fresh -> new double[2 * share.getNumElements()]);
            for (int i = 0; i < share.getNumElements(); i++) {
                sum[2 * i] += share.data[i];
                sum[2 * i + 1] += SUM * Math.abs(share.data[i]) + cancelled;
            }
        }
    }

    /** The last node, seen from the leaves, whose cotangent is not the sum of what its uses give back. */
    private void findWrongSum() {
        List<Node> nodes = new ArrayList<>(whole.path);
        for (int n = nodes.size() - 1; n >= 0; n--) {
            Node node = nodes.get(n);
            DMatrixRMaj given = whole.cotangent(node, values);
            double[] sum = sums.getOrDefault(node, new double[2 * given.getNumElements()]);
            for (int i = 0; i < given.getNumElements() && !node.equals(whole.cost); i++) {
                double difference = Math.abs(given.data[i] - sum[2 * i]);
                if (Double.isFinite(difference) && difference > sum[2 * i + 1]) {
                    DerivativeEstimate expected = DerivativeEstimate.exactly(sum[2 * i]);
                    Measurement entry = new Measurement(
                            new int[] {i}, new double[] {1}, given.numCols, given.data[i], expected, sum[2 * i + 1]);
                    faults.add(Finding.of(Fault.ACCUMULATION, node, 0, whole.entry(node, entry)));
                    return;
                }
            }
        }
    }
}
