package org.gradgraph.exec.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadedWorkerPoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void every_unit_runs_once_and_no_worker_twice_at_a_time(int count) {
        WorkerPool workers = new ThreadedWorkerPool(new HelperThreads(count - 1), count, 0);
        AtomicIntegerArray busy = new AtomicIntegerArray(count);
        for (int round = 0; round < 2000; round++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(1 + round % 17);
            AtomicIntegerArray clashes = new AtomicIntegerArray(1);
            workers.share(
                    (unit, worker) -> {
                        clashes.addAndGet(0, busy.getAndIncrement(worker));
                        runs.incrementAndGet(unit);
                        busy.decrementAndGet(worker);
                    },
                    runs.length());
            for (int unit = 0; unit < runs.length(); unit++) {
                assertThat(runs.get(unit)).isEqualTo(1);
            }
            assertThat(clashes.get(0)).isZero();
        }
    }

    @Test
    void an_exception_of_a_unit_reaches_the_caller_after_all_units_have_ended() {
        WorkerPool workers = new ThreadedWorkerPool(new HelperThreads(1), 2, 0);
        for (int failing = 0; failing < 10; failing++) {
            int bad = failing;
            AtomicIntegerArray runs = new AtomicIntegerArray(10);
            assertThatThrownBy(() -> workers.share(
                            (unit, worker) -> {
                                runs.incrementAndGet(unit);
                                if (unit == bad) {
                                    throw new IllegalStateException("unit " + unit);
                                }
                            },
                            10))
                    .hasMessage("unit " + bad);
            for (int unit = 0; unit < 10; unit++) {
                assertThat(runs.get(unit)).isEqualTo(1);
            }
        }
        workers.share((unit, worker) -> {}, 3);
    }

    @Test
    void an_executor_that_refuses_or_never_runs_does_not_block() {
        Execution refuses = Execution.standard()
                .withExecutor(
                        task -> {
                            throw new RejectedExecutionException();
                        },
                        2);
        AtomicReference<Runnable> forgotten = new AtomicReference<>();
        Execution forgets = Execution.standard().withExecutor(forgotten::set, 4);
        DMatrixRMaj alone = sum(Execution.standard().withThreads(1));

        assertThat(sum(refuses).data).isEqualTo(alone.data);
        assertThat(sum(forgets).data).isEqualTo(alone.data);
        assertThat(forgotten.get()).as("the work is large enough to be shared").isNotNull();
        forgotten.get().run();
    }

    /** Such as a pool that has the caller run what it refuses; helpers would wait for work that never comes. */
    @Test
    void an_executor_that_runs_at_once_in_the_calling_thread_is_no_helper() {
        Set<Integer> numbers = new HashSet<>();
        ThreadedWorkerPool.Helpers callerRuns = task -> {
            task.run();
            return true;
        };
        ThreadedWorkerPool workers = new ThreadedWorkerPool(callerRuns, 4, 0);
        for (int round = 0; round < 1000; round++) {
            workers.share((unit, worker) -> numbers.add(worker), 8);
        }
        assertThat(numbers).containsExactly(0);
    }

    @Test
    void what_goes_wrong_when_help_is_asked_for_is_told_after_all_units_have_ended() {
        AtomicIntegerArray runs = new AtomicIntegerArray(10);
        ThreadedWorkerPool workers = new ThreadedWorkerPool(
                task -> {
                    throw new IllegalStateException("no more threads");
                },
                3,
                0);
        for (int round = 1; round <= 2; round++) {
            assertThatThrownBy(() -> workers.share((unit, worker) -> runs.incrementAndGet(unit), 10))
                    .as("it is asked in each round anew")
                    .hasMessage("no more threads");
            for (int unit = 0; unit < 10; unit++) {
                assertThat(runs.get(unit)).isEqualTo(round);
            }
        }
    }

    @Test
    void a_crew_knows_that_it_is_missed_until_somebody_is_helped() throws InterruptedException {
        HelperThreads crew = new HelperThreads(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        assertThat(crew.offer(() -> {
                    try {
                        release.await();
                    } catch (InterruptedException stopped) {
                        throw new IllegalStateException(stopped);
                    }
                }))
                .isTrue();
        assertThat(crew.areMissedElsewhere()).isFalse();
        assertThat(crew.offer(done::countDown)).isFalse();
        assertThat(crew.areMissedElsewhere()).isTrue();
        release.countDown();
        while (!crew.offer(done::countDown)) {
            Thread.onSpinWait();
        }
        assertThat(crew.areMissedElsewhere()).isFalse();
        done.await();
    }

    @Test
    void more_than_one_thread_takes_units() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        WorkerPool workers = new ThreadedWorkerPool(new HelperThreads(3), 4, 0);
        CountDownLatch two = new CountDownLatch(2);
        workers.share(
                (unit, worker) -> {
                    if (threads.add(Thread.currentThread())) {
                        two.countDown();
                    }
                    try {
                        two.await();
                    } catch (InterruptedException stopped) {
                        throw new IllegalStateException(stopped);
                    }
                },
                4);
        assertThat(threads).hasSizeGreaterThan(1);
    }

    @Test
    void more_threads_than_processors_are_as_many_as_there_are_processors() {
        Node x = Node.parameter("x", 400, 400);
        Run run = Program.of(x.matmul(x).sum())
                .newRun(Execution.standard().withThreads(Integer.MAX_VALUE))
                .set(x, new DMatrixRMaj(400, 400));
        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(run.forward().explain()).contains("; at most " + processors + " thread");
    }

    @Test
    void an_executor_of_ones_own_helps() {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            assertThat(sum(Execution.standard().withExecutor(executor, 3)).data)
                    .isEqualTo(sum(Execution.standard().withThreads(1)).data);
        } finally {
            executor.shutdown();
        }
    }

    private static DMatrixRMaj sum(Execution execution) {
        Node x = Node.parameter("x", 300, 700);
        DMatrixRMaj value = new DMatrixRMaj(300, 700);
        for (int i = 0; i < value.getNumElements(); i++) {
            value.data[i] = Math.sin(i);
        }
        Node y = x.exp().columnSums().matmul(x.exp().transpose().matmul(x.sigmoid()));
        return Program.of(y).newRun(execution).set(x, value).forward().value(y);
    }
}
