package org.gradgraph.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.gradgraph.graph.Geometry.Window;
import org.junit.jupiter.api.Test;

/** Convolutions against nested loops, with borders, strides, channels, filters and pictures. */
class ConvolutionTest {
    @Test
    void a_batch_is_convolved_as_nested_loops_say() {
        for (int stride = 1; stride <= 3; stride++) {
            for (boolean same : new boolean[] {false, true}) {
                for (int channels = 1; channels <= 3; channels++) {
                    compare(new Geometry(5, 7, channels), 3, 5, stride, same);
                    compare(new Geometry(4, 3, channels), 1, 3, stride, same);
                }
            }
        }
    }

    private static void compare(Geometry g, int rows, int columns, int stride, boolean same) {
        int filterCount = 4;
        int pictures = 3;
        Random random = new Random(1);
        double[][] x = Loops.table(g.elements(), pictures, (i, j) -> random.nextGaussian());
        double[][] f = Loops.table(filterCount, g.channels() * rows * columns, (i, j) -> random.nextGaussian());
        Window window = g.window(rows, columns).stride(stride);
        window = same ? window.same() : window;
        Node y = Convolutions.conv2d(Node.constant(x), Node.constant(f), window);
        Geometry out = window.output(filterCount);
        int top = same ? (rows - 1) / 2 : 0;
        int left = same ? (columns - 1) / 2 : 0;
        double[][] want = Loops.table(out.elements(), pictures, (place, picture) -> {
            int filter = place / (out.height() * out.width());
            int i = place / out.width() % out.height();
            int j = place % out.width();
            double total = 0;
            for (int c = 0; c < g.channels(); c++) {
                for (int u = 0; u < rows; u++) {
                    for (int v = 0; v < columns; v++) {
                        int r = i * stride + u - top;
                        int s = j * stride + v - left;
                        if (r >= 0 && r < g.height() && s >= 0 && s < g.width()) {
                            total += x[(c * g.height() + r) * g.width() + s][picture]
                                    * f[filter][(c * rows + u) * columns + v];
                        }
                    }
                }
            }
            return total;
        });
        assertThat(y.shape()).isEqualTo(Shape.of(out.elements(), pictures));
        assertThat(value(y)).as(window.toString()).containsExactly(Loops.flat(want), within(1e-12));
    }

    @Test
    void one_picture_is_a_batch_of_one() {
        double[][] x = Loops.table(4, 6, (i, j) -> Math.sin(7 * i + j));
        double[][] k = Loops.table(3, 3, (i, j) -> Math.cos(2 * i - j));
        for (int stride = 1; stride <= 2; stride++) {
            Window window = new Geometry(4, 6, 1).window(3, 3).stride(stride).same();
            Node batch = Convolutions.conv2d(
                    Node.constant(x).reshape(24, 1), Node.constant(k).reshape(1, 9), window);
            Node picture = Convolutions.conv2d(Node.constant(x), Node.constant(k), stride, Convolutions.Padding.SAME);
            assertThat(value(picture)).containsExactly(value(batch));
        }
    }

    @Test
    void nan_under_the_window_comes_out_where_the_window_sees_it_and_nowhere_else() {
        for (double strange : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[][] x = new double[4][4];
            x[0][3] = strange;
            Node y = Convolutions.conv2d(
                    Node.constant(x),
                    Node.constant(Loops.table(3, 3, (i, j) -> i == 1 ? 0 : 1)),
                    Convolutions.Padding.SAME);
            boolean[] finite = new boolean[16];
            Arrays.fill(finite, true);
            finite[2] = finite[3] = finite[6] = finite[7] = false;
            double[] values = value(y);
            for (int k = 0; k < 16; k++) {
                assertThat(Double.isFinite(values[k])).as("element " + k).isEqualTo(finite[k]);
            }
        }
        Node kernel = Node.constant(new double[][] {{0, Double.NaN, 0}});
        assertThat(value(Convolutions.conv2d(Node.constant(new double[2][2]), kernel, Convolutions.Padding.SAME)))
                .containsOnly(Double.NaN);
    }

    @Test
    void windows_that_make_no_sense_are_refused_with_a_remedy() {
        Geometry small = new Geometry(3, 3, 1);
        assertThatThrownBy(() -> small.window(4, 1)).hasMessageContaining("must fit into the picture");
        assertThatThrownBy(() -> small.window(2, 3).same()).hasMessageContaining("odd sides");
        assertThatThrownBy(() -> small.window(2, 2).stride(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Geometry(0, 3, 1)).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> new Geometry(65536, 65536, 1)).isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> Convolutions.maxPool(
                        Node.input("X", 9, 2), small.window(3, 3).same()))
                .hasMessageContaining("padded");
        assertThatThrownBy(() -> Convolutions.conv2d(Node.input("X", 8, 2), Node.input("F", 1, 4), small.window(2, 2)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("9 elements")
                .hasMessageContaining("\"X\" 8×2");
        Node x = Node.input("X", Dim.named("m"), Dim.named("n"));
        assertThatThrownBy(() -> Convolutions.conv2d(x, Node.input("K", 2, 2), 2, Convolutions.Padding.VALID))
                .hasMessageContaining("stride 1");
        assertThatThrownBy(() -> Convolutions.conv2d(Node.input("X", 4, 4), x)).isInstanceOf(ShapeException.class);
    }

    private static double[] value(Node node) {
        return Computation.value(node);
    }
}
