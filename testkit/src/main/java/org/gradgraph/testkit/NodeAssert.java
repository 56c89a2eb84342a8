package org.gradgraph.testkit;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.check.GradientCheck;
import org.gradgraph.check.GradientReport;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Graph;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;
import org.gradgraph.graph.Shape;
import org.gradgraph.graph.Sizes;

/**
 * Assertions for a node.
 *
 * <pre>{@code
 * assertThat(z).hasShape(1, Dim.named("m"));                        // passes for wᵀX
 * assertThat(x.times(2)).isEquivalentTo(x.plus(x));                 // passes
 * assertThat(x.times(2)).isEquivalentTo(x.times(3));                // fails, with the worst entry
 * }</pre>
 */
public class NodeAssert extends AbstractAssert<NodeAssert, Node> {
    private static final int POINTS = 3;
    private static final double ROUNDING = 1e-11;

    /**
     * Assertions for a node.
     *
     * @param actual what is asserted about
     */
    public NodeAssert(Node actual) {
        super(actual, NodeAssert.class);
    }

    /**
     * Fails unless the node has this shape.
     *
     * @param rows the expected number of rows
     * @param columns the expected number of columns
     * @return this assertion
     */
    public NodeAssert hasShape(int rows, int columns) {
        return hasShape(Shape.of(rows, columns));
    }

    /**
     * Fails unless the node has this shape.
     *
     * @param rows the expected number of rows
     * @param columns the expected number of columns
     * @return this assertion
     */
    public NodeAssert hasShape(int rows, Dim columns) {
        return hasShape(Shape.of(Dim.of(rows), columns));
    }

    /**
     * Fails unless the node has this shape.
     *
     * @param rows the expected number of rows
     * @param columns the expected number of columns
     * @return this assertion
     */
    public NodeAssert hasShape(Dim rows, int columns) {
        return hasShape(Shape.of(rows, Dim.of(columns)));
    }

    /**
     * Fails unless the node has this shape.
     *
     * @param expected the expected shape, symbolic sides included
     * @return this assertion
     */
    public NodeAssert hasShape(Shape expected) {
        isNotNull();
        Require.given(expected, "hasShape: the expected shape");
        if (!actual.shape().equals(expected)) {
            failWithMessage(
                    "Expecting %s, made at %s, to have the shape %s but it is %s",
                    actual.describe(), actual.source(), expected, actual.shape());
        }
        return this;
    }

    /**
     * Fails unless the gradient of the sum of this node, by all parameters, agrees with differences.
     *
     * <p>The message is the report of the {@link GradientCheck}: the operation at fault, and the worst entries.
     *
     * @param point a value for each input and parameter
     * @return this assertion
     */
    public NodeAssert hasCorrectGradientAt(Feeds point) {
        return hasCorrectDerivativesAt(point, 1);
    }

    /**
     * Fails unless gradient and Hessian of the sum of this node, by all parameters, agree with differences.
     *
     * @param point a value for each input and parameter
     * @return this assertion
     */
    public NodeAssert hasCorrectSecondDerivativeAt(Feeds point) {
        return hasCorrectDerivativesAt(point, 2);
    }

    private NodeAssert hasCorrectDerivativesAt(Feeds point, int order) {
        isNotNull();
        Require.given(point, "hasCorrectGradientAt: the point");
        Node cost = actual.shape().isScalar() ? actual : actual.sum();
        GradientReport report = GradientCheck.of(cost).at(point).order(order).report();
        if (!report.passed()) {
            failWithMessage("%s", report);
        }
        return this;
    }

    /**
     * Fails unless another node has the same shape, and the same values at three random points.
     *
     * <p>The inputs and parameters of both get values between a half and two; symbolic sides get the sizes 2, 3, ….
     *
     * @param other the node to compare with
     * @return this assertion
     */
    public NodeAssert isEquivalentTo(Node other) {
        isNotNull();
        Require.given(other, "isEquivalentTo: the other node");
        hasShape(other.shape());
        for (int seed = 1; seed <= POINTS; seed++) {
            isEquivalentTo(other, randomPoint(other, new Random(seed)));
        }
        return this;
    }

    /**
     * Fails unless another node has the same values at this point.
     *
     * @param other the node to compare with
     * @param point a value for each input and parameter of both
     * @return this assertion
     */
    public NodeAssert isEquivalentTo(Node other, Feeds point) {
        isNotNull();
        Require.given(other, "isEquivalentTo: the other node");
        Require.given(point, "isEquivalentTo: the point");
        Run run = Program.of(actual, other).newRun().set(point).forward();
        DMatrixRMaj mine = run.value(actual);
        DMatrixRMaj others = run.value(other);
        if (mine.numRows != others.numRows || mine.numCols != others.numCols) {
            failWithMessage(
                    "Expecting %s to be equivalent to %s but the shapes are %s and %s",
                    actual.describe(), other.describe(), actual.shape(), other.shape());
        }
        double largest = 1;
        for (int i = 0; i < others.getNumElements(); i++) {
            double size = Math.abs(others.data[i]);
            largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
        }
        String far = MatrixAssert.farElements(mine, others, Offset.offset(ROUNDING * largest));
        if (!far.isEmpty()) {
            failWithMessage("Expecting %s to be equivalent to %s%n%s", actual.describe(), other.describe(), far);
        }
        return this;
    }

    private Feeds randomPoint(Node other, Random random) {
        Graph graph = Graph.of(actual, other);
        Set<String> symbols = new LinkedHashSet<>();
        graph.nodes().forEach(node -> symbols.addAll(node.shape().symbols()));
        TreeMap<String, Integer> sizes = new TreeMap<>();
        symbols.forEach(symbol -> sizes.put(symbol, 2 + sizes.size()));
        Feeds point = Feeds.none();
        for (Node node : graph.nodes()) {
            if (node.op().isEmpty()) {
                point = point.and(node, Samples.between(0.5, 2, node.shape().bind(Sizes.of(sizes)), random));
            }
        }
        return point;
    }
}
