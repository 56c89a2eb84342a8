package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run used by a second thread is refused, also if the calls take turns and do not overlap. */
class RunOwnerTest {
    private final Node x = Node.input("x");
    private final Node j = x.times(3).named("J");
    private final Run run = Program.of(j).newRun();
    private final ExecutorService other = Executors.newSingleThreadExecutor(task -> new Thread(task, "worker"));

    @AfterEach
    void stop() {
        other.shutdown();
    }

    private Throwable inOther(Runnable call) throws InterruptedException {
        try {
            other.submit(call).get();
            return null;
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }

    @Test
    void a_second_thread_is_refused_in_every_method_that_feeds_computes_or_reads() throws InterruptedException {
        run.set(x, 5).forward();

        for (Runnable call : new Runnable[] {
            () -> run.set(x, 7),
            run::forward,
            () -> run.scalar(j),
            () -> run.value(j),
            () -> run.findValue(j),
            run::firstNonFinite,
            run::explain,
            run::release
        }) {
            assertThat(inOther(call))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a run belongs to one thread; this one belongs to \""
                            + Thread.currentThread().getName()
                            + "\" and was used by \"worker\"; take a run for each thread by newRun(), or call release()"
                            + " in the first before the second uses it");
        }
        assertThat(run.scalar(j)).isEqualTo(15);
    }

    @Test
    void a_run_that_was_given_up_belongs_to_the_next_thread() throws InterruptedException {
        run.set(x, 5).release();

        assertThat(inOther(run::forward)).isNull();
        assertThat(catchThrowable(() -> run.scalar(j))).hasMessageContaining("belongs to \"worker\"");
    }

    @Test
    void a_run_whose_thread_has_ended_is_free() throws InterruptedException {
        Thread first = new Thread(() -> run.set(x, 5).forward());
        first.start();
        first.join();

        assertThat(run.scalar(j)).isEqualTo(15);
    }
}
