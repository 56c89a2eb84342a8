package org.gradgraph.exec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.thread.HelperThreads;
import org.gradgraph.exec.thread.ThreadedWorkerPool;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Elementary;
import org.gradgraph.graph.Losses;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Over;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training step takes nothing from the heap. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int STEPS = 20;

    /** Vectors live on the heap until the virtual machine has compiled their code, which takes a busy machine a while. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    enum Model {
        NUMBERS {
            @Override
            Run run() {
                Node a = Node.parameter("a");
                Node b = Node.parameter("b");
                Node c = Node.parameter("c");
                return start(
                        a.plus(b.times(c)).times(3), Feeds.of(a, 5).and(b, 3).and(c, 2));
            }
        },
        LOGISTIC_REGRESSION {
            @Override
            Run run() {
                Logistic model = new Logistic(300);
                return start(model.cost, model.random(209, 1));
            }
        },
        NETWORK {
            @Override
            Run run() {
                Dim m = Dim.named("m");
                Node x = Node.input("X", 2, m);
                Node y = Node.input("Y", 1, m);
                Node w1 = Node.parameter("W1", 50, 2);
                Node b1 = Node.parameter("b1", 50, 1);
                Node w2 = Node.parameter("W2", 1, 50);
                Node p = w2.matmul(w1.matmul(x).plus(b1).tanh()).sigmoid();
                Node cost = y.times(p.log())
                        .plus(y.negate().plus(1).times(p.negate().plus(1).log()))
                        .mean()
                        .negate();
                return start(
                        cost,
                        Feeds.of(x, random(2, 400))
                                .and(y, new DMatrixRMaj(1, 400))
                                .and(w1, random(50, 2))
                                .and(b1, random(50, 1))
                                .and(w2, random(1, 50)));
            }
        },
        CLASSES {
            @Override
            Run run() {
                Node x = Node.input("X", 90, 40);
                Node y = Node.input("Y", 10, 40);
                Node w = Node.parameter("W", 10, 90);
                Node b = Node.parameter("b", 10, 1);
                Node cost = Losses.crossEntropyWithLogits(w.matmul(x).plus(b), y, Over.EACH_COLUMN);
                return start(
                        cost,
                        Feeds.of(x, random(90, 40))
                                .and(y, random(10, 40))
                                .and(w, random(10, 90))
                                .and(b, random(10, 1)));
            }
        },
        TALL_ON_TWO_THREADS {
            @Override
            Run run() {
                Node x = Node.input("X", 2000, 50);
                Node w = Node.parameter("w", 2000, 1);
                return Program.of(w.transpose().matmul(x).sigmoid().mean())
                        .withGradients()
                        .newRun(Execution.standard()
                                .withWorkers(() -> new ThreadedWorkerPool(new HelperThreads(1), 2, 0)))
                        .set(Feeds.of(x, random(2000, 50)).and(w, random(2000, 1)));
            }
        },
        CHAIN {
            @Override
            Run run() {
                Node z = Node.parameter("z", 70, 600);
                Node inner =
                        z.sigmoid().times(z.tanh()).plus(z.square().negate().exp());
                return start(Elementary.log1p(inner).mean(), Feeds.of(z, random(70, 600)));
            }
        };

        abstract Run run();

        static Run start(Node cost, Feeds feeds) {
            return Program.of(cost)
                    .withGradients()
                    .newRun(Execution.standard().withThreads(1))
                    .set(feeds);
        }

        static DMatrixRMaj random(int rows, int columns) {
            DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
            Random random = new Random(rows);
            for (int i = 0; i < matrix.getNumElements(); i++) {
                matrix.data[i] = random.nextGaussian();
            }
            return matrix;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_step_allocates_nothing(Model model) {
        Run run = model.run();
        Run.Update update = (parameter, value, gradient) -> value.data[0] -= 1e-6 * gradient.data[0];
        run.forwardAndBackward().update(update);
        long bytes = bytes(run, update);
        for (long start = System.nanoTime(); bytes > 0 && System.nanoTime() - start < PATIENCE_NANOS; ) {
            bytes = bytes(run, update);
        }
        assertThat(bytes).as("bytes allocated by %s steps", STEPS).isZero();
    }

    private static long bytes(Run run, Run.Update update) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < STEPS; i++) {
            run.forwardAndBackward().update(update);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
