package org.gradgraph.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Rewriting;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Constants;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A loop has the value, gradient and Hessian-vector product of the graph that is written out step by step. */
class ScanTest {
    private static final Node W = Node.parameter("W", 3, 2);
    private static final Node U = Node.parameter("U", 3, 3);
    private static final Node B = Node.parameter("b", 3, 1);
    private static final Node V = Node.parameter("V", 1, 3);
    private static final Node START = Node.parameter("h0", 3, 1);
    private static final List<Node> PARAMETERS = List.of(W, U, B, V, START);

    static Stream<Integer> lengths() {
        return Stream.of(1, 2, 7, 100);
    }

    private static Node cell(Node x, Node h) {
        return W.matmul(x).plus(U.matmul(h)).plus(B).tanh();
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void recurrentNetwork(int length) {
        Node xs = Node.input("X", Shape.of(Dim.of(2), Dim.named("T")));
        Scan scan = Scan.over(xs).state("h", START).step(s -> {
            Node h = cell(s.input(), s.state("h"));
            return s.next("h", h).output(V.matmul(h));
        });
        Node cost = scan.outputs().square().sum().plus(scan.last("h").square().sum());

        Node fixed = Node.input("X", 2, length);
        Node h = START;
        Node sum = Node.constant(0);
        for (int t = 0; t < length; t++) {
            h = cell(Layout.sliceColumns(fixed, t, t + 1), h);
            sum = sum.plus(V.matmul(h).square());
        }
        same(cost, xs, sum.sum().plus(h.square().sum()), fixed, length);
    }

    private static void same(Node cost, Node xs, Node unrolled, Node fixed, int length) {
        Random random = new Random(1);
        DMatrixRMaj data = RandomMatrices_DDRM.rectangle(2, length, -1, 1, random);
        List<DMatrixRMaj> values = PARAMETERS.stream()
                .map(node -> RandomMatrices_DDRM.rectangle(
                        node.shape().rows().size(), node.shape().columns().size(), -0.5, 0.5, random))
                .toList();
        for (Rewriting rewriting : Rewriting.values()) {
            List<DMatrixRMaj> loop = all(cost, xs, data, values, rewriting);
            List<DMatrixRMaj> written = all(unrolled, fixed, data, values, rewriting);
            for (int i = 0; i < loop.size(); i++) {
                for (int k = 0; k < loop.get(i).getNumElements(); k++) {
                    double expected = written.get(i).get(k);
                    assertThat(loop.get(i).get(k))
                            .as("%d %d", i, k)
                            .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-13 * (1 + Math.abs(expected))));
                }
            }
        }
    }

    private static List<DMatrixRMaj> all(
            Node cost, Node xs, DMatrixRMaj data, List<DMatrixRMaj> values, Rewriting rewriting) {
        List<Node> vectors = PARAMETERS.stream()
                .map(node -> Constants.ones(node.shape()).times(0.5))
                .toList();
        List<Node> outputs = new ArrayList<>(List.of(cost));
        outputs.addAll(Derivatives.hvp(cost, PARAMETERS, vectors));
        Run run =
                Program.of(outputs).withGradients(PARAMETERS).rewrite(rewriting).newRun();
        run.set(xs, data);
        for (int i = 0; i < values.size(); i++) {
            run.set(PARAMETERS.get(i), values.get(i));
        }
        run.forward();
        run.backward();
        List<DMatrixRMaj> result = new ArrayList<>();
        outputs.forEach(output -> result.add(run.value(output)));
        PARAMETERS.forEach(node -> result.add(run.gradient(node)));
        return result;
    }
}
