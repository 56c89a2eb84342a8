package org.gradgraph.exec.plan;

import java.util.Arrays;
import java.util.Collection;
import org.gradgraph.graph.Formula;
import org.gradgraph.graph.Formula.Code.Instruction;
import org.gradgraph.graph.Primitive;
import org.jspecify.annotations.Nullable;

/**
 * Several elementwise operations as one list of primitives.
 *
 * <p>Values are numbered as they appear: what comes from outside, constants, and results. Equal values are there once.
 * Signs that cost nothing elsewhere are left out: x + (−y) is x − y, and |−x| is |x|, to the bit. All is held in plain
 * arrays, because one pass over single numbers may have a million values.
 */
final class FusedCode {
    /** A value that comes from outside: the number of a node and how it is read. */
    record Outside(int node, Access access) {}

    private static final Object CONSTANT = new Object();

    /** The primitive that computes a value, the access by which it comes from outside, or the mark of constants. */
    private Object[] origin;

    private int[] a;
    private int[] b;
    private int[] c;
    private int values;

    /** The values that are computed, in order. */
    private int[] instructions;

    private int instructionCount;

    /** An open hash table of values plus one. */
    private int[] table;

    /** Empty code, with room for one value for each of so many operations; it grows. */
    FusedCode(int operations) {
        int room = 16 + operations;
        this.origin = new Object[room];
        this.a = new int[room];
        this.b = new int[room];
        this.c = new int[room];
        this.instructions = new int[room];
        this.table = new int[4 * Integer.highestOneBit(room)];
    }

    private FusedCode(FusedCode other) {
        this.origin = other.origin.clone();
        this.a = other.a.clone();
        this.b = other.b.clone();
        this.c = other.c.clone();
        this.values = other.values;
        this.instructions = other.instructions.clone();
        this.instructionCount = other.instructionCount;
        this.table = other.table;
    }

    /** The number of a value from outside. */
    int outside(int node, Access access) {
        return place(access, node, 0, 0);
    }

    /** Adds a formula applied to values, and returns the number of its result. */
    int add(Formula.Code code, int[] arguments) {
        if (code.instructions().size() == 1 && code.constants().isEmpty()) {
            Instruction only = code.instructions().get(0);
            return find(only.primitive(), arguments[only.a()], arguments[only.b()], arguments[only.c()]);
        }
        int constants = code.constants().size();
        int[] number = new int[code.arity() + constants + code.instructions().size()];
        System.arraycopy(arguments, 0, number, 0, code.arity());
        for (int i = 0; i < constants; i++) {
            long bits = Double.doubleToLongBits(code.constants().get(i));
            number[code.arity() + i] = place(CONSTANT, (int) (bits >>> 32), (int) bits, 0);
        }
        int next = code.arity() + constants;
        for (Instruction step : code.instructions()) {
            number[next++] = find(step.primitive(), number[step.a()], number[step.b()], number[step.c()]);
        }
        return number[code.result()];
    }

    /** A value of its own with the same numbers, to be written to a buffer. */
    int copy(int value) {
        return append(Primitive.COPY, value, value, value);
    }

    private int find(Primitive from, int x, int y, int z) {
        if (from == Primitive.ABS && isNegated(x)) {
            return place(from, a[x], a[x], a[x]);
        }
        if (from == Primitive.NEGATE && isNegated(x)) {
            return a[x];
        }
        if (from == Primitive.ADD && isNegated(y)) {
            return placeTwo(Primitive.SUBTRACT, x, a[y]);
        }
        if (from == Primitive.ADD && isNegated(x)) {
            return placeTwo(Primitive.SUBTRACT, y, a[x]);
        }
        if (from == Primitive.SUBTRACT && isNegated(y)) {
            return placeTwo(Primitive.ADD, x, a[y]);
        }
        return place(from, x, y, z);
    }

    private boolean isNegated(int value) {
        return origin[value] == Primitive.NEGATE;
    }

    /** The third operand of what has two is the first one. */
    private int placeTwo(Primitive primitive, int x, int y) {
        return place(primitive, x, y, x);
    }

    private int place(Object from, int x, int y, int z) {
        int mask = table.length - 1;
        int place = hash(from, x, y, z) & mask;
        while (table[place] != 0) {
            int value = table[place] - 1;
            if (a[value] == x && b[value] == y && c[value] == z && origin[value] == from) {
                return value;
            }
            place = (place + 1) & mask;
        }
        table[place] = values + 1;
        int value = append(from, x, y, z);
        if (2 * values > table.length) {
            rehash();
        }
        return value;
    }

    private static int hash(Object from, int x, int y, int z) {
        int mixed = ((from.hashCode() * 31 + x) * 0x9E3779B9 + y) * 0x85EBCA6B + z;
        return mixed ^ (mixed >>> 15);
    }

    private void rehash() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int value = 0; value < values; value++) {
            int place = hash(origin[value], a[value], b[value], c[value]) & mask;
            while (table[place] != 0) {
                place = (place + 1) & mask;
            }
            table[place] = value + 1;
        }
    }

    private int append(Object from, int x, int y, int z) {
        if (values == origin.length) {
            origin = Arrays.copyOf(origin, 2 * values);
            a = Arrays.copyOf(a, 2 * values);
            b = Arrays.copyOf(b, 2 * values);
            c = Arrays.copyOf(c, 2 * values);
        }
        origin[values] = from;
        a[values] = x;
        b[values] = y;
        c[values] = z;
        if (from instanceof Primitive) {
            if (instructionCount == instructions.length) {
                instructions = Arrays.copyOf(instructions, 2 * instructionCount);
            }
            instructions[instructionCount++] = values;
        }
        return values++;
    }

    /**
     * The same code where some choices are known, without what does not lead to some results.
     *
     * <p>Values keep their numbers. A choice becomes what computes its second operand if nothing else reads that, else a
     * copy; so operands may be read later than in this code.
     *
     * @param choices values that are their second operands
     * @param results the values that are left
     */
    FusedCode choosing(Iterable<Integer> choices, Collection<Integer> results) {
        FusedCode code = new FusedCode(this);
        for (int value : choices) {
            code.origin[value] = Primitive.COPY;
            code.a[value] = b[value];
            code.c[value] = b[value];
        }
        code.keepOnly(results);
        int[] readers = code.readers();
        for (int value : choices) {
            int usual = code.b[value];
            if (readers[usual] == 1 && code.isComputed(usual) && !results.contains(usual)) {
                code.origin[value] = code.origin[usual];
                code.a[value] = code.a[usual];
                code.b[value] = code.b[usual];
                code.c[value] = code.c[usual];
            }
        }
        code.keepOnly(results);
        return code;
    }

    /** How many instructions read each value. */
    private int[] readers() {
        int[] readers = new int[values];
        for (int i = 0; i < instructionCount; i++) {
            int value = instructions[i];
            readers[a[value]]++;
            readers[b[value]] += b[value] == a[value] ? 0 : 1;
            readers[c[value]] += c[value] == a[value] || c[value] == b[value] ? 0 : 1;
        }
        return readers;
    }

    /** Leaves out the instructions whose results are neither among those nor read by what is left. */
    void keepOnly(Iterable<Integer> results) {
        boolean[] isUsed = new boolean[values];
        for (int value : results) {
            isUsed[value] = true;
        }
        int first = instructionCount;
        for (int i = instructionCount - 1; i >= 0; i--) {
            int value = instructions[i];
            if (isUsed[value]) {
                isUsed[a[value]] = true;
                isUsed[b[value]] = true;
                isUsed[c[value]] = true;
                instructions[--first] = value;
            }
        }
        instructionCount -= first;
        System.arraycopy(instructions, first, instructions, 0, instructionCount);
    }

    int valueCount() {
        return values;
    }

    boolean isComputed(int value) {
        return origin[value] instanceof Primitive;
    }

    boolean isOutside(int value) {
        return origin[value] instanceof Access;
    }

    Outside outsideAt(int value) {
        return new Outside(a[value], (Access) origin[value]);
    }

    /** The number itself if the value is a constant. */
    @Nullable
    Double constantAt(int value) {
        return origin[value] == CONSTANT
                ? Double.longBitsToDouble(((long) a[value] << 32) | (b[value] & 0xFFFFFFFFL))
                : null;
    }

    int instructionCount() {
        return instructionCount;
    }

    /** How many of the instructions from one on are transcendental. */
    int transcendentalsFrom(int first) {
        int count = 0;
        for (int i = first; i < instructionCount; i++) {
            count += primitiveOf(instructions[i]).isTranscendental() ? 1 : 0;
        }
        return count;
    }

    /** The value that an instruction computes. */
    int resultOf(int instruction) {
        return instructions[instruction];
    }

    /** The instruction that computes a value. */
    int instructionOf(int value) {
        return Arrays.binarySearch(instructions, 0, instructionCount, value);
    }

    /** The primitive that computes a value. */
    Primitive primitiveOf(int value) {
        return (Primitive) origin[value];
    }

    int firstOperand(int value) {
        return a[value];
    }

    int secondOperand(int value) {
        return b[value];
    }

    int thirdOperand(int value) {
        return c[value];
    }

    /** The instruction that reads each value last, or −1. */
    int[] lastReaders() {
        int[] last = new int[values];
        Arrays.fill(last, -1);
        for (int i = 0; i < instructionCount; i++) {
            int value = instructions[i];
            last[a[value]] = i;
            last[b[value]] = i;
            last[c[value]] = i;
        }
        return last;
    }
}
