package org.gradgraph.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.Comparison.Measurement;
import org.gradgraph.check.PerturbedFunction.Move;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Elementwise;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Op;
import org.gradgraph.graph.Provenance;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * One isolated node: its operation on inputs of its own, at the values that the node's operands have.
 *
 * <p>Operands that are the same node stay the same input, since an operation may be wrong just then. Nothing else of the
 * graph takes part, so an error here is this operation's fault.
 */
final class IsolatedOperation {
    /** A tolerance above this share of what the operation does to its operands says nothing. */
    private static final double BLUNT = 1e-3;

    /** Along a random direction, what is off by less than this share of all terms is left to the entries. */
    private static final double ROUGH = 1e-5;

    private final Node original;
    private final Op op;
    private final List<Node> operands = new ArrayList<>();
    private final Map<Node, Node> leafOf = new HashMap<>();
    private final Map<Node, DMatrixRMaj> point = new HashMap<>();
    private final Node result;
    private final Node cotangent;
    private final List<Node> shares;
    private final Program program;
    private @Nullable DMatrixRMaj value;
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
        List<Node> outputs = new ArrayList<>(shares);
        outputs.add(result);
        this.program = Program.of(outputs);
    }

    /** The same operation elsewhere. */
    private IsolatedOperation(IsolatedOperation other, Map<Node, DMatrixRMaj> point) {
        this.original = other.original;
        this.op = other.op;
        this.operands.addAll(other.operands);
        this.leafOf.putAll(other.leafOf);
        this.point.putAll(point);
        this.result = other.result;
        this.cotangent = other.cotangent;
        this.shares = other.shares;
        this.program = other.program;
    }

    /** The same operation at operands that are larger by a share of them. */
    IsolatedOperation elsewhere(List<Node> moving, double larger) {
        Map<Node, DMatrixRMaj> there = new HashMap<>(point);
        for (Node operand : moving) {
            Node leaf = leaf(operand);
            DMatrixRMaj value = value(operand).copy();
            for (int i = 0; i < value.getNumElements(); i++) {
                value.data[i] *= 1 + larger;
            }
            there.put(leaf, value);
        }
        return new IsolatedOperation(this, there);
    }

    /**
     * Whether all is finite that is finite elsewhere.
     *
     * @throws IllegalArgumentException if the operation refuses these operands
     */
    boolean isFiniteWhere(IsolatedOperation other, DMatrixRMaj resultCotangent) {
        if (!isFiniteWhere(other.unweighted().value(), unweighted().value())) {
            return false;
        }
        List<DMatrixRMaj> here = shares(resultCotangent);
        List<DMatrixRMaj> there = other.shares(resultCotangent);
        return IntStream.range(0, here.size()).allMatch(k -> isFiniteWhere(there.get(k), here.get(k)));
    }

    private static boolean isFiniteWhere(DMatrixRMaj other, DMatrixRMaj matrix) {
        return IntStream.range(0, matrix.getNumElements())
                .allMatch(i -> Double.isFinite(matrix.data[i]) || !Double.isFinite(other.data[i]));
    }

    /** Whether the vjp uses an input or parameter of another graph, so that it cannot be computed from what it is given. */
    boolean usesForeignNodes() {
        return program.graph().nodes().stream()
                .filter(node -> node.kind() == Node.Kind.INPUT || node.kind() == Node.Kind.PARAMETER)
                .anyMatch(node -> !point.containsKey(node) && !node.equals(cotangent));
    }

    private Node leaf(Node operand) {
        return Require.given(leafOf.get(operand), "an operand of the isolated operation");
    }

    /** The value of an operand. */
    DMatrixRMaj value(Node operand) {
        return Require.given(point.get(leaf(operand)), "the value of an operand");
    }

    /** The place of an operand, counted from 0. */
    int place(Node operand) {
        return original.inputs().indexOf(operand);
    }

    long evaluations() {
        return evaluations;
    }

    /** A vjp that cannot be computed for a cotangent or for operands that the operation itself accepts. */
    static final class VjpFailedException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        private VjpFailedException(RuntimeException cause) {
            super(cause);
        }
    }

    /**
     * The cotangent of each operand.
     *
     * @throws VjpFailedException if the operation has a value here and its vjp has none
     */
    List<DMatrixRMaj> shares(DMatrixRMaj resultCotangent) {
        Map<Node, DMatrixRMaj> all = new HashMap<>(point);
        all.put(cotangent, resultCotangent);
        Run run = Values.feed(program.newRun(), program.graph(), all);
        try {
            run.forward();
        } catch (IllegalArgumentException | IllegalStateException failed) {
            throw new VjpFailedException(failed);
        }
        evaluations++;
        return shares.stream().map(run::value).toList();
    }

    /** A random cotangent of the result, and 0 where differences say nothing. */
    DMatrixRMaj randomCotangent(long seed) {
        Random random = new Random(seed);
        DMatrixRMaj weights = new DMatrixRMaj(
                result.shape().rows().size(), result.shape().columns().size());
        for (int i = 0; i < weights.getNumElements(); i++) {
            weights.data[i] = Comparison.randomWeight(random);
        }
        return whereFinite(weights);
    }

    /** A cotangent without the elements at which the result is not finite: what uses the result leaves those out. */
    private DMatrixRMaj whereFinite(DMatrixRMaj weights) {
        DMatrixRMaj value = value();
        DMatrixRMaj kept = weights.copy();
        for (int i = 0; i < kept.getNumElements(); i++) {
            kept.data[i] = Double.isFinite(value.data[i]) ? weights.data[i] : 0;
        }
        return kept;
    }

    /** Whether the result has an element that differences can say something about. */
    boolean hasFiniteElement() {
        DMatrixRMaj value = value();
        return IntStream.range(0, value.getNumElements()).anyMatch(i -> Double.isFinite(value.data[i]));
    }

    private DMatrixRMaj value() {
        if (value == null) {
            value = valueAt(point);
        }
        return value;
    }

    private DMatrixRMaj valueAt(Map<Node, DMatrixRMaj> operandValues) {
        return Values.feed(Program.of(result).newRun(), Graph.of(result), operandValues)
                .forward()
                .value(result);
    }

    /**
     * The operation's derivatives against differences.
     *
     * @param wanted the operands of the node that matter
     * @param resultCotangent the cotangent of the result
     * @return what was measured, by operand
     */
    Map<Node, List<Measurement>> compare(List<Node> wanted, DMatrixRMaj resultCotangent, CheckSettings settings) {
        return compare(wanted, resultCotangent, settings, Comparison::compare);
    }

    private Map<Node, List<Measurement>> compare(
            List<Node> wanted,
            DMatrixRMaj resultCotangent,
            CheckSettings settings,
            BiFunction<Comparison, Long, List<Measurement>> how) {
        DMatrixRMaj weights = whereFinite(resultCotangent);
        List<DMatrixRMaj> cotangents = shares(weights);
        PerturbedFunction function = function(weights, cotangents);
        usualSlope = usualSlope(function.value(), weights, inputs());
        Map<Node, List<Measurement>> measured = new LinkedHashMap<>();
        for (Node operand : wanted) {
            DMatrixRMaj sum = derivative(operand, cotangents);
            Comparison comparison = new Comparison(settings, function, leaf(operand), value(operand), sum);
            measured.put(operand, how.apply(comparison, (long) measured.size()));
        }
        evaluations += function.evaluations();
        return measured;
    }

    /** The derivatives against differences in groups of entries that are alike, by operand. */
    Map<Node, List<Measurement>> compareGroups(List<Node> wanted, DMatrixRMaj weights, CheckSettings settings) {
        return compare(wanted, weights, settings, (comparison, salt) -> comparison.compareGroups());
    }

    private List<DMatrixRMaj> inputs() {
        return operands.stream()
                .map(leaf -> Require.given(point.get(leaf), "the value of an operand"))
                .toList();
    }

    /** What all places of an operand give back together. */
    DMatrixRMaj derivative(Node operand, List<DMatrixRMaj> cotangents) {
        Node leaf = leaf(operand);
        DMatrixRMaj value = value(operand);
        DMatrixRMaj sum = new DMatrixRMaj(value.numRows, value.numCols);
        for (int k = 0; k < operands.size(); k++) {
            for (int i = 0; i < sum.getNumElements() && operands.get(k).equals(leaf); i++) {
                sum.data[i] += cotangents.get(k).data[i];
            }
        }
        return sum;
    }

    /**
     * The derivative along one direction through several operands against differences.
     *
     * @param directions how each operand moves; elements that are not finite stay
     * @param weights the cotangent of the result
     */
    Measurement along(Map<Node, double[]> directions, DMatrixRMaj weights, CheckSettings settings) {
        List<DMatrixRMaj> cotangents = shares(weights);
        PerturbedFunction function = function(weights, cotangents);
        List<Move> moves = new ArrayList<>();
        double along = 0;
        double size = 0;
        for (Map.Entry<Node, double[]> each : directions.entrySet()) {
            double[] steps = each.getValue();
            DMatrixRMaj derivative = derivative(each.getKey(), cotangents);
            for (int i = 0; i < steps.length; i++) {
                along += steps[i] == 0 ? 0 : steps[i] * derivative.data[i];
                size += steps[i] == 0 ? 0 : Math.abs(steps[i] * derivative.data[i]);
            }
            moves.add(move(each.getKey(), steps));
        }
        DerivativeEstimate estimate = DerivativeEstimate.of(function.along(moves.toArray(Move[]::new)), 1, along);
        evaluations += function.evaluations();
        double tolerance = Math.max(estimate.error(), settings.tolerance(estimate, along)) + ROUGH * size;
        return new Measurement(new int[0], new double[0], 1, along, estimate, tolerance);
    }

    /** The elements of the result as a function of the operands. */
    PerturbedFunction unweighted() {
        int n = value().getNumElements();
        return new PerturbedFunction(result, point, new double[n], new double[n], 0, false);
    }

    /** The line along which operands move together. */
    PerturbedFunction.Line line(PerturbedFunction function, Map<Node, double[]> directions) {
        return function.along(directions.entrySet().stream()
                .map(each -> move(each.getKey(), each.getValue()))
                .toArray(Move[]::new));
    }

    private Move move(Node operand, double[] steps) {
        int[] all = IntStream.range(0, steps.length).toArray();
        return new Move(leaf(operand), all, steps);
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
        double limit = Math.max(BLUNT * scale, DerivativeEstimate.SMALLEST);
        return Measurement.worst(entries.stream()
                .filter(entry -> Double.isFinite(entry.analytic))
                .filter(entry ->
                        entry.verdict() == Verdict.INCONCLUSIVE || (!entry.estimate.kink() && entry.tolerance > limit))
                .toList());
    }

    /** Whether moving every second element of the operands leaves the others of the result as they are. */
    private boolean worksByElement(DMatrixRMaj value) {
        int n = value.getNumElements();
        boolean alike =
                inputs().stream().allMatch(input -> input.numRows == value.numRows && input.numCols == value.numCols);
        for (int parity = 0; parity < 2 && alike; parity++) {
            Map<Node, DMatrixRMaj> there = new HashMap<>();
            for (Node leaf : operands) {
                DMatrixRMaj moved = Require.given(point.get(leaf), "the value of an operand")
                        .copy();
                for (int i = parity; i < n; i += 2) {
                    moved.data[i] = moved.data[i] * (1 + 0x1p-4) + 0x1p-20;
                }
                there.put(leaf, moved);
            }
            DMatrixRMaj changed = valueAt(there);
            for (int i = 1 - parity; i < n; i += 2) {
                alike &= Double.doubleToLongBits(changed.data[i]) == Double.doubleToLongBits(value.data[i]);
            }
        }
        return alike;
    }

    private PerturbedFunction function(DMatrixRMaj weights, List<DMatrixRMaj> cotangents) {
        List<DMatrixRMaj> inputs = inputs();
        DMatrixRMaj value = value();
        int n = value.getNumElements();
        double[] noise = new double[n];
        boolean elementwise = op instanceof Elementwise || worksByElement(value);
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
        return new PerturbedFunction(result, point, Arrays.copyOf(weights.data, n), noise, common, elementwise);
    }
}
