package org.gradgraph.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.Comparison.Measurement;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;

/**
 * One isolated node: its operation on inputs of its own, at the values that the node's operands have.
 *
 * <p>Operands that are the same node stay the same input, since an operation may be wrong just then. Nothing else of the
 * graph takes part, so an error here is this operation's fault.
 */
final class IsolatedOperation {
    /** A tolerance above this share of what the operation does to its operands says nothing. */
    private static final double BLUNT = 1e-3;

    private final Node original;
    private final Op op;
    private final List<Node> operands = new ArrayList<>();
    private final Map<Node, Node> leafOf = new HashMap<>();
    private final Map<Node, DMatrixRMaj> point = new HashMap<>();
    private final Node result;
    private final Node cotangent;
    private final List<Node> shares;
    private double usualSlope;
    private long evaluations;

    IsolatedOperation(Node original, Op symbolic, Values values, Sizes sizes) {
        this.original = original;
        this.op = symbolic.bind(sizes);
        for (Node input : original.inputs()) {
            DMatrixRMaj value = values.of(input);
            Node leaf = leafOf.computeIfAbsent(
                    input, fresh -> Node.input("operand", Shape.of(value.numRows, value.numCols)));
            operands.add(leaf);
            point.put(leaf, value);
        }
        this.result = Node.apply(op, operands);
        this.cotangent = Node.input("cotangent", result.shape());
        this.shares = Provenance.vjp(result, cotangent);
    }

    long evaluations() {
        return evaluations;
    }

    /** The cotangent of each operand. */
    List<DMatrixRMaj> shares(DMatrixRMaj resultCotangent) {
        List<Node> outputs = new ArrayList<>(shares);
        outputs.add(result);
        Map<Node, DMatrixRMaj> all = new HashMap<>(point);
        all.put(cotangent, resultCotangent);
        Program program = Program.of(outputs);
        Run run = Values.feed(program.newRun(), program.graph(), all).forward();
        evaluations++;
        return shares.stream().map(run::value).toList();
    }

    /** A random cotangent of the result. */
    DMatrixRMaj randomCotangent(long seed) {
        Random random = new Random(seed);
        DMatrixRMaj weights = new DMatrixRMaj(
                result.shape().rows().size(), result.shape().columns().size());
        for (int i = 0; i < weights.getNumElements(); i++) {
            weights.data[i] = Comparison.randomWeight(random);
        }
        return weights;
    }

    /**
     * The operation's derivatives against differences.
     *
     * @param wanted the operands of the node that matter
     * @param weights the cotangent of the result
     * @return what was measured, by operand
     */
    Map<Node, List<Measurement>> compare(List<Node> wanted, DMatrixRMaj weights, CheckSettings settings) {
        List<DMatrixRMaj> cotangents = shares(weights);
        List<DMatrixRMaj> inputs = operands.stream().map(point::get).toList();
        Run run = Values.feed(Program.of(result).newRun(), Graph.of(result), point);
        DMatrixRMaj value = run.forward().value(result);
        PerturbedFunction function = function(value, weights, inputs, cotangents);
        usualSlope = usualSlope(value, weights, inputs);
        Map<Node, List<Measurement>> measured = new LinkedHashMap<>();
        long salt = 0;
        for (Node operand : wanted) {
            int place = original.inputs().indexOf(operand);
            Node leaf = operands.get(place);
            DMatrixRMaj sum = cotangents.get(place).copy();
            for (int k = place + 1; k < operands.size(); k++) {
                for (int i = 0; i < sum.getNumElements() && operands.get(k).equals(leaf); i++) {
                    sum.data[i] += cotangents.get(k).data[i];
                }
            }
            measured.put(operand, new Comparison(settings, function, leaf, inputs.get(place), sum).compare(salt++));
        }
        evaluations += function.evaluations();
        return measured;
    }

    /** The slope of a power of the operands with this result, which no rounding error should reach. */
    private static double usualSlope(DMatrixRMaj value, DMatrixRMaj weights, List<DMatrixRMaj> inputs) {
        double size = 1;
        for (DMatrixRMaj input : inputs) {
            size = Math.max(size, largest(input, input));
        }
        return largest(value, weights) / size;
    }

    /** The largest finite element of those whose partner is not 0. */
    private static double largest(DMatrixRMaj matrix, DMatrixRMaj partner) {
        double largest = 0;
        for (int i = 0; i < matrix.getNumElements(); i++) {
            double size = Math.abs(matrix.data[i]);
            largest = Double.isFinite(size) && partner.data[i] != 0 ? Math.max(largest, size) : largest;
        }
        return largest;
    }

    /** The entry whose tolerance could hide a whole derivative, if there is one and the differences are not sharp. */
    Optional<Measurement> blunt(List<Measurement> entries) {
        double scale = usualSlope;
        for (Measurement entry : entries) {
            scale = Math.max(scale, Math.abs(entry.analytic));
            scale = Math.max(scale, entry.estimate.steepness());
        }
        double limit = BLUNT * scale;
        return Measurement.worst(entries.stream()
                .filter(entry -> !entry.estimate.kink() && Double.isFinite(entry.analytic))
                .filter(entry -> entry.verdict() == Verdict.INCONCLUSIVE || entry.tolerance > limit)
                .toList());
    }

    private PerturbedFunction function(
            DMatrixRMaj value, DMatrixRMaj weights, List<DMatrixRMaj> inputs, List<DMatrixRMaj> cotangents) {
        int n = value.getNumElements();
        double[] noise = new double[n];
        boolean elementwise = op instanceof Elementwise;
        for (int i = 0; i < n; i++) {
            RoundingError sum = new RoundingError().add(RoundingError.UNIT * weights.data[i], value.data[i]);
            for (int k = 0; k < inputs.size() && elementwise; k++) {
                sum.add(RoundingError.UNIT * inputs.get(k).data[i], cotangents.get(k).data[i]);
            }
            noise[i] = sum.value();
        }
        double common = elementwise
                ? 0
                : new RoundingError().addInside(original, inputs, cotangents).value();
        return new PerturbedFunction(result, point, Arrays.copyOf(weights.data, n), noise, common);
    }
}
