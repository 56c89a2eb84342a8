package org.gradgraph.io;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;

/** Reads 200 damaged files in a virtual machine of its own; any exception but the declared one ends it with an error. */
final class DamagedNpz {
    private static final int FILES = 200;
    private static final byte[] SHAPE = "(2, 3), }          ".getBytes(StandardCharsets.ISO_8859_1);
    private static final long MOST_ALLOCATED = 8 << 20;

    private DamagedNpz() {}

    /** Reads files in a folder. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path whole = folder.resolve("whole.npz");
        Node w = Node.parameter("w", 2, 3);
        Npz.write(whole, Feeds.of(w, new double[][] {{1, 2, 3}, {4, 5, 6}}).and(Node.parameter("b"), 7));
        byte[] bytes = Files.readAllBytes(whole);
        Random random = new Random(20);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int read = 0;
        for (int k = 0; k < FILES; k++) {
            Path file = Files.write(folder.resolve("damaged.npz"), damaged(bytes, k, random));
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                Npz.read(file);
                read++;
            } catch (UncheckedIOException refused) {
                require(refused.getMessage().startsWith(file.toString()), "file " + k + ": " + refused.getMessage());
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            require(allocated < MOST_ALLOCATED, "file " + k + " made it allocate " + allocated + " bytes");
        }
        System.out.println(FILES + " files, " + read + " of them read");
    }

    /** Cut off, with other bytes, with a larger shape, or with a size in the list of the archive that is too large. */
    private static byte[] damaged(byte[] whole, int k, Random random) {
        byte[] bytes = Arrays.copyOf(whole, k % 4 == 0 ? random.nextInt(whole.length) : whole.length);
        if (k % 4 == 1) {
            String shape = "(" + random.nextInt(100_000) + ", " + random.nextInt(1000) + "), }";
            byte[] text = Arrays.copyOf(shape.getBytes(StandardCharsets.ISO_8859_1), SHAPE.length);
            Arrays.fill(text, Math.min(shape.length(), SHAPE.length), SHAPE.length, (byte) ' ');
            System.arraycopy(text, 0, bytes, place(bytes, SHAPE), SHAPE.length);
        } else {
            for (int flips = 1 + random.nextInt(8); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    private static int place(byte[] bytes, byte[] part) {
        for (int i = 0; i < bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalStateException("the header is not there");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
