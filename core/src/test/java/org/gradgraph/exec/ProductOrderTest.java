package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.MatrixProduct;
import org.gradgraph.graph.Node;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A product has the order of its sums from its shape: the bits do not tell how an operand was stored. */
class ProductOrderTest {
    private static final Kernels FOUND = Execution.best(ServiceLoader.load(Kernels.class));

    private final Random random = new Random(5);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 31, 32, 33, 40, 209, 256, 257, 600, 1000})
    void products_have_the_documented_order_in_all_layouts(int inner) {
        int[] sides = {1, 2, 4, 5, 8, 9, 31, 32, 33, 70, 300};
        for (int rows : sides) {
            for (int columns : sides) {
                if (rows * columns <= 5000) {
                    check(rows, columns, inner);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 209, 12288", "209, 1, 12288", "12288, 1, 209", "1, 12288, 209", "3, 40, 12288", "1, 1, 12288"})
    void large_products_have_the_documented_order_in_all_layouts(int rows, int columns, int inner) {
        check(rows, columns, inner);
    }

    private void check(int rows, int columns, int inner) {
        DMatrixRMaj a = numbers(rows, inner);
        DMatrixRMaj b = numbers(inner, columns);
        double[] expected = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                expected[i * columns + j] = sum(a, i, b, j);
            }
        }
        double[][] left = {a.data, transpose(a).data};
        double[][] right = {b.data, transpose(b).data};
        for (Kernels kernels : List.of(new Kernels(), FOUND)) {
            for (int layout = 0; layout < 4; layout++) {
                MatrixProduct product = kernels.product(rows, columns, inner, (layout & 1) != 0, (layout & 2) != 0);
                double[] c = new double[expected.length * product.partials()];
                product.run(left[layout & 1], right[layout >> 1], c, 0, product.strips());
                addInPairs(c, product.partials(), expected.length);
                assertThat(Arrays.copyOf(c, expected.length))
                        .as("%s×%s×%s, layout %s, %s", rows, inner, columns, layout, kernels.name())
                        .isEqualTo(expected);
            }
        }
    }

    /** Pairs of partial results, pairs of pairs and so on. */
    private static void addInPairs(double[] partial, int count, int width) {
        for (int step = 1; step < count; step *= 2) {
            for (int i = 0; i + step < count; i += 2 * step) {
                for (int j = 0; j < width; j++) {
                    partial[i * width + j] += partial[(i + step) * width + j];
                }
            }
        }
    }

    /** The order that {@link Kernels} documents. */
    private static double sum(DMatrixRMaj a, int i, DMatrixRMaj b, int j) {
        int many = Math.max(a.numRows, b.numCols);
        int inner = a.numCols;
        if (Math.min(a.numRows, b.numCols) > 4) {
            return chain(a, i, b, j, 0, inner, 1);
        }
        double[] parts = new double[(inner + 255) / 256];
        for (int part = 0; part < parts.length; part++) {
            int from = part * 256;
            int to = Math.min(inner, from + 256);
            if (inner < 32 || (many >= 32 && inner > many)) {
                parts[part] = chain(a, i, b, j, from, to, 1);
            } else {
                double[] s = new double[8];
                for (int l = 0; l < 8; l++) {
                    s[l] = chain(a, i, b, j, from + l, to, 8);
                }
                parts[part] = ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
            }
        }
        while (parts.length > 1) {
            double[] pairs = new double[(parts.length + 1) / 2];
            for (int p = 0; p < parts.length; p++) {
                pairs[p / 2] = p % 2 == 0 ? parts[p] : pairs[p / 2] + parts[p];
            }
            parts = pairs;
        }
        return parts[0];
    }

    private static double chain(DMatrixRMaj a, int i, DMatrixRMaj b, int j, int from, int to, int step) {
        double sum = 0;
        for (int k = from; k < to; k += step) {
            sum = Math.fma(a.data[i * a.numCols + k], b.data[k * b.numCols + j], sum);
        }
        return sum;
    }

    /** However a program gets at a transpose: as a flag, a value of its own, a constant, or not at all. */
    @ParameterizedTest
    @CsvSource({
        "3, 3, 3",
        "1, 1, 300",
        "1, 7, 40",
        "1, 50, 40",
        "50, 1, 70",
        "40, 1, 600",
        "4, 33, 300",
        "33, 2, 9",
        "5, 6, 300",
        "20, 30, 40"
    })
    void programs_have_the_same_bits_with_and_without_transposes(int rows, int columns, int inner) {
        DMatrixRMaj a = numbers(rows, inner);
        DMatrixRMaj b = numbers(inner, columns);
        double[] expected = new double[rows * columns];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = sum(a, i / columns, b, i % columns);
        }
        Node at = Node.input("at", inner, rows);
        Node bt = Node.input("bt", columns, inner);
        Node an = Node.input("a", rows, inner);
        Node bn = Node.input("b", inner, columns);
        Feeds feeds = Feeds.of(an, a).and(bn, b).and(at, transpose(a)).and(bt, transpose(b));
        List<Node> left = List.of(
                an,
                at.transpose(),
                Node.constant(a),
                Node.constant(transpose(a)).transpose());
        List<Node> right = List.of(
                bn,
                bt.transpose(),
                Node.constant(b),
                Node.constant(transpose(b)).transpose());
        Map<String, Node> products = new LinkedHashMap<>();
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size(); j++) {
                products.put(i + "·" + j, left.get(i).matmul(right.get(j)));
                Node swapped = right.get(j).transpose().matmul(left.get(i).transpose());
                products.put(i + "·" + j + ", transposed", swapped.transpose());
            }
        }
        for (Rewriting rewriting : List.of(Rewriting.ON, Rewriting.OFF)) {
            for (boolean keeps : new boolean[] {false, true}) {
                Program program = Program.of(products.values()).rewrite(rewriting);
                Program chosen = keeps ? program.keepingAll() : program;
                Executions.all().forEach((way, execution) -> {
                    for (Execution one : List.of(execution, execution.withPortableKernels())) {
                        Run run = chosen.newRun(one).set(feeds).forward();
                        products.forEach(
                                (name, node) -> assertThat(Arrays.copyOf(run.value(node).data, expected.length))
                                        .as("%s, %s, rewriting %s, keeping %s", name, way, rewriting, keeps)
                                        .isEqualTo(expected));
                    }
                });
            }
        }
    }

    private DMatrixRMaj numbers(int rows, int columns) {
        return new DMatrixRMaj(
                rows,
                columns,
                true,
                random.doubles((long) rows * columns, -1, 1).toArray());
    }

    private static DMatrixRMaj transpose(DMatrixRMaj x) {
        DMatrixRMaj y = new DMatrixRMaj(x.numCols, x.numRows);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++) {
                y.data[j * x.numRows + i] = x.data[i * x.numCols + j];
            }
        }
        return y;
    }
}
