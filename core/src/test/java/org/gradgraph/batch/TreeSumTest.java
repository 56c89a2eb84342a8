package org.gradgraph.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.gradgraph.batch.TreeSum.Partial;
import org.junit.jupiter.api.Test;

/** One order of adding, whoever adds what. */
class TreeSumTest {
    private static double[] block(long number) {
        Random random = new Random(number);
        return new double[] {random.nextGaussian(), Math.scalb(random.nextGaussian(), random.nextInt(60) - 30)};
    }

    /** The tree written down as a recursion: the largest power of 2 goes left. */
    private static double[] expected(long first, long count) {
        if (count == 1) {
            return block(first);
        }
        long half = Long.highestOneBit(count - 1);
        double[] left = expected(first, half);
        double[] right = expected(first + half, count - half);
        return new double[] {left[0] + right[0], left[1] + right[1]};
    }

    @Test
    void the_tree_depends_on_the_numbers_of_the_blocks_alone() {
        Random random = new Random(1);
        for (int count = 1; count < 70; count++) {
            List<Integer> order = new ArrayList<>();
            for (int block = 0; block < count; block++) {
                order.add(block);
            }
            Collections.shuffle(order, random);
            List<TreeSum> holders = List.of(new TreeSum(2), new TreeSum(2), new TreeSum(2));
            for (int block : order) {
                holders.get(random.nextInt(3)).add(block, block(block));
            }
            TreeSum all = new TreeSum(2).add(holders.get(2)).add(holders.get(0));
            holders.get(1).partials().forEach(all::add);
            assertThat(all.total()).isEqualTo(expected(0, count));
            assertThat(all.blocks()).isEqualTo(count);
        }
    }

    @Test
    void neighbours_are_few_partial_sums() {
        TreeSum some = new TreeSum(2);
        for (long block = 1000; block < 100_000; block++) {
            some.add(block, new double[2]);
        }
        assertThat(some.partials()).hasSizeLessThanOrEqualTo(2 * 17);
        assertThat(some.partials())
                .allSatisfy(
                        partial -> assertThat(partial.first() % partial.count()).isZero());
        assertThat(some).hasToString("sum of 99000 blocks in " + some.partials().size() + " partial sums");
    }

    @Test
    void a_cleared_sum_starts_again() {
        TreeSum sum = new TreeSum(1).add(0, new double[] {3}).add(1, new double[] {4});
        assertThat(sum.total()).containsExactly(7);
        assertThat(sum.clear().add(0, new double[] {5}).total()).containsExactly(5);
    }

    @Test
    void wrong_blocks_are_errors() {
        TreeSum sum = new TreeSum(1).add(2, new double[] {1}).add(3, new double[] {1});
        assertThatThrownBy(() -> sum.add(3, new double[1])).hasMessage("TreeSum.add: block 3 is added twice");
        assertThatThrownBy(() -> sum.add(new Partial(0, 4, new double[1])))
                .hasMessage("TreeSum.add: block 0 is added twice");
        assertThatThrownBy(() -> sum.add(-1, new double[1])).hasMessageContaining("counted from 0");
        assertThatThrownBy(() -> sum.add(0, new double[2])).hasMessageContaining("2 values for a sum of 1");
        assertThatThrownBy(sum::total).hasMessage("TreeSum.total: block 0 is missing; add every block");
        sum.add(0, new double[1]);
        assertThatThrownBy(sum::total).hasMessage("TreeSum.total: block 1 is missing; add every block");
        assertThatThrownBy(() -> new Partial(2, 4, new double[1])).hasMessageContaining("no subtree");
        assertThatThrownBy(() -> new TreeSum(-1)).hasMessageContaining("-1 numbers");
        assertThatThrownBy(() -> new TreeSum(1).total()).hasMessageContaining("block 0 is missing");
        assertThatThrownBy(() -> new TreeSum(1).total(new double[3])).hasMessageContaining("3 for 1");
    }
}
