package org.gradgraph.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Rows made into blocks of a fixed number of examples.
 *
 * <p>Blocks are counted over all rows in their order, so they do not depend on where one partition ends and the next begins. The
 * partition that has the first row of a block makes it; the rows of that block in later partitions, fewer than a block in each,
 * are sent to it. Nothing else is moved.
 */
final class Blocking<T> implements Serializable {
    private static final long serialVersionUID = 1;
    private final ExampleReader<T> reader;
    private final List<Column> columns;
    private final int blockSize;
    private final long[] starts;

    private Blocking(ExampleReader<T> reader, List<Column> columns, int blockSize, long[] starts) {
        this.reader = reader;
        this.columns = columns;
        this.blockSize = blockSize;
        this.starts = starts;
    }

    /** How many rows a partition has, and the first of them that is no example. */
    private record Survey(long rows, @Nullable String fault) implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** The rows of one partition, read as they are needed. */
    private record PartitionRows<T>(int partition, Iterator<T> rows) {}

    /** What {@link #of} makes. */
    record Blocks(JavaRDD<Block> blocks, long examples) {}

    static <T> Blocks of(String method, JavaRDD<T> rows, ExampleReader<T> reader, List<Column> columns, int blockSize) {
        Blocking<T> survey = new Blocking<>(reader, columns, blockSize, new long[0]);
        List<Survey> surveys = rows.mapPartitionsWithIndex(survey::survey, true).collect();
        long[] starts = new long[surveys.size() + 1];
        for (int i = 0; i < surveys.size(); i++) {
            String fault = surveys.get(i).fault();
            if (fault != null) {
                throw new IllegalArgumentException(method + ": " + fault);
            }
            starts[i + 1] = starts[i] + surveys.get(i).rows();
        }
        long examples = starts[surveys.size()];
        if (examples == 0) {
            throw new IllegalArgumentException(method + ": there are no rows; give one or more");
        }
        return new Blocks(new Blocking<>(reader, columns, blockSize, starts).blocks(rows), examples);
    }

    private JavaRDD<Block> blocks(JavaRDD<T> rows) {
        JavaRDD<Block> parts = rows.mapPartitionsWithIndex(this::head, true)
                .mapToPair(pair -> pair)
                .partitionBy(new ByNumber(starts.length - 1))
                .values();
        return rows.mapPartitionsWithIndex(
                        (partition, iterator) -> List.of(new PartitionRows<>(partition, iterator))
                                .iterator(),
                        true)
                .zipPartitions(parts, (own, sent) -> {
                    PartitionRows<T> mine = own.next();
                    List<Block> received = new ArrayList<>();
                    sent.forEachRemaining(received::add);
                    return new BlockIterator(mine.partition(), mine.rows(), received);
                });
    }

    private Iterator<Survey> survey(int partition, Iterator<T> rows) {
        double[][] matrices = matrices(1);
        long count = 0;
        while (rows.hasNext()) {
            String fault = place(rows.next(), matrices, 1, 0);
            if (fault != null) {
                return List.of(new Survey(count, "partition " + partition + ", row " + count + ": " + fault))
                        .iterator();
            }
            count++;
        }
        return List.of(new Survey(count, null)).iterator();
    }

    private double[][] matrices(int examples) {
        double[][] matrices = new double[columns.size()][];
        for (int i = 0; i < matrices.length; i++) {
            matrices[i] = new double[Math.multiplyExact(columns.get(i).length(), examples)];
        }
        return matrices;
    }

    /** What is wrong with a row, null if nothing is. */
    private @Nullable String place(@Nullable T row, double[][] matrices, int size, int place) {
        if (row == null) {
            return "the row is null";
        }
        for (int i = 0; i < matrices.length; i++) {
            Column column = columns.get(i);
            String fault = column.place(reader.read(row, column.name()), matrices[i], size, place);
            if (fault != null) {
                return "\"" + column.name() + "\" " + fault;
            }
        }
        return null;
    }

    private int sizeOf(long block) {
        return (int) Math.min(blockSize, starts[starts.length - 1] - block * blockSize);
    }

    /** How many rows at the start of a partition belong to a block of an earlier one. */
    private int headLength(int partition) {
        long start = starts[partition];
        long toBoundary = (blockSize - start % blockSize) % blockSize;
        return (int) Math.min(toBoundary, starts[partition + 1] - start);
    }

    /** The partition that holds a row; the last one that begins there, since those before it are empty. */
    private int owner(long row) {
        int owner = starts.length - 2;
        while (starts[owner] > row) {
            owner--;
        }
        return owner;
    }

    private Iterator<Tuple2<Integer, Block>> head(int partition, Iterator<T> rows) {
        int length = headLength(partition);
        if (length == 0) {
            return Collections.emptyIterator();
        }
        long number = starts[partition] / blockSize;
        double[][] matrices = matrices(length);
        for (int i = 0; i < length; i++) {
            placeChecked(rows, matrices, length, i);
        }
        Block part = new Block(starts[partition], length, matrices);
        return List.of(new Tuple2<>(owner(number * blockSize), part)).iterator();
    }

    private void placeChecked(Iterator<T> rows, double[][] matrices, int size, int place) {
        String fault = place(nextOf(rows), matrices, size, place);
        if (fault != null) {
            throw changed(fault);
        }
    }

    /** Iterators of Spark SQL must be asked whether there is a row, or they have none. */
    private T nextOf(Iterator<T> rows) {
        if (!rows.hasNext()) {
            throw changed("a row is missing");
        }
        return rows.next();
    }

    private static IllegalStateException changed(String how) {
        return new IllegalStateException("the rows changed after they were counted, " + how
                + "; save the table, or make the query that reads it give the same rows in the same order");
    }

    /** The blocks that a partition makes. */
    private final class BlockIterator implements Iterator<Block> {
        private final Iterator<T> rows;
        private final List<Block> received;
        private final long end;
        private long next;

        BlockIterator(int partition, Iterator<T> rows, List<Block> received) {
            this.rows = rows;
            this.received = received;
            int head = headLength(partition);
            for (int i = 0; i < head; i++) {
                nextOf(rows);
            }
            this.next = starts[partition] + head;
            this.end = starts[partition + 1];
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public Block next() {
            long number = next / blockSize;
            int size = sizeOf(number);
            double[][] matrices = matrices(size);
            int filled = (int) Math.min(size, end - next);
            for (int i = 0; i < filled; i++) {
                placeChecked(rows, matrices, size, i);
            }
            for (Block part : received) {
                if (part.number() / blockSize == number) {
                    copy(part, matrices, size, (int) (part.number() % blockSize));
                    filled += part.size();
                }
            }
            if (filled != size) {
                throw new IllegalStateException("block " + number + " has " + filled + " of " + size + " examples");
            }
            next += size;
            if (next >= end && rows.hasNext()) {
                throw changed("a row was added");
            }
            return new Block(number, size, matrices);
        }

        private void copy(Block part, double[][] matrices, int size, int from) {
            for (int c = 0; c < matrices.length; c++) {
                Column column = columns.get(c);
                for (int i = 0; i < part.size(); i++) {
                    for (int k = 0; k < column.length(); k++) {
                        int source = column.isByRow() ? i * column.length() + k : k * part.size() + i;
                        int target = column.isByRow() ? (from + i) * column.length() + k : k * size + from + i;
                        matrices[c][target] = part.input(c)[source];
                    }
                }
            }
        }
    }
}
