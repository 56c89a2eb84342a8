package org.gradgraph.spark;

import com.google.errorprone.annotations.CheckReturnValue;
import org.apache.spark.api.java.JavaRDD;
import org.gradgraph.exec.Feeds;

/**
 * The examples of a table, in blocks that the executors keep in memory.
 *
 * <pre>{@code
 * try (Examples training = cost.examples(table)) {
 *     Objective objective = Objective.of(cost.node(), training.feeds(), start);
 * }
 * }</pre>
 */
@CheckReturnValue
public final class Examples implements AutoCloseable {
    private final JavaRDD<Block> blocks;
    private final long count;
    private final long blockCount;
    private final Feeds feeds;

    Examples(JavaRDD<Block> blocks, long count, long blockCount, Feeds feeds) {
        this.blocks = blocks;
        this.count = count;
        this.blockCount = blockCount;
        this.feeds = feeds;
    }

    JavaRDD<Block> blocks() {
        return blocks;
    }

    /** {@return how many examples there are} */
    public long count() {
        return count;
    }

    /** {@return in how many blocks} */
    public long blockCount() {
        return blockCount;
    }

    /** {@return what makes {@link SparkCost#node()} the cost on these examples} */
    public Feeds feeds() {
        return feeds;
    }

    /** Frees the memory that the executors keep; used again, the table is read again. */
    @Override
    public void close() {
        blocks.unpersist(false);
    }

    /** For example {@code 569 examples in 3 blocks}. */
    @Override
    public String toString() {
        return count + " examples in " + blockCount + " blocks";
    }
}
