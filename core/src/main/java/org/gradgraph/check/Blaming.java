package org.gradgraph.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Sizes;

/** Looks at every operation by itself, and then at the sums between them. */
final class Blaming {
    /** Relative to what is added: a sum in another order differs by rounding only. */
    private static final double SUM = 1e-9;

    /**
     * Relative to the cotangent of the result: what a derivative loses that is a difference of numbers near 1, such as
     * {@code s·(1 − s)}, and that a more exact form of the same does not lose.
     */
    private static final double CANCELLED = 1e-14;

    private final Node cost;
    private final Set<Node> path;
    private final Values values;
    private final Sizes sizes;
    private final Function<Node, DMatrixRMaj> cotangents;
    private final Settings derived;
    private final ProgressListener listener;
    private final boolean wholeIsWrong;
    private final Map<Node, double[]> sums = new HashMap<>();

    /** What is wrong. */
    final List<Blame> faults = new ArrayList<>();

    /** What is at a kink. */
    final List<Blame> kinks = new ArrayList<>();

    /** What the differences say nothing about. */
    final List<Blame> unresolved = new ArrayList<>();

    int rightOperations;
    long evaluations;

    /**
     * For one cost at one point.
     *
     * @param cost the cost
     * @param path the nodes that move, operands before what uses them
     * @param values the values of all nodes
     * @param sizes the sizes of the symbolic dimensions
     * @param cotangents the value of the cotangent of each node of the path
     * @param settings of the whole check; a tolerance in words is for the whole only
     * @param listener who is told
     * @param wholeIsWrong whether the whole does not match, so that somebody must be at fault
     */
    Blaming(
            Node cost,
            Set<Node> path,
            Values values,
            Sizes sizes,
            Function<Node, DMatrixRMaj> cotangents,
            Settings settings,
            ProgressListener listener,
            boolean wholeIsWrong) {
        this.cost = cost;
        this.path = path;
        this.values = values;
        this.sizes = sizes;
        this.cotangents = cotangents;
        this.derived = settings.withDerivedTolerance();
        this.listener = listener;
        this.wholeIsWrong = wholeIsWrong;
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
        if (faults.isEmpty()) {
            findWrongSum();
        }
    }

    private void check(Node node, Op op, int salt) {
        IsolatedOperation isolated = new IsolatedOperation(node, op, values, sizes);
        List<Node> operands =
                node.inputs().stream().filter(path::contains).distinct().toList();
        DMatrixRMaj random = isolated.randomCotangent(derived.seed() * 31 + salt);
        DMatrixRMaj real = cotangents.apply(node);
        boolean right = (!wholeIsWrong || findNothingWrong(node, isolated.compare(operands, real, derived)))
                && report(node, isolated, isolated.compare(operands, random, derived));
        rightOperations += right ? 1 : 0;
        addShares(node, isolated.shares(real), CANCELLED * CommonOps_DDRM.elementMaxAbs(real));
        evaluations += isolated.evaluations();
    }

    /** Names the worst element of each operand that is wrong, with the numbers that it has in the whole. */
    private boolean findNothingWrong(Node node, Map<Node, List<Measured>> byOperand) {
        int before = faults.size();
        byOperand.forEach((operand, entries) -> worst(entries, Verdict.WRONG)
                .ifPresent(entry -> faults.add(blame(Blame.Fault.DERIVATIVE, node, operand, entry))));
        return faults.size() == before;
    }

    /** The same for a random cotangent, which hides nothing; notes kinks, and what the differences say nothing about. */
    private boolean report(Node node, IsolatedOperation isolated, Map<Node, List<Measured>> byOperand) {
        boolean[] right = {findNothingWrong(node, byOperand)};
        byOperand.forEach((operand, entries) -> {
            Optional<Measured> blunt = isolated.blunt(entries);
            Optional<Measured> kink = worst(entries, Verdict.NOT_DIFFERENTIABLE);
            if (worst(entries, Verdict.WRONG).isPresent()) {
                return;
            }
            if (blunt.isPresent()) {
                unresolved.add(blame(Blame.Fault.UNRESOLVED, node, operand, blunt.get()));
                right[0] = false;
            } else if (kink.isPresent() && !knowsKink(node)) {
                kinks.add(blame(Blame.Fault.KINK, node, operand, kink.get()));
            }
        });
        return right[0];
    }

    private boolean knowsKink(Node node) {
        return kinks.stream()
                .anyMatch(known ->
                        known.node().equals(node.describe()) && known.source().equals(node.source()));
    }

    private static Optional<Measured> worst(List<Measured> entries, Verdict verdict) {
        return entries.stream().filter(entry -> entry.verdict() == verdict).max(Measured::compareBadness);
    }

    private static Blame blame(Blame.Fault fault, Node node, Node operand, Measured entry) {
        return Blame.of(fault, node, node.inputs().indexOf(operand) + 1, operand.describe(), entry);
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
        List<Node> nodes = new ArrayList<>(path);
        for (int n = nodes.size() - 1; n >= 0; n--) {
            Node node = nodes.get(n);
            DMatrixRMaj given = cotangents.apply(node);
            double[] sum = sums.getOrDefault(node, new double[2 * given.getNumElements()]);
            for (int i = 0; i < given.getNumElements() && !node.equals(cost); i++) {
                double difference = Math.abs(given.data[i] - sum[2 * i]);
                if (Double.isFinite(difference) && difference > sum[2 * i + 1]) {
                    faults.add(Blame.ofSum(node, i / given.numCols, i % given.numCols, given.data[i], sum[2 * i]));
                    return;
                }
            }
        }
    }
}
