package org.gradgraph.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes a file whole or not at all: next to its place first, then moved there.
 *
 * <pre>{@code
 * AtomicFile.write(Path.of("costs.csv"), text.getBytes(UTF_8));
 * }</pre>
 */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a file.
     *
     * @param path where it goes; folders are made, an existing file is replaced
     * @throws IllegalArgumentException if the path is a folder
     * @throws UncheckedIOException if the file cannot be written; an existing file is then unchanged
     */
    public static void write(Path path, byte[] content) {
        Path target = path.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null || Files.isDirectory(target)) {
            throw new IllegalArgumentException(path + " is a folder; name a file in it");
        }
        Path partial = parent.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(parent);
            try {
                Files.write(partial, content);
                move(partial, target);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(path + " could not be written: " + failed, failed);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException otherwise) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
