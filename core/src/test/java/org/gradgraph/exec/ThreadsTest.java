package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

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
