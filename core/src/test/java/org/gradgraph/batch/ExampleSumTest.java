package org.gradgraph.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.gradgraph.batch.Batches.M;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Convolutions;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Geometry;
import org.gradgraph.graph.Geometry.Window;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;
import org.gradgraph.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Costs as sums of blocks are the costs, and so are their gradients. */
class ExampleSumTest {
    private static final Node X = Node.input("X", 4, M);
    private static final Node Y = Node.input("Y", 1, M);
    private static final Node ROWS = Node.input("rows", M, 4);
    private static final Node W = Node.parameter("w", 4, 1);
    private static final Node B = Node.parameter("b");
    private static final Node Z = W.transpose().matmul(X).plus(B);
    private static final Node CLASS = Node.input("class", 1, M);
    private static final Node V = Node.parameter("V", 3, 4);
    private static final Node C = Node.parameter("c", 3, 1);

    private static final Geometry PICTURE = new Geometry(4, 4, 1);

    private static Map<String, Node> costs() {
        Map<String, Node> costs = new LinkedHashMap<>();
        Node a = Z.sigmoid();
        costs.put(
                "logistic, as composed",
                Y.times(a.log())
                        .plus(Y.negate().plus(1).times(a.negate().plus(1).log()))
                        .mean()
                        .negate());
        costs.put("logistic of logits", Losses.bceWithLogits(Z, Y));
        costs.put("examples in rows", Losses.mse(ROWS.matmul(W).plus(B), Y.transpose()));
        costs.put(
                "softmax cross entropy",
                Losses.crossEntropyWithLogits(
                        V.matmul(X).plus(C), Indexing.oneHot(CLASS, 3, Over.EACH_COLUMN), Over.EACH_COLUMN));
        Node hidden = V.matmul(X).plus(C).tanh();
        Node second = Node.parameter("W2", 3, 3).matmul(hidden).softplus();
        Node last = Node.parameter("W3", 1, 3).matmul(second).minus(Y).square();
        costs.put(
                "three layers with a penalty",
                last.mean()
                        .plus(V.square().sum().plus(W.square().sum()).times(0.1).dividedBy(Constants.size(M))));
        Node weights = Node.input("weights", 1, M).square();
        costs.put("weighted", weights.times(Z.minus(Y).square()).sum().dividedBy(Constants.size(M)));
        costs.put("Poisson", Z.exp().minus(Y.square().times(Z)).mean().plus(W.norm2()));
        Node logVariance = Node.parameter("s");
        costs.put(
                "Gaussian with a variance",
                Z.minus(Y)
                        .square()
                        .sum()
                        .times(logVariance.negate().exp())
                        .plus(logVariance.times(Constants.size(M)))
                        .times(0.5));
        costs.put(
                "Gaussian with a variance for each example",
                Z.minus(Y)
                        .square()
                        .dividedBy(a.plus(0.5))
                        .plus(a.plus(0.5).log())
                        .mean());
        Node filters = Node.parameter("F", 2, 4);
        Window window = PICTURE.window(2, 2);
        Node maps = Convolutions.conv2d(Node.input("pictures", 16, M), filters, window);
        Node biased = Convolutions.addToChannels(maps, Node.parameter("bias", 2, 1), window.output(2));
        Node pooled = Convolutions.maxPool(biased.tanh(), window.output(2).window(2, 2));
        Node scores = Node.parameter("P", 1, 8).matmul(pooled);
        costs.put("convolution", Losses.bceWithLogits(scores, Y.abs().minimum(Node.constant(1))));
        Node average = Convolutions.avgPool(maps, window.output(2).window(3, 3));
        Node slopes = Derivatives.gradient(
                biased.tanh().sum(),
                maps.inputs().get(0).inputs().get(1).inputs().get(0));
        costs.put("slopes of pictures", slopes.square().mean());
        costs.put("average pooling", average.square().mean());
        costs.put("embedding", Indexing.gatherRows(V, CLASS).matmul(W).square().mean());
        costs.put("divided by m − 1", Z.square().sum().dividedBy(Constants.size(M.minus(Dim.of(1)))));
        costs.put("mean over everything", V.matmul(X).square().mean());
        Node moments = X.matmul(X.transpose()).dividedBy(Constants.size(M)).plus(Constants.identity(4));
        costs.put("second moments and a ridge", moments.matmul(W).sum());
        costs.put(
                "mean of moments and a ridge",
                moments.times(W.matmul(W.transpose())).mean());
        Node sorted = Indexing.sort(X.times(W), Over.EACH_COLUMN);
        costs.put(
                "largest two features of each example",
                Layout.sliceRows(sorted, 2, 4).sum());
        costs.put(
                "median of each example",
                Reductions.median(X.times(W), Over.EACH_COLUMN).mean());
        costs.put(
                "softmax of each example",
                Layout.sliceRows(Activations.softmaxColumns(V.matmul(X)), 0, 1).mean());
        costs.put(
                "solved for each example",
                LinearAlgebra.solve(Constants.identity(4).times(2), X.times(W)).sum());
        costs.put(
                "one row of numbers",
                Layout.reshape(X.times(W), Shape.of(Dim.of(1), M.times(Dim.of(4))))
                        .square()
                        .mean());
        Node products = X.times(W);
        costs.put(
                "running sums of features",
                Reductions.cumulativeSum(products, Over.EACH_COLUMN).square().mean());
        costs.put(
                "the largest feature",
                Reductions.argmax(products, Over.EACH_COLUMN).times(Z).mean());
        costs.put(
                "rows of zeros",
                Layout.pad(products, 1, 2, 0, 0).plus(1).square().mean());
        costs.put(
                "slopes of sorted features",
                Derivatives.gradient(sorted.square().square().sum(), X).square().mean());
        Node triangle =
                Constants.identity(4).times(2).plus(W.matmul(W.transpose()).square());
        costs.put(
                "a triangle for each example",
                LinearAlgebra.triangularSolve(triangle, products, true).sum());
        costs.put("more rows", Layout.concatRows(X, Z, Y).square().rowMeans().sum());
        costs.put(
                "a loop over the examples", Scan.map(X, x -> x.times(W).norm2()).mean());
        costs.put("plus a constant", Z.mean().plus(3).times(2).minus(W.sum()));
        costs.put("two sums", Z.mean().minus(Y.times(Z).sum()));
        costs.put(
                "twice as large features",
                Layout.repeat(X, 1, 2).times(W).square().mean());
        costs.put(
                "wide input",
                Node.input("wide", 2, M.times(Dim.of(3)))
                        .times(Node.parameter("p", 2, 1))
                        .tanh()
                        .sum());
        return costs;
    }

    private static Stream<String> names() {
        return costs().keySet().stream();
    }

    /** A sum of n terms differs from another order of them by at most n·ulp of the sum of their sizes. */
    @ParameterizedTest
    @MethodSource("names")
    void blocks_add_up_to_the_whole(String name) {
        int examples = 130;
        Batches batches = new Batches(costs().get(name), examples, false);
        double[] whole = batches.whole();
        double largest = 0;
        for (double number : whole) {
            largest = Math.max(largest, Math.abs(number));
        }
        assertThat(largest).isPositive();
        for (int size : new int[] {1, 7, 64, examples}) {
            double[] blocks = batches.inBlocks(size);
            assertThat(blocks).hasSameSizeAs(whole);
            for (int i = 0; i < whole.length; i++) {
                assertThat(blocks[i])
                        .as("%s, blocks of %d, number %d", name, size, i)
                        .isCloseTo(whole[i], within(4 * examples * Math.ulp(1.0) * Math.max(largest, 1)));
            }
        }
    }

    private static final List<Node> POLYNOMIALS = List.of(
            Z.minus(Y).square().sum(),
            V.matmul(X).plus(C).square().sum(),
            X.matmul(X.transpose())
                    .dividedBy(Constants.size(M))
                    .matmul(W)
                    .sum()
                    .plus(W.square().sum()),
            Layout.reshape(X.times(W), Shape.of(Dim.of(1), M.times(Dim.of(4))))
                    .square()
                    .mean(),
            Indexing.gatherRows(V, CLASS).matmul(W).square().mean());

    /** All numbers are whole, and a division by 64 or 256 is exact. */
    @Test
    void sums_of_whole_numbers_are_exact() {
        for (Node cost : POLYNOMIALS) {
            Batches batches = new Batches(cost, 64, true);
            for (int size : new int[] {1, 7, 64}) {
                assertThat(batches.inBlocks(size)).as("%s", cost).isEqualTo(batches.whole());
            }
        }
    }
}
