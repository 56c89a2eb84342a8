package org.gradgraph.spark;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Row;
import org.gradgraph.exec.Execution;
import org.gradgraph.exec.Program;
import org.gradgraph.exec.Run;
import org.jspecify.annotations.Nullable;

/** Computes one output of a model for single rows. */
final class OutputProgram {
    private final ComposedModel.Output output;
    private final Program program;
    private final Queue<Fed> idle = new ConcurrentLinkedQueue<>();

    /** A run and the point that it was fed last. */
    private record Fed(Run run, AtomicReference<double[]> point) {}

    OutputProgram(ComposedModel.Output output) {
        this.output = output;
        this.program = Program.of(output.node()).withoutDropout();
    }

    /**
     * The numbers of one example.
     *
     * @param point the same array for all rows of a task, so that it is copied once
     */
    double[] predict(double[] point, Row row) {
        Fed fed = idle.poll();
        if (fed == null) {
            fed = new Fed(program.newRun(Execution.standard().withThreads(1)), new AtomicReference<>(new double[0]));
        }
        if (fed.point().getAndSet(point) != point) {
            fed.run().set(RowFeeder.fixed(output.leaves(), point).readBy(program));
        }
        double[] numbers = predict(fed.run(), row);
        fed.run().release();
        idle.add(fed);
        return numbers;
    }

    private double[] predict(Run run, Row row) {
        double[][] matrices = new double[output.leaves().columns().size()][];
        for (int i = 0; i < matrices.length; i++) {
            Column column = output.leaves().columns().get(i);
            matrices[i] = new double[column.length()];
            @Nullable String fault = column.place(row.get(i), matrices[i], 1, 0);
            if (fault != null) {
                throw new IllegalArgumentException("SparkCost.predict: \"" + column.name() + "\" " + fault);
            }
        }
        RowFeeder.feed(run, output.leaves(), new Block(0, 1, matrices));
        return run.forward().elements(output.node());
    }
}
