package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A product reads its factors through transposes and reshapes, in whatever order these are. */
class ProductOfViewsTest {
    private static final int ELEMENTS = 12;

    /** The same numbers in row order, moved as the definitions of the two views say. */
    private record Chain(Node node, DMatrixRMaj value, String text) {
        Chain transposed() {
            DMatrixRMaj turned = new DMatrixRMaj(value.numCols, value.numRows);
            for (int i = 0; i < value.numRows; i++) {
                for (int j = 0; j < value.numCols; j++) {
                    turned.set(j, i, value.get(i, j));
                }
            }
            return new Chain(node.transpose(), turned, text + "ᵀ");
        }

        Chain reshaped(int rows) {
            int columns = ELEMENTS / rows;
            DMatrixRMaj reshaped = new DMatrixRMaj(rows, columns, true, value.data.clone());
            return new Chain(node.reshape(rows, columns), reshaped, text + ".reshape(" + rows + ", " + columns + ")");
        }
    }

    private static List<Chain> chains(Node x, DMatrixRMaj value) {
        List<Chain> all = new ArrayList<>(List.of(new Chain(x, value, "x")));
        List<Chain> last = all;
        for (int length = 1; length <= 3; length++) {
            List<Chain> longer = new ArrayList<>();
            for (Chain chain : last) {
                longer.add(chain.transposed());
                for (int rows : new int[] {1, 2, 3, 4, 12}) {
                    longer.add(chain.reshaped(rows));
                }
            }
            all.addAll(longer);
            last = longer;
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Rewriting.class)
    void products_of_chains_of_views_are_those_of_their_values(Rewriting rewriting) {
        Node x = Node.input("x", 3, 4);
        DMatrixRMaj value = new DMatrixRMaj(3, 4);
        Random random = new Random(1);
        for (int i = 0; i < ELEMENTS; i++) {
            value.set(i, random.nextInt(100));
        }
        for (Chain chain : chains(x, value)) {
            int inner = chain.value().numCols;
            int[] weights = random.ints(inner, 1, 1000).toArray();
            DMatrixRMaj column = new DMatrixRMaj(inner, 1);
            for (int k = 0; k < inner; k++) {
                column.set(k, weights[k]);
            }
            Node y = Node.input("y", inner, 1);
            Node right = chain.node().matmul(y);
            Node left = y.transpose().matmul(chain.node().transpose());

            Run run = Program.of(right, left).rewrite(rewriting).newRun();
            run.set(x, value).set(y, column).forward();

            for (int i = 0; i < chain.value().numRows; i++) {
                double expected = 0;
                for (int k = 0; k < inner; k++) {
                    expected += chain.value().get(i, k) * weights[k];
                }
                assertThat(run.value(right).get(i))
                        .as("%s, row %d", chain.text(), i)
                        .isEqualTo(expected);
                assertThat(run.value(left).get(i))
                        .as("%s on the right, row %d", chain.text(), i)
                        .isEqualTo(expected);
            }
        }
    }
}
