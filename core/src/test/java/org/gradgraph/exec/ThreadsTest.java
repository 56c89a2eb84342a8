package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.thread.HelperThreads;
import org.gradgraph.exec.thread.ThreadedWorkerPool;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadsTest {
    private static final int THREADS = 4;

    @Test
    void one_program_serves_many_threads_with_the_bits_of_a_serial_run()
            throws InterruptedException, ExecutionException {
        Logistic model = new Logistic(8);
        Program program = model.program();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<double[]>>> parallel = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                parallel.add(pool.submit(() -> {
                    start.await();
                    return train(program, model, thread);
                }));
            }
            for (int t = 0; t < THREADS; t++) {
                List<double[]> serial = train(program, model, t);
                for (int i = 0; i < serial.size(); i++) {
                    assertThat(parallel.get(t).get().get(i)).containsExactly(serial.get(i));
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Products that are cut by rows, by columns, and along the inner side with sums of their own. */
    @ParameterizedTest
    @CsvSource({
        "1, 209, 3000",
        "3000, 1, 209",
        "209, 1, 3000",
        "1, 1500, 1100",
        "40, 30, 50",
        "7, 200, 300",
        "3, 900, 5"
    })
    void a_product_has_the_same_bits_whoever_computes_its_strips(int rows, int columns, int inner) {
        Node a = Node.parameter("a", rows, inner);
        Node b = Node.parameter("b", inner, columns);
        Feeds feeds = Feeds.of(a, numbers(rows, inner)).and(b, numbers(inner, columns));
        Program program = Program.of(a.matmul(b).sin().sum()).withGradients(a, b);
        Execution alone = Execution.standard().withThreads(1);
        for (Node parameter : List.of(a, b)) {
            double[] expected = gradient(program, feeds, alone, parameter);
            for (int count = 2; count <= 4; count++) {
                int workers = count;
                assertThat(gradient(program, feeds, ScatteredWorkers.scattered(alone, workers), parameter))
                        .as("%s workers", workers)
                        .isEqualTo(expected);
                Execution threads =
                        alone.withWorkers(() -> new ThreadedWorkerPool(new HelperThreads(workers - 1), workers, 0));
                assertThat(gradient(program, feeds, threads, parameter))
                        .as("%s threads", workers)
                        .isEqualTo(expected);
            }
        }
    }

    private static double[] gradient(Program program, Feeds feeds, Execution execution, Node parameter) {
        return program.newRun(execution).set(feeds).forwardAndBackward().gradient(parameter).data;
    }

    private static DMatrixRMaj numbers(int rows, int columns) {
        DMatrixRMaj some = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < some.getNumElements(); i++) {
            some.data[i] = Math.sin(i);
        }
        return some;
    }

    private static List<double[]> train(Program program, Logistic model, int thread) {
        Run run = program.newRun();
        List<double[]> results = new ArrayList<>();
        for (int step = 0; step < 50; step++) {
            run.set(model.random(10 + thread + step % 2, 1000L * thread + step))
                    .forward()
                    .backward();
            results.add(run.value(model.cost).data);
            results.add(run.gradient(model.w).data);
        }
        return results;
    }
}
