package org.gradgraph.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.gradgraph.exec.ExampleFile;
import org.gradgraph.exec.Feeds;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cost over a file that is never in memory as a whole. */
class StreamedObjectiveTest {
    private static final Dim M = Dim.named("m");
    private static final int FEATURES = 30;
    private static final int EXAMPLES = 1_000_000;

    private final Node x = Node.input("X", FEATURES, M);
    private final Node y = Node.input("Y", 1, M);
    private final Node w = Node.parameter("w", FEATURES, 1);

    /** Whole numbers from −2 to 2, and as label the sum of the features: the numbers of least squares are whole, too. */
    private static Path file(Path folder, int examples) throws IOException {
        Path file = folder.resolve("examples-" + examples);
        SplittableRandom random = new SplittableRandom(3);
        ByteBuffer example = ByteBuffer.allocate(8 * (FEATURES + 1)).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int k = 0; k < examples; k++) {
                int sum = 0;
                for (int i = 0; i < FEATURES; i++) {
                    int feature = random.nextInt(5) - 2;
                    sum += feature;
                    example.putDouble(8 * i, feature);
                }
                example.putDouble(8 * FEATURES, sum);
                out.write(example.array());
            }
        }
        return file;
    }

    /** At w = 0 the sum of (w·x − y)² is Σ y² and its gradient −2 Σ y·x, which are whole numbers. */
    @Test
    void a_million_examples_are_summed_exactly_in_the_memory_of_some_blocks(@TempDir Path folder) throws IOException {
        Path file = file(folder, EXAMPLES);
        Node cost = w.transpose().matmul(x).minus(y).square().sum();
        long squares = 0;
        long[] products = new long[FEATURES];
        SplittableRandom random = new SplittableRandom(3);
        int[] features = new int[FEATURES];
        for (int k = 0; k < EXAMPLES; k++) {
            int sum = 0;
            for (int i = 0; i < FEATURES; i++) {
                features[i] = random.nextInt(5) - 2;
                sum += features[i];
            }
            squares += (long) sum * sum;
            for (int i = 0; i < FEATURES; i++) {
                products[i] += (long) sum * features[i];
            }
        }
        assertThat(Program.of(cost).withGradients(w).inBlocks(M).blockSize()).isLessThan(EXAMPLES / 50);
        try (ExampleFile examples = ExampleFile.ofRows(file, M, x, y)) {
            assertThat(examples.examples()).isEqualTo(EXAMPLES);
            Objective objective =
                    Objective.ofExamples(cost, M, examples, Feeds.none(), Feeds.of(w, new double[FEATURES]));
            double[] gradient = new double[FEATURES];
            assertThat(objective.valueAndGradient(objective.start(), gradient)).isEqualTo((double) squares);
            for (int i = 0; i < FEATURES; i++) {
                assertThat(gradient[i]).isEqualTo(-2.0 * products[i]);
            }
        }
    }

    @Test
    void descent_finds_the_weights_of_a_file(@TempDir Path folder) throws IOException {
        Node cost = Losses.mse(w.transpose().matmul(x), y).plus(w.square().sum().times(1e-9));
        try (ExampleFile examples = ExampleFile.ofRows(file(folder, 2000), M, x, y)) {
            Objective objective =
                    Objective.ofExamples(cost, M, examples, Feeds.none(), Feeds.of(w, new double[FEATURES]));
            double[] point = objective.start();
            double[] slope = objective.gradient(point);
            for (int step = 0; step < 200; step++) {
                for (int i = 0; i < FEATURES; i++) {
                    point[i] -= 0.2 * slope[i];
                }
                slope = objective.gradient(point);
            }
            for (double weight : point) {
                assertThat(weight).isEqualTo(1, within(1e-6));
            }
            assertThat(objective.evaluations()).isBetween(10L, 201L);
            assertThatThrownBy(() -> objective.hessianVector(objective.start(), objective.start()))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("block by block");
            assertThatThrownBy(() -> objective.exampleGradients(M, objective.start()))
                    .hasMessageContaining("block by block");
        }
    }

    @Test
    void what_is_no_sum_is_refused(@TempDir Path folder) throws IOException {
        Node cost = w.transpose().matmul(x).minus(y).square().mean().sqrt();
        try (ExampleFile examples = ExampleFile.ofRows(file(folder, 10), M, x, y)) {
            assertThatThrownBy(() ->
                            Objective.ofExamples(cost, M, examples, Feeds.none(), Feeds.of(w, new double[FEATURES])))
                    .hasMessageContaining("sqrt")
                    .hasMessageContaining("StreamedObjectiveTest.java");
            assertThatThrownBy(() -> Objective.ofExamples(cost, M, examples, Feeds.none(), Feeds.none()))
                    .hasMessageContaining("nothing to change");
        }
    }
}
