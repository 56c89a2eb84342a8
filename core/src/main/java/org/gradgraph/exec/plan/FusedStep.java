package org.gradgraph.exec.plan;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.exec.kernel.Loops;
import org.gradgraph.exec.plan.Slots.Instruction;
import org.gradgraph.exec.plan.Slots.Source;
import org.gradgraph.exec.thread.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * One pass over matrices of one shape: many primitives and reductions, tile by tile.
 *
 * <p>All is computed in blocks of scratch memory, which stay in the first-level cache. What comes from a matrix is copied
 * in once for each tile: loops over arrays that start at their first element are several times as fast.
 */
final class FusedStep implements Step, WorkerPool.Work {
    /** The time of a transcendental function, in sums or products. */
    private static final int TRANSCENDENTAL = 10;

    private final Tiles tiles;
    private final WorkerPool workers;
    private final boolean shared;
    private final Instruction[] instructions;
    private final Source[] loaded;
    private final Source[] repeated;
    private final Source[] direct;
    private final TileReduction[] reductions;
    private final int[] reduced;
    private final String text;
    private final long transcendentals;

    /** The arrays of the slots, for each worker. */
    private final double[][][] arrays;

    /** The loops of each worker. */
    private final Loops[] loops;

    /**
     * Assigns slots to values.
     *
     * @param code what is computed for each element
     * @param targets the buffer that a value is written to, by value; null for what lives inside only
     * @param buffers the buffers by node, for what comes from outside
     * @param summed the values that are summed
     * @param reductions what sums them
     * @param loops the loops of each worker, which other steps may use, too
     */
    FusedStep(
            FusedCode code,
            @Nullable DMatrixRMaj[] targets,
            DMatrixRMaj[] buffers,
            int[] summed,
            TileReduction[] reductions,
            Tiles tiles,
            Kernels kernels,
            Loops[] loops,
            WorkerPool workers) {
        this.tiles = tiles;
        this.loops = loops;
        this.workers = workers;
        this.reductions = reductions;
        int n = code.instructionCount();
        this.transcendentals = (long) tiles.elements() * code.transcendentalsFrom(0);
        long work = (long) tiles.elements() * (n + reductions.length) + (TRANSCENDENTAL - 1) * transcendentals;
        this.shared = tiles.units() > 1 && workers.areWorth(work);
        Slots slots = new Slots(code, targets, buffers, summed, tiles);
        this.instructions = slots.instructions.toArray(Instruction[]::new);
        this.loaded = slots.loaded.toArray(Source[]::new);
        this.repeated = slots.repeated.toArray(Source[]::new);
        this.direct = slots.direct.toArray(Source[]::new);
        this.reduced = slots.reduced;
        int block = tiles.tileRows() * tiles.tileColumns();
        int width = shared ? workers.count() : 1;
        this.arrays = new double[width][slots.count()][];
        allocate(slots, block);
        bind();
        this.text = "fused pass of " + counted(n, "primitive")
                + (reductions.length == 0 ? "" : " and " + counted(reductions.length, "reduction")) + " over "
                + tiles.rows()
                + "×"
                + tiles.columns() + ", " + kernels.name() + (shared ? ", " + workers.count() + " threads" : "");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Numbers and repeated operands are the same for all workers. */
    private void allocate(Slots slots, int block) {
        for (Slots.Fill fill : slots.numbers) {
            double[] filled = new double[block];
            Arrays.fill(filled, fill.value());
            forAll(fill.slot(), filled);
        }
        for (Source source : repeated) {
            forAll(source.slot(), new double[block]);
        }
        for (Source source : direct) {
            forAll(source.slot(), source.buffer().data);
        }
        for (double[][] ofWorker : arrays) {
            for (int slot = 0; slot < ofWorker.length; slot++) {
                if (ofWorker[slot] == null) {
                    ofWorker[slot] = new double[block];
                }
            }
        }
    }

    private void forAll(int slot, double[] array) {
        for (double[][] ofWorker : arrays) {
            ofWorker[slot] = array;
        }
    }

    @Override
    public void bind() {
        for (Source source : direct) {
            forAll(source.slot(), source.buffer().data);
        }
    }

    @Override
    public void run() {
        for (Source source : repeated) {
            fillOnce(source);
        }
        (shared ? workers : WorkerPool.ALONE).share(this, tiles.units());
        for (TileReduction reduction : reductions) {
            reduction.finish();
        }
    }

    private void fillOnce(Source source) {
        double[] slot = arrays[0][source.slot()];
        double[] data = source.buffer().data;
        if (source.access() == Access.NUMBER) {
            Arrays.fill(slot, data[0]);
            return;
        }
        for (int at = 0; at < slot.length; at += tiles.columns()) {
            System.arraycopy(data, 0, slot, at, tiles.columns());
        }
    }

    @Override
    public void unit(int unit, int worker) {
        int firstRow = unit / tiles.unitsAcross() * tiles.unitRows();
        int firstColumn = unit % tiles.unitsAcross() * tiles.unitColumns();
        int endRow = Math.min(tiles.rows(), firstRow + tiles.unitRows());
        int endColumn = Math.min(tiles.columns(), firstColumn + tiles.unitColumns());
        for (int row = firstRow; row < endRow; row += tiles.tileRows()) {
            int rows = Math.min(tiles.tileRows(), endRow - row);
            for (int column = firstColumn; column < endColumn; column += tiles.tileColumns()) {
                tile(row, column, rows, Math.min(tiles.tileColumns(), endColumn - column), worker);
            }
        }
    }

    private void tile(int row, int column, int rows, int width, int worker) {
        double[][] of = arrays[worker];
        Loops loop = loops[worker];
        int from = row * tiles.columns() + column;
        int n = rows * width;
        int next = 0;
        for (int i = 0; i < instructions.length; i++) {
            for (; next < loaded.length && loaded[next].before() == i; next++) {
                load(loaded[next], of, row, column, rows, width);
            }
            Instruction step = instructions[i];
            double[] out = of[step.out()];
            loop.run(step.primitive(), of[step.a()], of[step.b()], of[step.c()], out, n);
            DMatrixRMaj target = step.target();
            if (target != null) {
                System.arraycopy(out, 0, target.data, from, n);
            }
        }
        for (; next < loaded.length; next++) {
            load(loaded[next], of, row, column, rows, width);
        }
        for (int i = 0; i < reductions.length; i++) {
            reductions[i].tile(of[reduced[i]], row, column, rows, width, worker);
        }
    }

    private void load(Source source, double[][] of, int row, int column, int rows, int width) {
        double[] slot = of[source.slot()];
        double[] data = source.buffer().data;
        switch (source.access()) {
            case COLUMN -> {
                for (int i = 0; i < rows; i++) {
                    Arrays.fill(slot, i * width, (i + 1) * width, data[row + i]);
                }
            }
            case ROW -> System.arraycopy(data, column, slot, 0, width);
            default -> System.arraycopy(data, row * tiles.columns() + column, slot, 0, rows * width);
        }
    }

    @Override
    public long transcendentals() {
        return transcendentals;
    }

    @Override
    public String describe() {
        return text;
    }
}
