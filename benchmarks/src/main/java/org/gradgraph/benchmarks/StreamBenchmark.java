package org.gradgraph.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.BlockedProgram;
import org.gradgraph.exec.BlockedRun;
import org.gradgraph.exec.ExampleFile;
import org.gradgraph.exec.Program;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;

/**
 * Cost and gradient of logistic regression on a file that need not fit into memory, beside a bare read of the same file.
 *
 * <p>Arguments: the file, which is written if it is missing, and the number of examples, 10 million by default (2.5 GB).
 */
public final class StreamBenchmark {
    private static final int FEATURES = 30;
    private static final int ROUNDS = 5;

    private final Dim m = Dim.named("m");
    private final Node x = Node.input("X", FEATURES, m);
    private final Node y = Node.input("Y", 1, m);
    private final Node w = Node.parameter("w", FEATURES, 1);
    private final Node cost = Losses.bceWithLogits(w.transpose().matmul(x), y);

    private StreamBenchmark() {}

    /** Prints a line for each round, and the medians. */
    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        int examples = args.length > 1 ? Integer.parseInt(args[1]) : 10_000_000;
        if (!Files.exists(path)) {
            write(path, examples);
        }
        new StreamBenchmark().compare(path);
    }

    private static void write(Path path, int examples) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer example = ByteBuffer.allocate(Double.BYTES * (FEATURES + 1)).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
            for (int k = 0; k < examples; k++) {
                for (int i = 0; i < FEATURES; i++) {
                    example.putDouble(Double.BYTES * i, random.nextDouble() - 0.5);
                }
                example.putDouble(Double.BYTES * FEATURES, random.nextInt(2));
                out.write(example.array());
            }
        }
    }

    private void compare(Path path) throws IOException {
        BlockedProgram program = Program.of(cost).withGradients(w).inBlocks(m);
        try (ExampleFile file = ExampleFile.ofRows(path, m, x, y)) {
            BlockedRun run = program.newRun().set(w, new double[FEATURES]).from(file);
            List<Double> reads = new ArrayList<>();
            List<Double> passes = new ArrayList<>();
            System.out.println(file + ", blocks of " + program.blockSize());
            for (int round = 0; round < ROUNDS; round++) {
                reads.add(seconds(() -> read(path, program.blockSize())));
                passes.add(seconds(() -> run.forwardAndBackward()));
                System.out.printf(
                        "read %.2f s, cost and gradient %.2f s, cost %s%n",
                        reads.get(round), passes.get(round), run.scalar(cost));
            }
            System.out.printf("median: read %.2f s, cost and gradient %.2f s%n", Median.of(reads), Median.of(passes));
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static double seconds(Task task) throws IOException {
        long start = System.nanoTime();
        task.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Reads the file into the matrices of a block, on one thread. */
    private void read(Path path, int block) throws IOException {
        try (ExampleFile file = ExampleFile.ofRows(path, m, x, y)) {
            List<DMatrixRMaj> out = List.of(new DMatrixRMaj(FEATURES, block), new DMatrixRMaj(1, block));
            for (long first = 0; first + block <= file.examples(); first += block) {
                file.read(first, block, out);
            }
        }
    }
}
