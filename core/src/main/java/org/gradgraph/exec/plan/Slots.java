package org.gradgraph.exec.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.plan.FusedCode.Outside;
import org.gradgraph.graph.Primitive;
import org.jspecify.annotations.Nullable;

/**
 * Which block of scratch memory each value of a fused pass is in.
 *
 * <p>A slot is handed on once its value was read for the last time. What comes from outside is copied in just before it is
 * first read, so that few blocks are in use at a time; if the whole matrix is one tile, it is used where it is.
 */
final class Slots {
    /** What a slot is filled with, and before which instruction. */
    record Source(int slot, DMatrixRMaj buffer, Access access, int before) {}

    /** A number that fills a slot for good. */
    record Fill(int slot, double value) {}

    /** One primitive; the target is where the result is copied to, if it leaves the pass. */
    record Instruction(
            Primitive primitive,
            int a,
            int b,
            int c,
            int out,
            @Nullable DMatrixRMaj target) {}

    private final FusedCode code;
    private final DMatrixRMaj[] buffers;
    private final Tiles tiles;
    private final int[] slotOf;
    private final int[] lastReaders;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final BitSet stays = new BitSet();
    private int count;

    final List<Instruction> instructions = new ArrayList<>();
    final List<Fill> numbers = new ArrayList<>();

    /** Filled once before each run: single numbers, and rows that are shorter than a tile. */
    final List<Source> repeated = new ArrayList<>();

    /** Filled for each tile, in the order of the instructions before which it is done. */
    final List<Source> loaded = new ArrayList<>();

    /** Arrays of buffers that are slots themselves, read or written. */
    final List<Source> direct = new ArrayList<>();

    /** The slots of the values that are summed. */
    final int[] reduced;

    /**
     * Assigns slots.
     *
     * @param code what is computed for each element
     * @param targets the buffer that a value is written to, by value; null for what lives inside only
     * @param buffers the buffers by node, for what comes from outside
     * @param summed the values that are summed
     */
    Slots(FusedCode code, @Nullable DMatrixRMaj[] targets, DMatrixRMaj[] buffers, int[] summed, Tiles tiles) {
        this.code = code;
        this.buffers = buffers;
        this.tiles = tiles;
        this.slotOf = new int[code.valueCount()];
        Arrays.fill(slotOf, -1);
        this.lastReaders = code.lastReaders();
        for (int value : summed) {
            lastReaders[value] = Integer.MAX_VALUE;
        }
        for (int i = 0; i < code.instructionCount(); i++) {
            add(i, targets[code.resultOf(i)]);
        }
        this.reduced = new int[summed.length];
        for (int i = 0; i < summed.length; i++) {
            reduced[i] = slot(summed[i], code.instructionCount());
        }
    }

    int count() {
        return count;
    }

    private void add(int i, @Nullable DMatrixRMaj target) {
        int value = code.resultOf(i);
        int first = code.firstOperand(value);
        int second = code.secondOperand(value);
        int third = code.thirdOperand(value);
        int a = slot(first, i);
        int b = slot(second, i);
        int c = slot(third, i);
        handOn(first, i);
        handOn(second, i);
        handOn(third, i);
        int out;
        if (target != null && tiles.isOne()) {
            out = staying();
            direct.add(new Source(out, target, Access.FULL, i));
        } else {
            out = take();
        }
        slotOf[value] = out;
        instructions.add(new Instruction(code.primitiveOf(value), a, b, c, out, tiles.isOne() ? null : target));
        handOn(value, i);
    }

    private int take() {
        return free.isEmpty() ? count++ : free.pop();
    }

    /** Frees the slot of a value that no later instruction reads. */
    private void handOn(int value, int instruction) {
        if (lastReaders[value] <= instruction && !stays.get(slotOf[value])) {
            lastReaders[value] = Integer.MAX_VALUE;
            free.push(slotOf[value]);
        }
    }

    private int staying() {
        stays.set(count);
        return count++;
    }

    private int slot(int value, int instruction) {
        if (slotOf[value] < 0) {
            slotOf[value] = fromOutside(value, instruction);
        }
        return slotOf[value];
    }

    private int fromOutside(int value, int instruction) {
        Double number = code.constantAt(value);
        if (number != null) {
            int slot = staying();
            numbers.add(new Fill(slot, number));
            return slot;
        }
        Outside outside = code.outsideAt(value);
        DMatrixRMaj buffer = buffers[outside.node()];
        Access access = outside.access();
        if (access == Access.NUMBER || (access == Access.ROW && !tiles.isWide())) {
            int slot = staying();
            repeated.add(new Source(slot, buffer, access, instruction));
            return slot;
        }
        if (access == Access.FULL && tiles.isOne()) {
            int slot = staying();
            direct.add(new Source(slot, buffer, access, instruction));
            return slot;
        }
        int slot = take();
        loaded.add(new Source(slot, buffer, access, instruction));
        return slot;
    }
}
