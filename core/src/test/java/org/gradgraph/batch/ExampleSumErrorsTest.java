package org.gradgraph.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradgraph.batch.Batches.M;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Activations;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Kernel;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.LinearAlgebra;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.gradgraph.graph.RandomNumbers;
import org.gradgraph.graph.Reductions;
import org.gradgraph.graph.Shape;
import org.gradgraph.scan.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no sum over examples is refused, with the node and its line. */
class ExampleSumErrorsTest {
    private static final Node X = Node.input("X", 4, M);
    private static final Node W = Node.parameter("w", 4, 1);
    private static final Node Z = W.transpose().matmul(X);

    /** A cost and the node that breaks it. */
    private record Case(Node cost, Node guilty) {}

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        Node centred = X.minus(X.rowMeans());
        cases.put(
                "batch normalisation",
                new Case(centred.square().mean(), centred.inputs().get(1)));
        Node normalized = Z.dividedBy(Z.square().mean());
        cases.put(
                "divided by a mean square",
                new Case(normalized.mean(), normalized.inputs().get(1)));
        Node softmax = Activations.softmaxRows(Z);
        cases.put("softmax over the examples", new Case(softmax.square().sum(), softmax));
        Node logSum = Reductions.logSumExp(Z);
        cases.put("logSumExp over the examples", new Case(logSum.plus(1), logSum));
        Node sort = Indexing.sort(Z, Over.EACH_ROW);
        cases.put("sort", new Case(sort.square().sum(), sort));
        Node median = Reductions.median(Z);
        cases.put("median", new Case(median, median));
        Node running = Reductions.cumulativeSum(Z, Over.EACH_ROW);
        cases.put("running sums", new Case(running.mean(), running));
        Node root = Z.square().mean().sqrt();
        cases.put("root of a mean", new Case(root.times(2), root));
        Node norm = Z.norm2();
        cases.put("norm over the examples", new Case(norm, norm));
        Node square = Z.mean().square();
        cases.put("square of a mean", new Case(square, square));
        Node two = Z.mean().times(Z.sum());
        cases.put("product of two sums", new Case(two, two));
        Node quadratic = W.transpose().matmul(X.matmul(X.transpose())).matmul(X.rowSums());
        cases.put("product of two matrices of sums", new Case(quadratic, quadratic));
        Node gram = X.transpose().matmul(X);
        cases.put("Gram matrix of the examples", new Case(gram.square().sum(), gram));
        Node max = Z.max();
        cases.put("largest", new Case(max, max));
        Node product = Reductions.product(Z);
        cases.put("product", new Case(product, product));
        Node flipped = Layout.flipColumns(Z);
        cases.put("flipped", new Case(flipped.times(Z).mean(), flipped));
        Node first = Layout.slice(Z, 0, 1, 0, 1);
        cases.put("one of the examples", new Case(first, first));
        Node others = Layout.slice(Z, 0, 1, 0, 1).plus(Z.mean());
        cases.put(
                "one of the examples and a mean",
                new Case(others, others.inputs().get(0)));
        Node mixed = Layout.reshape(X, Shape.of(M, Dim.of(4)));
        cases.put(
                "elements of several examples in one row",
                new Case(mixed.square().rowSums().square().sum(), mixed));
        Node more = Layout.concatColumns(X, Constants.zeros(Shape.of(4, 1)));
        cases.put("one more column", new Case(more.square().sum(), more));
        Node noise = RandomNumbers.normal(Shape.of(Dim.of(1), M), 5);
        cases.put("random numbers", new Case(Z.times(noise).mean(), noise));
        Node fold =
                Scan.fold(Z, Node.constant(0), (state, x) -> state.times(0.5).plus(x));
        cases.put("a loop with a state", new Case(fold, fold.inputs().get(0)));
        Node inverse = LinearAlgebra.inverse(X.matmul(X.transpose()));
        cases.put("inverse of second moments", new Case(inverse.sum(), inverse));
        Node weights = Node.input("table", M, M);
        cases.put("a table of pairs", new Case(weights.mean(), weights));
        Node longer = Node.input("longer", Dim.of(2), M.plus(Dim.of(1)));
        cases.put("m + 1 columns", new Case(longer.sum().plus(Z.sum()), longer));
        Node variance = Reductions.variance(Z);
        cases.put(
                "variance",
                new Case(
                        variance,
                        variance.inputs().get(0).inputs().get(0).inputs().get(1)));
        Node choice = Z.mean().abs();
        cases.put("size of a mean", new Case(choice, choice));
        Node interleaved = Layout.repeat(Z, 1, 2).times(Node.input("pairs", Dim.of(1), M.times(Dim.of(2))));
        cases.put("two orders of two columns", new Case(interleaved.mean(), interleaved));
        return cases;
    }

    private static Stream<String> names() {
        return cases().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void what_is_no_sum_is_named_with_its_line(String name) {
        Case broken = cases().get(name);
        assertThatThrownBy(() -> ExampleSum.of(broken.cost().named("J"), M))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"J\" 1×1 is no sum over the examples of m: ")
                .hasMessageContaining((broken.cost() == broken.guilty()
                                ? "\"J\" 1×1"
                                : broken.guilty().describe())
                        + ", made at " + broken.guilty().source() + ", ");
    }

    @Test
    void the_cost_is_one_number_of_examples() {
        assertThatThrownBy(() -> ExampleSum.of(Z, M)).hasMessageContaining("is not 1×1");
        assertThatThrownBy(() -> ExampleSum.of(W.sum(), M)).hasMessageContaining("does not depend on examples of m");
        assertThatThrownBy(() -> ExampleSum.of(Z.sum(), M.times(Dim.of(2)))).hasMessageContaining("not by 2·m");
        assertThatThrownBy(() -> ExampleSum.of(Z.sum(), Dim.of(3))).hasMessageContaining("not by 3");
    }

    @Test
    void a_reason_is_one_sentence() {
        Node mean = Z.mean().named("mean z");
        assertThatThrownBy(() -> ExampleSum.of(Z.minus(mean).square().sum().named("J"), M))
                .hasMessageMatching("\"J\" 1×1 is no sum over the examples of m: broadcast 1×m, made at"
                        + " ExampleSumErrorsTest.java:\\d+, uses \"mean z\" 1×1, a sum over all examples, for each"
                        + " example");
        assertThat(ExampleSum.of(mean, M)).hasToString("\"mean z\" 1×1 as a sum over the examples of m");
    }

    /** Twice the operand, by code of its own. */
    private record Twice(boolean declares) implements Kernel {
        @Override
        public String name() {
            return "twice";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            return inputs.get(0);
        }

        @Override
        public Over apart(int operand, Over lanes) {
            return declares ? lanes : Over.ALL;
        }

        @Override
        public void forward(List<DMatrixRMaj> inputs, DMatrixRMaj out) {
            for (int i = 0; i < out.getNumElements(); i++) {
                out.data[i] = 2 * inputs.get(0).data[i];
            }
        }

        @Override
        public List<Node> vjp(List<Node> inputs, Node y, Node dy) {
            return List.of(dy.times(2));
        }
    }

    @Test
    void a_kernel_is_believed_what_it_declares() {
        Node silent = Node.apply(new Twice(false), X);
        assertThatThrownBy(() -> ExampleSum.of(silent.sum(), M))
                .hasMessageContaining("twice 4×m, made at " + silent.source() + ", does not keep the m examples apart");
        Batches declared = new Batches(Node.apply(new Twice(true), X.times(W)).sum(), 64, true);
        assertThat(declared.inBlocks(7)).isEqualTo(declared.whole());
    }
}
