package org.gradgraph.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.gradgraph.graph.Require;

/**
 * Adds what numbered blocks contribute, in an order that depends on the numbers of the blocks alone.
 *
 * <p>The sum of blocks 2k and 2k+1 is a summand of the next level, and so on: a fixed binary tree. So the bits of the result do
 * not depend on the order in which blocks arrive, or on who adds which: threads, or the partitions of a cluster, each add what
 * they have and are {@link #add(TreeSum) added} to each other. A sum of neighbouring blocks holds a number of partial sums that
 * grows with the logarithm of the number of blocks.
 *
 * <pre>{@code
 * TreeSum sum = new TreeSum(2);
 * sum.add(1, new double[] {3, 4}).add(0, new double[] {1, 2});
 * sum.total();                                // [4, 6]
 * }</pre>
 *
 * <p>It belongs to one thread at a time.
 */
public final class TreeSum {
    private final int length;

    /** By the first block; no two of them cover the same block, or could be added in the tree. */
    private final List<Subtree> subtrees = new ArrayList<>();

    private final Deque<Subtree> spare = new ArrayDeque<>();

    /** The sum of blocks {@code first} to {@code first + count − 1}; the count is a power of 2 that divides the first. */
    private static final class Subtree {
        private long first;
        private long count;
        private final double[] sum;

        Subtree(int length) {
            this.sum = new double[length];
        }

        boolean isBefore(Subtree next) {
            return count == next.count && first % (2 * count) == 0 && first + count == next.first;
        }
    }

    /**
     * A partial sum, as it is sent from one machine to another.
     *
     * @param first the number of its first block
     * @param count how many blocks it adds, a power of 2 that divides {@code first}
     * @param sum their sum
     */
    @SuppressWarnings("ArrayRecordComponent") // the array is handed over, as it would be by a method
    public record Partial(long first, long count, double[] sum) {
        /**
         * Refuses null and what is no subtree.
         *
         * @param first the number of its first block
         * @param count how many blocks it adds
         * @param sum their sum
         */
        public Partial {
            Require.given(sum, "TreeSum.Partial: the sum");
            if (first < 0 || count < 1 || Long.bitCount(count) != 1 || first % count != 0) {
                throw new IllegalArgumentException("TreeSum.Partial: " + count + " blocks from " + first
                        + " are no subtree; their number is a power of 2 that divides the first");
            }
        }
    }

    /**
     * A sum without blocks.
     *
     * @param length how many numbers a block contributes
     */
    public TreeSum(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("new TreeSum: " + length + " numbers; give 0 or more");
        }
        this.length = length;
    }

    /** {@return how many numbers a block contributes} */
    public int length() {
        return length;
    }

    /**
     * Adds a block.
     *
     * @param block its number, from 0
     * @param values what it contributes, copied
     * @return this sum
     * @throws IllegalArgumentException if the number is taken or below 0, or there are too few or too many values
     */
    public TreeSum add(long block, double[] values) {
        add(block, 1, values);
        return this;
    }

    /**
     * Adds a partial sum of another one.
     *
     * @param partial of blocks that this sum does not hold yet
     * @return this sum
     */
    public TreeSum add(Partial partial) {
        Require.given(partial, "TreeSum.add: the partial sum");
        add(partial.first(), partial.count(), partial.sum());
        return this;
    }

    /**
     * Adds everything that another sum holds.
     *
     * @param other of other blocks, not modified
     * @return this sum
     */
    public TreeSum add(TreeSum other) {
        for (Subtree subtree : Require.given(other, "TreeSum.add: the other sum").subtrees) {
            add(subtree.first, subtree.count, subtree.sum);
        }
        return this;
    }

    private void add(long first, long count, double[] values) {
        if (Require.given(values, "TreeSum.add: the values").length != length) {
            throw new IllegalArgumentException(
                    "TreeSum.add: " + values.length + " values for a sum of " + length + " numbers");
        }
        int place = place(first);
        boolean overlaps = (place > 0 && end(subtrees.get(place - 1)) > first)
                || (place < subtrees.size() && subtrees.get(place).first < first + count);
        if (first < 0 || overlaps) {
            throw new IllegalArgumentException(
                    "TreeSum.add: block " + first + (first < 0 ? "; blocks are counted from 0" : " is added twice"));
        }
        Subtree added = spare.isEmpty() ? new Subtree(length) : spare.pop();
        added.first = first;
        added.count = count;
        System.arraycopy(values, 0, added.sum, 0, length);
        subtrees.add(place, added);
        join(place);
    }

    private static long end(Subtree subtree) {
        return subtree.first + subtree.count;
    }

    /** The place of the first subtree that does not start before a block. */
    private int place(long block) {
        int low = 0;
        int high = subtrees.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (subtrees.get(middle).first < block) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Adds neighbours as long as they are the two halves of a larger subtree. */
    private void join(int start) {
        int place = start;
        boolean joins = true;
        while (joins) {
            boolean withNext =
                    place + 1 < subtrees.size() && subtrees.get(place).isBefore(subtrees.get(place + 1));
            joins = withNext || (place > 0 && subtrees.get(place - 1).isBefore(subtrees.get(place)));
            if (joins) {
                place -= withNext ? 0 : 1;
                Subtree left = subtrees.get(place);
                Subtree right = subtrees.remove(place + 1);
                addTo(left.sum, right.sum);
                left.count *= 2;
                spare.push(right);
            }
        }
    }

    private void addTo(double[] sum, double[] values) {
        for (int i = 0; i < length; i++) {
            sum[i] += values[i];
        }
    }

    /** {@return the partial sums that this sum holds, by block, copied} */
    public List<Partial> partials() {
        return subtrees.stream()
                .map(subtree -> new Partial(subtree.first, subtree.count, subtree.sum.clone()))
                .toList();
    }

    /** {@return how many blocks were added} */
    public long blocks() {
        long blocks = 0;
        for (Subtree subtree : subtrees) {
            blocks += subtree.count;
        }
        return blocks;
    }

    /**
     * {@return the sum of all blocks, from block 0 to the last one}
     *
     * @throws IllegalStateException if a block between them is missing, or there is none
     */
    public double[] total() {
        double[] total = new double[length];
        total(total);
        return total;
    }

    /**
     * Writes the sum of all blocks into an array; see {@link #total()}.
     *
     * @param out as long as this sum, modified
     */
    public void total(double[] out) {
        if (Require.given(out, "TreeSum.total: the array").length != length) {
            throw new IllegalArgumentException(
                    "TreeSum.total: an array of " + out.length + " for " + length + " numbers");
        }
        long next = 0;
        for (Subtree subtree : subtrees) {
            if (subtree.first != next) {
                break;
            }
            next = end(subtree);
        }
        if (next == 0 || next != end(subtrees.get(subtrees.size() - 1))) {
            throw new IllegalStateException("TreeSum.total: block " + next + " is missing; add every block");
        }
        int last = subtrees.size() - 1;
        System.arraycopy(subtrees.get(last).sum, 0, out, 0, length);
        for (int place = last - 1; place >= 0; place--) {
            double[] left = subtrees.get(place).sum;
            for (int i = 0; i < length; i++) {
                out[i] = left[i] + out[i];
            }
        }
    }

    /**
     * Forgets all blocks; the memory is used again.
     *
     * @return this sum
     */
    public TreeSum clear() {
        spare.addAll(subtrees);
        subtrees.clear();
        return this;
    }

    /** For example {@code sum of 12 blocks in 2 partial sums}. */
    @Override
    public String toString() {
        return "sum of " + blocks() + " blocks in " + subtrees.size() + " partial sums";
    }
}
