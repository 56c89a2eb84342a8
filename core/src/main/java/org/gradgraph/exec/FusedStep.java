package org.gradgraph.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.kernel.Kernels;
import org.gradgraph.graph.Primitive;

/**
 * One pass over matrices of one shape: many primitives and reductions, tile by tile.
 *
 * <p>What lives inside the pass only is held in blocks of scratch memory, which stay in the first-level cache.
 */
final class FusedStep implements Step, Workers.Work {
    /** Below this many primitives of one element a pass is done before another thread has woken up. */
    private static final long WORTH_SHARING = 40_000;

    /** Where a slot is read: at 0, at the place of the tile in the matrix, or at its column. */
    private enum Place {
        START,
        TILE,
        TILE_COLUMN
    }

    /** A buffer that is read in some way. */
    private record Operand(DMatrixRMaj buffer, Access access, int slot) {}

    /** Slots while they are handed out: an array for each worker. */
    private static final class Memory {
        final List<Place> places = new ArrayList<>();
        final List<double[][]> arrays = new ArrayList<>();

        int add(Place place, double[][] ofWorkers) {
            places.add(place);
            arrays.add(ofWorkers);
            return arrays.size() - 1;
        }
    }

    private final Tiles tiles;
    private final Kernels kernels;
    private final Workers workers;
    private final int width;
    private final Primitive[] primitives;
    private final int[] a;
    private final int[] b;
    private final int[] c;
    private final int[] out;
    private final Place[] places;
    private final List<Operand> operands = new ArrayList<>();
    private final Operand[] columns;
    private final Reduction[] reductions;
    private final int[] reduced;

    /** The arrays of the slots, for each worker. */
    private final double[][][] slots;

    private final boolean shared;

    /**
     * Assigns slots to values.
     *
     * @param code what is computed for each element
     * @param targets the buffer that a value is written to, by value; null for what lives inside only
     * @param buffers the buffers by node, for what comes from outside
     * @param reduced the values that are summed
     * @param reductions what sums them
     */
    FusedStep(
            FusedCode code,
            DMatrixRMaj[] targets,
            DMatrixRMaj[] buffers,
            int[] reduced,
            Reduction[] reductions,
            Tiles tiles,
            Kernels kernels,
            Workers workers) {
        this.tiles = tiles;
        this.kernels = kernels;
        this.workers = workers;
        this.reductions = reductions;
        int n = code.instructionCount();
        this.primitives = new Primitive[n];
        this.a = new int[n];
        this.b = new int[n];
        this.c = new int[n];
        this.out = new int[n];
        long work = (long) tiles.elements() * (n + reductions.length);
        this.shared = workers.count() > 1 && tiles.units() > 1 && work >= WORTH_SHARING;
        this.width = shared ? workers.count() : 1;
        int block = tiles.tileRows() * tiles.tileColumns();
        Memory memory = new Memory();
        int[] slotOf = new int[code.valueCount()];
        for (int value = 0; value < slotOf.length; value++) {
            Double number = code.constantAt(value);
            if (number != null) {
                double[] repeated = new double[block];
                Arrays.fill(repeated, number);
                slotOf[value] = memory.add(Place.START, same(repeated));
            } else if (code.isOutside(value)) {
                FusedCode.Outside outside = code.outsideAt(value);
                slotOf[value] = addOperand(buffers[outside.node()], outside.access(), memory, block);
            }
        }
        assign(code, targets, reduced, slotOf, memory, block);
        this.reduced = Arrays.stream(reduced).map(value -> slotOf[value]).toArray();
        this.places = memory.places.toArray(Place[]::new);
        this.slots = new double[width][memory.arrays.size()][];
        for (int worker = 0; worker < width; worker++) {
            for (int slot = 0; slot < memory.arrays.size(); slot++) {
                slots[worker][slot] = memory.arrays.get(slot)[worker];
            }
        }
        this.columns = operands.stream()
                .filter(operand -> operand.access() == Access.COLUMN)
                .toArray(Operand[]::new);
        bind();
    }

    private double[][] same(double[] array) {
        double[][] arrays = new double[width][];
        Arrays.fill(arrays, array);
        return arrays;
    }

    private int addOperand(DMatrixRMaj buffer, Access access, Memory memory, int block) {
        int slot = switch (access) {
            case FULL -> memory.add(Place.TILE, same(buffer.data));
            case ROW ->
                isWide()
                        ? memory.add(Place.TILE_COLUMN, same(buffer.data))
                        : memory.add(Place.START, same(new double[block]));
            case NUMBER -> memory.add(Place.START, same(new double[block]));
            case COLUMN -> memory.add(Place.START, new double[width][block]);
        };
        operands.add(new Operand(buffer, access, slot));
        return slot;
    }

    private boolean isWide() {
        return tiles.across() > 1;
    }

    private void assign(FusedCode code, DMatrixRMaj[] targets, int[] reduced, int[] slotOf, Memory memory, int block) {
        int[] last = code.lastReaders();
        for (int value : reduced) {
            last[value] = Integer.MAX_VALUE;
        }
        Deque<Integer> free = new ArrayDeque<>();
        for (int i = 0; i < primitives.length; i++) {
            int value = code.resultOf(i);
            int[] read = {code.firstOperand(value), code.secondOperand(value), code.thirdOperand(value)};
            primitives[i] = code.primitiveOf(value);
            a[i] = slotOf[read[0]];
            b[i] = slotOf[read[1]];
            c[i] = slotOf[read[2]];
            for (int operand : read) {
                if (last[operand] == i && code.isComputed(operand) && targets[operand] == null) {
                    free.push(slotOf[operand]);
                    last[operand] = Integer.MAX_VALUE;
                }
            }
            if (targets[value] != null) {
                out[i] = memory.add(Place.TILE, same(targets[value].data));
            } else {
                out[i] = free.isEmpty() ? memory.add(Place.START, new double[width][block]) : free.pop();
            }
            slotOf[value] = out[i];
        }
    }

    @Override
    public void bind() {
        for (Operand operand : operands) {
            if (places[operand.slot()] != Place.START) {
                for (double[][] ofWorker : slots) {
                    ofWorker[operand.slot()] = operand.buffer().data;
                }
            }
        }
    }

    @Override
    public void run() {
        boolean done = false;
        while (!done) {
            fillRepeated();
            if (shared) {
                workers.share(this, tiles.units());
            } else {
                Workers.ALONE.share(this, tiles.units());
            }
            done = true;
            for (Reduction reduction : reductions) {
                done &= reduction.finish();
            }
        }
    }

    private void fillRepeated() {
        for (int i = 0; i < operands.size(); i++) {
            Operand operand = operands.get(i);
            if (places[operand.slot()] == Place.START && operand.access() != Access.COLUMN) {
                double[] repeated = slots[0][operand.slot()];
                double[] data = operand.buffer().data;
                if (operand.access() == Access.NUMBER) {
                    Arrays.fill(repeated, data[0]);
                } else {
                    for (int at = 0; at < repeated.length; at += tiles.columns()) {
                        System.arraycopy(data, 0, repeated, at, tiles.columns());
                    }
                }
            }
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
        double[][] of = slots[worker];
        int from = row * tiles.columns() + column;
        int n = rows * width;
        for (Operand operand : columns) {
            for (int i = 0; i < rows; i++) {
                Arrays.fill(of[operand.slot()], i * width, (i + 1) * width, operand.buffer().data[row + i]);
            }
        }
        for (int i = 0; i < primitives.length; i++) {
            kernels.apply(
                    primitives[i],
                    of[a[i]],
                    offset(a[i], from, column),
                    of[b[i]],
                    offset(b[i], from, column),
                    of[c[i]],
                    offset(c[i], from, column),
                    of[out[i]],
                    offset(out[i], from, column),
                    n);
        }
        for (int i = 0; i < reductions.length; i++) {
            int slot = reduced[i];
            reductions[i].tile(of[slot], offset(slot, from, column), row, column, rows, width, worker);
        }
    }

    private int offset(int slot, int from, int column) {
        return switch (places[slot]) {
            case START -> 0;
            case TILE -> from;
            case TILE_COLUMN -> column;
        };
    }

    @Override
    public String describe() {
        return "fused pass of " + primitives.length + " primitives"
                + (reductions.length == 0 ? "" : " and " + reductions.length + " sums") + " over " + tiles.rows() + "×"
                + tiles.columns() + ", " + kernels.name() + (shared ? ", " + workers.count() + " threads" : "");
    }
}
