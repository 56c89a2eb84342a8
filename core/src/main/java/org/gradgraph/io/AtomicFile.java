package org.gradgraph.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.UUID;
import org.gradgraph.graph.Require;

/**
 * Writes a file whole or not at all: next to its place first, then moved there.
 *
 * <p>A file that is replaced keeps its permissions, and its owner and group where the system allows that. If the path is
 * a symbolic link, the link stays and the file that it leads to is replaced. What is no ordinary file, such as
 * {@code /dev/stdout}, is written to.
 *
 * <pre>{@code
 * AtomicFile.write(Path.of("costs.csv"), text.getBytes(UTF_8));
 * }</pre>
 */
public final class AtomicFile {
    /** As many as Linux follows before it calls links a loop. */
    private static final int MOST_LINKS = 40;

    private AtomicFile() {}

    /** Writes the content of a file, piece by piece. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param path where it goes; folders are made, an existing file is replaced
     * @param content what it shall contain
     * @throws IllegalArgumentException if the path is a folder
     * @throws UncheckedIOException if the file cannot be written; an existing file is then unchanged
     */
    public static void write(Path path, byte[] content) {
        Require.given(path, "AtomicFile.write: the path");
        Require.given(content, "AtomicFile.write: the content");
        write(path, out -> out.write(content));
    }

    /** The same for content that need not be in memory as a whole. */
    static void write(Path path, Content content) {
        if (path.toString().isEmpty()) {
            throw new IllegalArgumentException("the name of the file is empty; give a path");
        }
        try {
            Path target = withoutLinks(path.toAbsolutePath());
            Path parent = target.getParent();
            if (parent == null || Files.isDirectory(target)) {
                throw new IllegalArgumentException(path + " is a folder; name a file in it");
            }
            if (!Files.isDirectory(parent)) {
                Files.createDirectories(parent);
            }
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
                    content.writeTo(out);
                }
            } else {
                replace(target, parent, content);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(path + " could not be written: " + FileErrors.reason(failed), failed);
        }
    }

    private static Path withoutLinks(Path path) throws IOException {
        Path target = path;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new IOException("its symbolic links lead in a circle");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    private static void replace(Path target, Path parent, Content content) throws IOException {
        boolean exists = Files.exists(target);
        if (exists && !Files.isWritable(target)) {
            throw new IOException("the file is write-protected");
        }
        Path partial = parent.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW))) {
                content.writeTo(out);
            }
            if (exists) {
                copyPermissions(target, partial);
            }
            move(partial, target);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView source = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        PosixFileAttributeView copy = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (source == null || copy == null) {
            return;
        }
        PosixFileAttributes attributes = source.readAttributes();
        try {
            copy.setGroup(attributes.group());
            copy.setOwner(attributes.owner());
        } catch (FileSystemException notAllowed) {
            // Only an administrator may give files away; the file then belongs to whoever writes it.
        }
        copy.setPermissions(attributes.permissions());
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException otherwise) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
