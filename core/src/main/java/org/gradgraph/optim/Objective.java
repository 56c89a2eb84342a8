package org.gradgraph.optim;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.ExampleSource;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.optim.problem.BlockedEvaluation;
import org.gradgraph.optim.problem.CurvatureEvaluation;
import org.gradgraph.optim.problem.Evaluation;
import org.gradgraph.optim.problem.Flattening;
import org.gradgraph.optim.problem.Inputs;
import org.gradgraph.optim.problem.LeastSquares;
import org.gradgraph.optim.problem.MiniBatches;
import org.gradgraph.optim.problem.PointEvaluation;
import org.jspecify.annotations.Nullable;

/**
 * A cost as a function of one {@code double[]}, as optimisers of any library want it.
 *
 * <p>The array holds the elements of the parameters in the order of {@link #parameters()}, each matrix row by row.
 *
 * <pre>{@code
 * Objective objective = Objective.of(cost, data, Feeds.of(w, zeros).and(b, 0));
 * double[] x = objective.start();
 * double j = objective.value(x);
 * double[] slope = objective.gradient(x);
 * Feeds found = objective.parameters(x);           // back to named matrices
 * }</pre>
 *
 * <p>Value and gradient at one point cost one forward pass, however they are asked for. The methods are synchronised, so
 * threads may share an objective; they wait for each other.
 */
@CheckReturnValue
public final class Objective {
    private final Node cost;
    private final List<Node> residuals;
    private final Feeds data;
    private final Feeds start;
    private final Program program;
    private final Execution execution;
    private final Flattening layout;
    private final @Nullable Blocks blocks;
    private final PointEvaluation evaluation;
    private final CurvatureEvaluation curvature;

    /** Examples that are read block by block. */
    private record Blocks(Dim examples, ExampleSource source) {}

    private Objective(
            Node cost,
            List<Node> residuals,
            Feeds data,
            Feeds start,
            Flattening layout,
            Program program,
            Execution execution,
            @Nullable Blocks blocks) {
        this.cost = cost;
        this.residuals = residuals;
        this.data = data;
        this.start = start;
        this.layout = layout;
        this.program = program;
        this.execution = execution;
        Feeds fixed = data.and(layout.frozenValues());
        this.blocks = blocks;
        this.evaluation = blocks == null
                ? new Evaluation(cost, program, fixed, layout, execution)
                : new BlockedEvaluation(
                        cost,
                        program.inBlocks(blocks.examples())
                                .newRun(execution)
                                .set(fixed)
                                .from(blocks.source()),
                        layout);
        this.curvature = new CurvatureEvaluation(cost, residuals, fixed, layout, execution);
    }

    private static Objective compiled(
            Node cost,
            List<Node> residuals,
            Feeds data,
            Feeds start,
            List<Integer> frozen,
            Execution execution,
            @Nullable Blocks blocks) {
        Flattening layout = Flattening.of(start, frozen);
        Program program = Program.of(cost).withGradients(layout.parameters());
        return new Objective(cost, residuals, data, start, layout, program, execution, blocks);
    }

    /**
     * {@return a cost as a function of its parameters}
     *
     * @param cost a 1×1 node
     * @param data values for the inputs
     * @param start the parameters in the order of the array, with the values of {@link #start()}
     * @throws IllegalArgumentException if the cost is not 1×1, nothing is given to change, a parameter is not one of the
     *     cost, or an input has no value
     */
    public static Objective of(Node cost, Feeds data, Feeds start) {
        Require.given(cost, "Objective.of: the cost");
        if (!cost.shape().isScalar()) {
            throw new IllegalArgumentException(
                    "Objective.of: the cost " + cost.describe() + ", made at " + cost.source()
                            + ", is not 1×1; take its sum() or mean(), or give residuals to Objective.ofResiduals");
        }
        return checked("Objective.of", cost, List.of(), data, start);
    }

    /**
     * {@return half the sum of the squares of residuals} {@link #residuals} and {@link #jacobian} are available, too.
     *
     * <pre>{@code
     * Objective fit = Objective.ofResiduals(model.minus(y), data, start);
     * }</pre>
     *
     * @param residuals a node of any shape, whose elements are taken row by row
     * @param data values for the inputs
     * @param start the parameters in the order of the array, with the values of {@link #start()}
     * @throws IllegalArgumentException as for {@link #of}
     */
    public static Objective ofResiduals(Node residuals, Feeds data, Feeds start) {
        Node cost = LeastSquares.cost(Require.given(residuals, "Objective.ofResiduals: the residuals"));
        return checked("Objective.ofResiduals", cost, List.of(residuals), data, start);
    }

    private static Objective checked(String method, Node cost, List<Node> residuals, Feeds data, Feeds start) {
        Require.given(data, method + ": the data");
        Require.given(start, method + ": the start");
        new Inputs(method, "the start").check(cost, data, start, Set.of());
        return compiled(cost, residuals, data, start, List.of(), Execution.standard(), null);
    }

    /**
     * {@return a cost over examples that are read block by block, such as those of a file that is larger than the memory}
     *
     * <p>One pass over the examples gives the value and the gradient at a point, with the bits of {@link Program#inBlocks}. Methods
     * that need all examples at once, such as {@link #hessianVector} and {@link #exampleGradients}, are not available.
     *
     * <pre>{@code
     * try (ExampleFile file = ExampleFile.ofRows(path, m, x, y)) {
     *     Objective objective = Objective.ofExamples(cost, m, file, Feeds.none(), Feeds.of(w, zeros));
     * }
     * }</pre>
     *
     * @param cost a 1×1 node that is a sum over the examples
     * @param examples the symbolic side that counts the examples
     * @param source reads the examples
     * @param data values for the inputs that the source does not feed, without examples
     * @param start the parameters in the order of the array, with the values of {@link #start()}
     * @throws IllegalArgumentException if the cost is no sum over the examples, nothing is given to change, or a parameter is not one
     *     of the cost
     */
    public static Objective ofExamples(Node cost, Dim examples, ExampleSource source, Feeds data, Feeds start) {
        Require.given(cost, "Objective.ofExamples: the cost");
        Require.given(examples, "Objective.ofExamples: the side that counts the examples");
        Require.given(source, "Objective.ofExamples: the source of examples");
        Require.given(data, "Objective.ofExamples: the data");
        Require.given(start, "Objective.ofExamples: the start");
        if (start.asMap().isEmpty()) {
            throw new IllegalArgumentException(
                    "Objective.ofExamples: nothing to change; give the parameters and their values to the start");
        }
        Blocks blocks = new Blocks(examples, source);
        return compiled(cost, List.of(), data, start, List.of(), Execution.standard(), blocks);
    }

    private void requireAllExamples(String method) {
        if (blocks != null) {
            throw new UnsupportedOperationException(
                    "Objective." + method + " needs all examples at once, but they are read block by block");
        }
    }

    /**
     * {@return the same function with some parameters kept at their start, and no longer in the array}
     *
     * @param parameters among {@link #parameters()}
     * @throws IllegalArgumentException if one of them is not among {@link #parameters()}, or none is left
     */
    public Objective freeze(Node... parameters) {
        List<Integer> frozen = new ArrayList<>(layout.frozen());
        List<Node> all = List.copyOf(start.asMap().keySet());
        for (Node node : Require.nodes("Objective.freeze", parameters)) {
            int place = all.indexOf(node);
            if (place < 0) {
                throw new IllegalArgumentException("Objective.freeze: " + node.describe() + ", made at " + node.source()
                        + ", is not among the parameters; freeze one that the start has a value for");
            }
            frozen.add(place);
        }
        if (frozen.stream().distinct().count() == all.size()) {
            throw new IllegalArgumentException("Objective.freeze: no parameter is left to change; freeze fewer");
        }
        return compiled(cost, residuals, data, start, List.copyOf(frozen), execution, blocks);
    }

    /**
     * {@return the same function, computed in a chosen way; by default {@link Execution#standard()}}
     *
     * @param how which kernels and how many threads
     */
    public Objective execution(Execution how) {
        Require.given(how, "Objective.execution: the execution");
        return new Objective(cost, residuals, data, start, layout, program, how, blocks);
    }

    /** {@return the parameters in the order of the array, without frozen ones} */
    public List<Node> parameters() {
        return layout.parameters();
    }

    /** {@return the length of the array} */
    public int size() {
        return layout.size();
    }

    /** {@return the start as an array, a new one each time} */
    public double[] start() {
        return layout.flatten(start.asMap());
    }

    /**
     * {@return the cost at a point}
     *
     * @param x the point, an array of {@link #size()} elements
     */
    public synchronized double value(double[] x) {
        return evaluation.value(layout.checked("value", x));
    }

    /**
     * {@return the gradient of the cost at a point, a new array each time}
     *
     * @param x the point, an array of {@link #size()} elements
     */
    public synchronized double[] gradient(double[] x) {
        double[] gradient = new double[size()];
        evaluation.gradient(layout.checked("gradient", x), gradient);
        return gradient;
    }

    /**
     * The cost and its gradient at a point, in one pass.
     *
     * @param x the point, not modified
     * @param gradient where the gradient goes, modified; it may be the same array as the point
     * @return the cost
     */
    public synchronized double valueAndGradient(double[] x, double[] gradient) {
        layout.checked("valueAndGradient", x);
        layout.checked("valueAndGradient", gradient);
        double value = evaluation.value(x);
        evaluation.gradient(x, gradient);
        return value;
    }

    /**
     * {@return the Hessian of the cost at a point times a vector, without the Hessian}
     *
     * @param x the point
     * @param vector as long as the point
     */
    public synchronized double[] hessianVector(double[] x, double[] vector) {
        requireAllExamples("hessianVector");
        return curvature.hessianVector(layout.checked("hessianVector", x), layout.checked("hessianVector", vector));
    }

    /**
     * {@return the residuals at a point, row by row}
     *
     * @param x the point, an array of {@link #size()} elements
     * @throws IllegalStateException if the objective was not made by {@link #ofResiduals}
     */
    public synchronized double[] residuals(double[] x) {
        return curvature.residuals(layout.checked("residuals", x));
    }

    /**
     * {@return the Jacobian of the residuals at a point: a row for each residual, a column for each element of the
     * array}
     *
     * <p>It takes a pass for each column or a pass for each row, whichever are fewer.
     *
     * @param x the point, an array of {@link #size()} elements
     * @throws IllegalStateException if the objective was not made by {@link #ofResiduals}
     */
    public synchronized double[][] jacobian(double[] x) {
        return curvature.jacobian(layout.checked("jacobian", x));
    }

    /**
     * {@return the gradient of the cost of each example alone: row k is the gradient if the data were example k and
     * nothing else}
     *
     * <p>One program serves all examples. For a cost that is a mean over examples, the mean of the rows is
     * {@link #gradient}; for a sum, their sum is. Neither holds for a model that couples examples: with batch
     * normalisation or centring, the mean and variance are those of the one example, which so becomes 0, and its row often
     * has only zeros. Feed the statistics as inputs for gradients at fixed statistics.
     *
     * <pre>{@code
     * double[][] slopes = objective.exampleGradients(m, objective.start());        // m rows
     * }</pre>
     *
     * @param examples the symbolic dimension along which the examples lie
     * @param x the point
     * @throws IllegalArgumentException if no input has that dimension, inputs have different numbers of examples, or one cannot be
     *     cut; see {@code Trainer.miniBatches}
     */
    public synchronized double[][] exampleGradients(Dim examples, double[] x) {
        layout.checked("exampleGradients", x);
        Require.given(examples, "Objective.exampleGradients: the dimension");
        requireAllExamples("exampleGradients");
        MiniBatches each = MiniBatches.inOrder("Objective.exampleGradients", data, examples);
        return new Evaluation(cost, program, data.and(layout.frozenValues()), layout, execution).each(each, x);
    }

    /**
     * {@return at how many points the cost or the residuals were computed; asked again for the last point, they are remembered}
     *
     * <p>Derivatives at such a point do not count.
     */
    public synchronized long evaluations() {
        return evaluation.count() + curvature.count();
    }

    /**
     * {@return a point as values of the nodes, frozen parameters included}
     *
     * @param x the point, an array of {@link #size()} elements
     */
    public Feeds parameters(double[] x) {
        layout.checked("parameters", x);
        Map<Node, DMatrixRMaj> values = new LinkedHashMap<>(start.asMap());
        layout.spread(x, values);
        Feeds feeds = Feeds.none();
        for (Map.Entry<Node, DMatrixRMaj> entry : values.entrySet()) {
            feeds = feeds.and(entry.getKey(), entry.getValue());
        }
        return feeds;
    }

    /**
     * {@return values of the nodes as an array}
     *
     * @param values a value for each of {@link #parameters()}
     * @throws IllegalArgumentException if one of {@link #parameters()} has no value of its shape
     */
    public double[] flatten(Feeds values) {
        return layout.flatten(
                Require.given(values, "Objective.flatten: the values").asMap());
    }

    boolean hasResiduals() {
        return !residuals.isEmpty();
    }

    @Override
    public String toString() {
        return cost.describe() + " as a function of "
                + Arrays.toString(parameters().stream().map(Node::describe).toArray());
    }
}
