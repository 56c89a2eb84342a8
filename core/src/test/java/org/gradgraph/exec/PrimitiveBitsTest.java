package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Primitive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scalar method of a primitive gives the bits of every program, for more than a million operands in all. */
class PrimitiveBitsTest {
    private static final double[] EDGES = {
        0.0,
        1,
        Double.MIN_VALUE,
        3 * Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Math.nextDown(Double.MIN_NORMAL),
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NaN,
        0x1p52,
        0x1p53,
        1e300,
        1e-300,
        1e-17,
        0.5,
        1.5,
        2,
        3,
        708,
        708.5,
        709,
        709.782712893384,
        709.7827128933841,
        710,
        744,
        745.1332191019411,
        745.1332191019412,
        745.2,
        746,
        746.1,
        19.999999,
        20,
        22,
        39.9,
        40,
        40.1,
        26.5,
        26.6,
        27.2,
        27.3,
        4,
        0.46875,
        0.9999999999999999,
        Math.nextUp(1.0),
        Math.sqrt(0.5),
        Math.nextDown(Math.sqrt(0.5)),
        Math.sqrt(2),
        0.34657359027997264,
        Math.PI,
        Math.PI / 2,
        1e22
    };

    private static final int COUNT = 30_011;

    private final Random random = new Random(7);

    @ParameterizedTest
    @EnumSource
    void an_element_has_the_bits_of_the_scalar_method_wherever_it_stands(Primitive primitive) {
        double[][] operands = {samples(), samples(), samples()};
        double[] expected = new double[COUNT];
        Arrays.setAll(expected, i -> primitive.apply(operands[0][i], operands[1][i], operands[2][i]));

        for (int[] shape : new int[][] {{1, COUNT}, {COUNT, 1}, {COUNT / 40, 40}, {COUNT / 7, 7}, {20, 1500}, {1, 9}}) {
            int n = shape[0] * shape[1];
            for (int from = 0; from <= COUNT - n; from += COUNT / 3) {
                Run run = run(primitive, shape[0], shape[1]);
                assertSame(primitive, operands, from, forward(run, operands, from, n), expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_single_number_has_the_bits_of_the_scalar_method(Primitive primitive) {
        double[][] operands = {samples(), samples(), samples()};
        Run run = run(primitive, 1, 1);
        double[] expected = new double[COUNT];
        for (int i = 0; i < 5000; i++) {
            expected[i] = primitive.apply(operands[0][i], operands[1][i], operands[2][i]);
            assertSame(primitive, operands, i, forward(run, operands, i, 1), expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_constant_is_folded_to_the_bits_of_the_scalar_method(Primitive primitive) {
        double[][] operands = {samples(), samples(), samples()};
        List<Node> folded = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Node[] constants = new Node[primitive.arity()];
            for (int k = 0; k < constants.length; k++) {
                constants[k] = Node.constant(operands[k][i]);
            }
            folded.add(Node.apply(new Applied(primitive), constants));
        }
        Run run = Program.of(folded).newRun();
        run.forward();
        for (int i = 0; i < folded.size(); i++) {
            double expected = primitive.apply(operands[0][i], operands[1][i], operands[2][i]);
            assertThat(Double.doubleToLongBits(run.scalar(folded.get(i))))
                    .as("%s of %s, %s, %s", primitive, operands[0][i], operands[1][i], operands[2][i])
                    .isEqualTo(Double.doubleToLongBits(expected));
        }
    }

    private static Run run(Primitive primitive, int rows, int columns) {
        Node[] inputs = new Node[primitive.arity()];
        Arrays.setAll(inputs, i -> Node.input("x" + i, rows, columns));
        return Program.of(Node.apply(new Applied(primitive), inputs)).newRun();
    }

    private static double[] forward(Run run, double[][] operands, int from, int n) {
        Node y = run.program().outputs().get(0);
        for (int i = 0; i < y.inputs().size(); i++) {
            Node x = y.inputs().get(i);
            DMatrixRMaj value =
                    new DMatrixRMaj(x.shape().rows().size(), x.shape().columns().size());
            System.arraycopy(operands[i], from, value.data, 0, n);
            run.set(x, value);
        }
        run.forward();
        return run.value(y).data;
    }

    private static void assertSame(
            Primitive primitive, double[][] operands, int from, double[] actual, double[] expected) {
        for (int i = 0; i < actual.length; i++) {
            double e = expected[from + i];
            if (Double.compare(actual[i], e) != 0) {
                assertThat(actual[i])
                        .as(
                                "%s of %s, %s, %s at place %s of %s",
                                primitive,
                                operands[0][from + i],
                                operands[1][from + i],
                                operands[2][from + i],
                                i,
                                actual.length)
                        .isEqualTo(e);
            }
        }
    }

    /** Edges of both signs first, then numbers of usual and of all sizes, all shuffled. */
    private double[] samples() {
        double[] all = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            double size = i / 2 < EDGES.length
                    ? EDGES[i / 2]
                    : i % 2 == 0
                            ? random.nextDouble() * (i % 3 == 0 ? 4 : 40)
                            : Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
            all[i] = random.nextBoolean() ? size : -size;
        }
        for (int i = COUNT - 1; i > 0; i--) {
            int k = random.nextInt(i + 1);
            double kept = all[i];
            all[i] = all[k];
            all[k] = kept;
        }
        return all;
    }
}
