package org.gradgraph.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.Loops;
import org.gradgraph.exec.kernel.MatrixProduct;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VectorKernelsTest {
    private final Kernels vector = new VectorKernels();
    private final Kernels portable = new Kernels();
    private final Random random = new Random(7);

    @Test
    void programs_find_them() {
        assertThat(ServiceLoader.load(Kernels.class)).hasOnlyElementsOfType(VectorKernels.class);
        assertThat(vector.isAvailable())
                .as("the tests run with --add-modules jdk.incubator.vector")
                .isTrue();
    }

    @Test
    void a_run_says_that_it_uses_them() {
        Node x = Node.parameter("x", 3, 4);
        Run run = Program.of(x.exp().sum()).newRun().set(x, new double[3][4]);
        assertThat(run.explain()).startsWith("kernels: vector of ");
    }

    @Test
    void a_sum_is_close_to_the_exact_one() {
        for (int n = 1; n < 100; n++) {
            double[] x = random.doubles(n + 2, -1, 1).toArray();
            BigDecimal exact = BigDecimal.ZERO;
            for (int i = 1; i <= n; i++) {
                exact = exact.add(new BigDecimal(x[i]));
            }
            assertThat(Math.abs(vector.sum(x, 1, n) - exact.doubleValue())).isLessThan(n * Math.ulp(1.0 * n));
        }
    }

    @Test
    void small_products_are_those_of_the_portable_kernels() {
        assertThat(vector.product(4, 400, 2, false, false))
                .isExactlyInstanceOf(portable.product(4, 400, 2, false, false).getClass());
    }

    @ParameterizedTest
    @EnumSource
    void loops_change_over_to_vectors_after_a_while_with_the_same_bits(Primitive primitive) {
        double[] x = random.doubles(20_003, -2, 2).toArray();
        double[] y = random.doubles(x.length, -2, 2).toArray();
        double[] expected = new double[x.length];
        portable.loops(x.length).run(primitive, x, y, x, expected, x.length);
        Loops loops = vector.loops(x.length);
        double[] copy = new double[x.length];
        for (int i = 0; i < 14_000; i++) {
            loops.run(Primitive.COPY, x, x, x, copy, x.length);
        }
        double[] actual = new double[x.length];
        loops.run(primitive, x, y, x, actual, x.length);
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 37, 5",
        "37, 1, 5",
        "5, 7, 1",
        "6, 16, 256",
        "7, 17, 257",
        "64, 65, 300",
        "13, 530, 9",
        "1, 300, 40",
        "300, 1, 41",
        "1, 301, 131",
        "301, 1, 131",
        "2, 2, 1000",
        "4, 3, 401",
        "3, 500, 33",
        "1, 100, 1500",
        "100, 1, 1501",
        "1, 1600, 1500",
        "1, 1100, 1100",
        "3, 1, 50000",
        "1, 2, 140000",
        "19, 70, 300",
        "17, 63, 300",
        "18, 63, 300",
        "1, 131072, 1",
        "1, 300, 511",
        "1, 300, 512",
        "4096, 1, 32",
        "4097, 1, 32",
        "13, 200, 600",
        "128, 140, 260"
    })
    void products_agree_with_the_definition_in_all_four_layouts(int rows, int columns, int inner) {
        for (Kernels kernels : List.of(vector, portable)) {
            for (int layout = 0; layout < 4; layout++) {
                check(kernels, rows, columns, inner, (layout & 1) != 0, (layout & 2) != 0);
            }
        }
    }

    private void check(Kernels kernels, int rows, int columns, int inner, boolean ta, boolean tb) {
        double[] a = random.doubles((long) rows * inner, -1, 1).toArray();
        double[] b = random.doubles((long) inner * columns, -1, 1).toArray();
        MatrixProduct product = kernels.product(rows, columns, inner, ta, tb);
        double[] written = ofNaN(rows * columns * product.partials());
        product.run(a, b, written, 0, product.strips());
        double[] whole = added(written, rows * columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += a[ta ? k * rows + i : i * inner + k] * b[tb ? j * inner + k : k * columns + j];
                }
                assertThat(Math.abs(whole[i * columns + j] - sum))
                        .as("%s, element %s, %s", kernels.name(), i, j)
                        .isLessThanOrEqualTo(inner * Math.ulp(1.0 * inner));
            }
        }
        for (int together = 1; together <= 5; together += 2) {
            double[] inStrips = ofNaN(written.length);
            for (int to = product.strips(); to > 0; to -= together) {
                product.run(a, b, inStrips, Math.max(0, to - together), to);
            }
            assertThat(inStrips).as("%s strips at a time", together).isEqualTo(written);
        }
    }

    /** The order of a sum depends on the sizes alone; so there are as many partial results, too. */
    @ParameterizedTest
    @MethodSource
    void products_have_the_bits_of_the_portable_kernels(int rows, int columns, int inner) {
        for (int layout = 0; layout < 4; layout++) {
            boolean ta = (layout & 1) != 0;
            boolean tb = (layout & 2) != 0;
            double[] a = random.doubles((long) rows * inner, -1, 1).toArray();
            double[] b = random.doubles((long) inner * columns, -1, 1).toArray();
            MatrixProduct expected = portable.product(rows, columns, inner, ta, tb);
            MatrixProduct actual = vector.product(rows, columns, inner, ta, tb);
            double[] c = ofNaN(rows * columns * expected.partials());
            double[] d = ofNaN(rows * columns * actual.partials());
            expected.run(a, b, c, 0, expected.strips());
            actual.run(a, b, d, 0, actual.strips());
            assertThat(d).as("layout %s", layout).isEqualTo(c);
        }
    }

    static List<Arguments> products_have_the_bits_of_the_portable_kernels() {
        List<Arguments> sizes = new ArrayList<>();
        int[] sides = {1, 2, 3, 4, 5, 7, 16, 17, 33, 150};
        for (int rows : sides) {
            for (int columns : sides) {
                for (int inner : new int[] {1, 2, 7, 34, 255, 300, 2053}) {
                    sizes.add(Arguments.of(rows, columns, inner));
                }
            }
        }
        sizes.add(Arguments.of(1, 1100, 1100));
        sizes.add(Arguments.of(1, 1024, 600));
        sizes.add(Arguments.of(1, 20_000, 209));
        sizes.add(Arguments.of(209, 1, 12_288));
        return sizes;
    }

    private static double[] ofNaN(int size) {
        double[] filled = new double[size];
        Arrays.fill(filled, Double.NaN);
        return filled;
    }

    private static double[] added(double[] partials, int size) {
        double[] sum = new double[size];
        for (int i = 0; i < partials.length; i++) {
            sum[i % size] += partials[i];
        }
        return sum;
    }

    @Test
    void a_row_gives_the_same_bits_wherever_it_stands() {
        for (Kernels kernels : List.of(vector, portable)) {
            for (int columns : new int[] {1, 2, 9, 40, 130}) {
                for (int inner : new int[] {3, 31, 300, 5000}) {
                    double[] row = random.doubles(inner, -1, 1).toArray();
                    double[] b = random.doubles((long) inner * columns, -1, 1).toArray();
                    double[] a = new double[31 * inner];
                    for (int i = 0; i < 31; i++) {
                        System.arraycopy(row, 0, a, i * inner, inner);
                    }
                    double[] c = new double[31 * columns];
                    MatrixProduct product = kernels.product(31, columns, inner, false, true);
                    product.run(a, b, c, 0, product.strips());
                    for (int i = columns; i < c.length; i++) {
                        assertThat(c[i])
                                .as("%s, %s columns, inner %s", kernels.name(), columns, inner)
                                .isEqualTo(c[i - columns]);
                    }
                }
            }
        }
    }

    /** Neither what was packed before nor what lies beyond the edge of a block gets into a result. */
    @ParameterizedTest
    @CsvSource({
        "40, 41, 37",
        "40, 41, 34",
        "1, 700, 60",
        "700, 1, 60",
        "3, 130, 100",
        "1, 33, 2000",
        "33, 1, 2000",
        "18, 31, 300"
    })
    void nothing_is_left_of_an_earlier_product(int rows, int columns, int inner) {
        for (Kernels kernels : List.of(vector, portable)) {
            for (int layout = 0; layout < 4; layout++) {
                boolean ta = (layout & 1) != 0;
                boolean tb = (layout & 2) != 0;
                double[] a = random.doubles((long) rows * inner, -1, 1).toArray();
                double[] b = random.doubles((long) inner * columns, -1, 1).toArray();
                MatrixProduct fresh = kernels.product(rows, columns, inner, ta, tb);
                double[] expected = ofNaN(rows * columns * fresh.partials());
                fresh.run(a, b, expected, 0, fresh.strips());

                MatrixProduct used = kernels.product(rows, columns, inner, ta, tb);
                double[] c = ofNaN(expected.length);
                used.run(ofNaN(a.length), ofNaN(b.length), c, 0, used.strips());
                assertThat(c).as("%s: all of NaN", kernels.name()).containsOnly(Double.NaN);
                used.run(a, b, c, 0, used.strips());
                assertThat(c).as("%s, layout %s", kernels.name(), layout).isEqualTo(expected);
            }
        }
    }

    /** One infinite element times 0 makes one row or column of NaN, and nothing else. */
    @Test
    void an_infinite_element_reaches_its_column_only() {
        for (Kernels kernels : List.of(vector, portable)) {
            double[] a = new double[40 * 50];
            double[] b = new double[50 * 41];
            b[49 * 41 + 17] = Double.POSITIVE_INFINITY;
            double[] c = new double[40 * 41];
            MatrixProduct product = kernels.product(40, 41, 50, false, false);
            product.run(a, b, c, 0, product.strips());
            for (int i = 0; i < c.length; i++) {
                assertThat(Double.isNaN(c[i])).as(kernels.name()).isEqualTo(i % 41 == 17);
            }
        }
    }

    @Test
    void what_is_not_finite_propagates_through_a_product() {
        for (Kernels kernels : List.of(vector, portable)) {
            for (int n : new int[] {1, 2, 5, 20}) {
                double[] a = new double[n * n];
                double[] b = new double[n * n];
                double[] c = new double[n * n];
                b[n * n - 1] = Double.POSITIVE_INFINITY;
                MatrixProduct product = kernels.product(n, n, n, false, false);
                product.run(a, b, c, 0, product.strips());
                for (int i = 0; i < n * n; i++) {
                    assertThat(Double.isNaN(c[i])).as("0·∞, %s", kernels.name()).isEqualTo(i % n == n - 1);
                }
            }
        }
    }
}
