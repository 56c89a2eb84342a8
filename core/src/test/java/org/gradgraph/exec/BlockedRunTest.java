package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.diff.Derivatives;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of examples give the cost and gradients of the whole, and the same bits however they are computed. */
class BlockedRunTest {
    private static final Dim M = Dim.named("m");
    private static final int EXAMPLES = 1003;

    private final Node x = Node.input("X", 5, M);
    private final Node y = Node.input("Y", 1, M);
    private final Node rows = Node.input("rows", M, 2);
    private final Node w = Node.parameter("w", 5, 1);
    private final Node b = Node.parameter("b");
    private final Node v = Node.parameter("v", 2, 1);
    private final Node z = w.transpose().matmul(x).plus(b).plus(rows.matmul(v).transpose());
    private final Node cost =
            Losses.bceWithLogits(z, y).plus(w.square().sum().times(0.01)).named("J");
    private final Program program = Program.of(cost).withGradients(w, b, v);

    private final DMatrixRMaj xs = gaussian(5, EXAMPLES, 1);
    private final DMatrixRMaj ys = labels();
    private final DMatrixRMaj pairs = gaussian(EXAMPLES, 2, 2);
    private final Feeds parameters = Feeds.of(w, gaussian(5, 1, 3)).and(b, 0.25).and(v, gaussian(2, 1, 4));
    private final Feeds data = Feeds.of(x, xs).and(y, ys).and(rows, pairs);

    private static DMatrixRMaj gaussian(int rows, int columns, long seed) {
        return Logistic.gaussian(rows, columns, new Random(seed));
    }

    private static DMatrixRMaj labels() {
        DMatrixRMaj labels = new DMatrixRMaj(1, EXAMPLES);
        for (int j = 0; j < EXAMPLES; j++) {
            labels.set(j, j % 3 == 0 ? 1 : 0);
        }
        return labels;
    }

    /** The data, one block after the other. */
    private ExampleSource source(boolean isRandomAccess, List<Long> starts) {
        return new ExampleSource() {
            @Override
            public List<Node> inputs() {
                return List.of(y, rows, x);
            }

            @Override
            public long examples() {
                return EXAMPLES;
            }

            @Override
            public void read(long first, int count, List<DMatrixRMaj> out) {
                if (!isRandomAccess) {
                    starts.add(first);
                }
                int from = (int) first;
                for (int k = 0; k < count; k++) {
                    out.get(0).set(0, k, ys.get(0, from + k));
                    for (int i = 0; i < 2; i++) {
                        out.get(1).set(k, i, pairs.get(from + k, i));
                    }
                    for (int i = 0; i < 5; i++) {
                        out.get(2).set(i, k, xs.get(i, from + k));
                    }
                }
            }

            @Override
            public boolean isRandomAccess() {
                return isRandomAccess;
            }
        };
    }

    private double[] results(BlockedRun run) {
        run.forwardAndBackward();
        return results(run.scalar(cost), run.gradientElements(w), run.gradientElements(v), run.gradientScalar(b));
    }

    private static double[] results(double j, double[] dw, double[] dv, double db) {
        return new double[] {j, dw[0], dw[1], dw[2], dw[3], dw[4], dv[0], dv[1], db};
    }

    /** Blocks add the same n terms in another order, and round each share of the mean. */
    @Test
    void blocks_are_the_whole() {
        Run whole = program.newRun().set(data).set(parameters).forwardAndBackward();
        double[] expected = results(
                whole.scalar(cost), whole.gradientElements(w), whole.gradientElements(v), whole.gradientScalar(b));
        for (int size : new int[] {1, 7, 64, EXAMPLES, 5000}) {
            BlockedRun run = program.inBlocks(M, size).newRun().set(data).set(parameters);
            assertThat(results(run)).containsExactly(expected, within(2 * EXAMPLES * Math.ulp(1.0)));
            double cost = run.scalar(this.cost);
            assertThat(run.forward().scalar(this.cost)).isEqualTo(cost);
        }
    }

    @Test
    void threads_and_feeding_change_no_bit(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("rows");
        Path columns = folder.resolve("columns");
        write(file, columns);
        for (int size : new int[] {1, 7, 64}) {
            BlockedProgram blocked = program.inBlocks(M, size);
            double[] one = results(blocked.newRun(Execution.standard().withThreads(1))
                    .set(data)
                    .set(parameters));
            for (int threads : new int[] {1, 2, 4}) {
                Execution execution = Execution.standard().withExecutor(task -> new Thread(task).start(), threads);
                BlockedRun run = blocked.newRun(execution).set(parameters).set(data);
                assertThat(results(run)).isEqualTo(one);
                assertThat(results(run.from(source(true, List.of())))).isEqualTo(one);
                List<Long> starts = new ArrayList<>();
                assertThat(results(run.from(source(false, starts)))).isEqualTo(one);
                assertThat(starts).isSorted().hasSize((EXAMPLES + size - 1) / size);
                try (ExampleFile inRows = ExampleFile.ofRows(file, M, x, y, rows);
                        ExampleFile inColumns = ExampleFile.ofColumns(columns, M, x, y, rows)) {
                    assertThat(results(run.from(inRows))).isEqualTo(one);
                    assertThat(results(run.from(inColumns))).isEqualTo(one);
                    assertThat(inRows).hasToString("1003 examples of 8 numbers in rows");
                }
                assertThat(results(run.set(data))).isEqualTo(one);
            }
        }
    }

    private void write(Path rowFile, Path columnFile) throws IOException {
        double[][] examples = new double[EXAMPLES][8];
        for (int k = 0; k < EXAMPLES; k++) {
            for (int i = 0; i < 5; i++) {
                examples[k][i] = xs.get(i, k);
            }
            examples[k][5] = ys.get(0, k);
            examples[k][6] = pairs.get(k, 0);
            examples[k][7] = pairs.get(k, 1);
        }
        ByteBuffer inRows = ByteBuffer.allocate(EXAMPLES * 64).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer inColumns = ByteBuffer.allocate(EXAMPLES * 64).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < EXAMPLES; k++) {
            for (int i = 0; i < 8; i++) {
                inRows.putDouble(examples[k][i]);
                inColumns.putDouble(8 * (i * EXAMPLES + k), examples[k][i]);
            }
        }
        Files.write(rowFile, inRows.array());
        Files.write(columnFile, inColumns.array());
    }

    @Test
    void other_numbers_of_examples_and_other_parameters_may_follow() {
        BlockedRun run = program.inBlocks(M, 64).newRun().set(parameters).set(data);
        double[] all = results(run);
        BlockedRun fresh = program.inBlocks(M, 64).newRun().set(parameters);
        for (BlockedRun each : List.of(run.from(source(true, List.of())), fresh)) {
            each.from(new First(70));
        }
        assertThat(results(run)).isEqualTo(results(fresh)).isNotEqualTo(all);
        assertThat(results(run.set(b, 3))).isNotEqualTo(results(fresh));
        assertThat(results(run.set(b, 0.25).from(source(true, List.of())))).isEqualTo(all);
    }

    private final class First implements ExampleSource {
        private final int count;

        First(int count) {
            this.count = count;
        }

        @Override
        public List<Node> inputs() {
            return List.of(y, rows, x);
        }

        @Override
        public long examples() {
            return count;
        }

        @Override
        public void read(long first, int block, List<DMatrixRMaj> out) throws IOException {
            source(true, List.of()).read(first, block, out);
        }
    }

    @Test
    void products_of_the_hessian_are_gradients_of_a_sum() {
        Node direction = Node.input("direction", 5, 1);
        Node slope = Derivatives.gradient(cost, w).times(direction).sum();
        Feeds feeds = data.and(parameters).and(direction, gaussian(5, 1, 9));
        double[] expected = Program.of(slope)
                .withGradients(w)
                .newRun()
                .set(feeds)
                .forwardAndBackward()
                .gradientElements(w);
        BlockedRun run =
                Program.of(slope).withGradients(w).inBlocks(M, 100).newRun().set(feeds);
        assertThat(run.forwardAndBackward().gradientElements(w))
                .containsExactly(expected, within(4 * EXAMPLES * Math.ulp(1.0)));
    }

    @Test
    void progress_ends_at_all_examples() {
        List<Long> heard = new ArrayList<>();
        program.inBlocks(M, 50)
                .newRun()
                .set(data)
                .set(parameters)
                .listen((done, of) -> {
                    assertThat(of).isEqualTo(EXAMPLES);
                    heard.add(done);
                })
                .forward();
        assertThat(heard).isSorted().hasSizeGreaterThan(8).endsWith((long) EXAMPLES);
    }

    @Test
    void blocks_depend_on_shapes_alone() {
        assertThat(program.inBlocks(M).blockSize()).isBetween(64, 1 << 16);
        assertThat(program.inBlocks(M).explain()).startsWith("\"J\" 1×1 as a sum over the examples of m: blocks of ");
        Node wide = Node.input("wide", 12288, M);
        Node weights = Node.parameter("weights", 12288, 1);
        Node loss = Losses.bceWithLogits(weights.transpose().matmul(wide), y);
        assertThat(Program.of(loss).withGradients().inBlocks(M).blockSize()).isBetween(1, 32);
        assertThat(program.inBlocks(M, 7)).hasToString("\"J\" 1×1 as a sum over the examples of m, in blocks of 7");
    }

    @Test
    void wrong_use_is_an_error() {
        BlockedRun run = program.inBlocks(M, 64).newRun();
        assertThatThrownBy(run::forward).hasMessageContaining("has no value");
        run.set(parameters);
        assertThatThrownBy(run::forward).hasMessageContaining("\"X\" 5×m");
        run.set(x, xs);
        run.set(y, new DMatrixRMaj(1, 7)).set(rows, pairs);
        assertThatThrownBy(run::forward)
                .hasMessageContaining("dimension m is 1003 in \"X\" 5×m, but 7 in \"Y\" 1×m")
                .hasMessageContaining("feed both with the same number of examples");
        assertThatThrownBy(() -> run.set(x, new DMatrixRMaj(4, 7))).hasMessageContaining("4×7");
        run.set(data);
        assertThatThrownBy(() -> run.scalar(cost)).hasMessageContaining("nothing is computed yet");
        run.forward();
        assertThatThrownBy(() -> run.gradient(w)).hasMessageContaining("forwardAndBackward()");
        assertThatThrownBy(() -> run.scalar(w)).hasMessageContaining("is not the cost");
        assertThatThrownBy(() -> run.gradient(x)).hasMessageContaining("withGradients");
        assertThatThrownBy(() -> run.set(Node.input("other"), 1)).hasMessageContaining("\"other\" 1×1");
        assertThatThrownBy(() -> program.inBlocks(M, 0)).hasMessageContaining("blocks of 0 examples");
        assertThatThrownBy(() -> program.keeping(z).inBlocks(M)).hasMessageContaining("keeps no inner values");
        assertThatThrownBy(() -> Program.of(cost).withGradients(x).inBlocks(M)).hasMessageContaining("\"X\" 5×m");
        assertThatThrownBy(() -> Program.of(cost).inBlocks(M).newRun().set(data).forwardAndBackward())
                .hasMessageContaining("no gradients");
    }

    @Test
    void a_source_that_fails_ends_the_pass(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("short");
        Files.write(file, new byte[8 * 8 * 100]);
        BlockedRun run = program.inBlocks(M, 64).newRun().set(parameters);
        try (ExampleFile examples = ExampleFile.ofRows(file, M, x, y, rows)) {
            run.from(examples).forward();
            Files.write(file, new byte[8]);
            assertThatThrownBy(run::forward)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("became shorter");
        }
        assertThatThrownBy(() -> ExampleFile.ofRows(file, M, x, y, rows)).hasMessageContaining("8 numbers of 8 bytes");
        assertThatThrownBy(() -> ExampleFile.ofRows(file, M, w)).hasMessageContaining("\"w\" 5×1");
        assertThat(run.set(data).forward().scalar(cost)).isFinite();
    }
}
