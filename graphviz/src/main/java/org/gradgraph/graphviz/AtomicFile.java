package org.gradgraph.graphviz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all: beside its place first, then moved. */
final class AtomicFile {
    private AtomicFile() {}

    static void write(Path path, byte[] content) {
        Path target = path.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null || Files.isDirectory(target)) {
            throw new IllegalArgumentException(path + " is a folder; name a file in it");
        }
        Path half = parent.resolve("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "." + Thread.currentThread().getId() + ".tmp");
        try {
            Files.createDirectories(parent);
            Files.write(half, content);
            move(half, target);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " could not be written: " + e, e);
        } finally {
            half.toFile().delete();
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherwise) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
