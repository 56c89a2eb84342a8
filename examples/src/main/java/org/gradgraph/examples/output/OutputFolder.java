package org.gradgraph.examples.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import org.gradgraph.examples.console.UserError;

/**
 * A folder for results, where each file appears whole or not at all.
 *
 * <p>The folder is made when the first file is written, so work that fails leaves nothing behind.
 *
 * <pre>{@code
 * OutputFolder folder = OutputFolder.at(Path.of("gradgraph-output"));
 * Path picture = folder.write("cost.svg", svg);
 * }</pre>
 */
public final class OutputFolder {
    private final Path folder;

    private OutputFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * A folder that exists or can be made.
     *
     * @throws UserError if there is a file in the way or no permission to write, before any work is done
     */
    public static OutputFolder at(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            throw new UserError(existing + ": this is a file; results need a folder");
        }
        if (!Files.isWritable(existing)) {
            throw new UserError(existing + ": nothing may be written here; choose another folder for the results");
        }
        return new OutputFolder(folder);
    }

    /** Where the folder is. */
    public Path path() {
        return folder;
    }

    /** A line that tells what a file of the folder shows. */
    public static String entry(String name, String content) {
        return String.format(Locale.ROOT, "  %-24s %s", name, content);
    }

    /**
     * Writes a text file, in place of one of the same name.
     *
     * @param name the file's name, without a folder
     * @throws UserError if it cannot be written
     */
    public Path write(String name, String content) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(content));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return write(name, bytes);
        } catch (CharacterCodingException failed) {
            throw cannotWrite(folder.resolve(name), failed);
        }
    }

    /** Writes a file of bytes; see {@link #write(String, String)}. */
    public Path write(String name, byte[] content) {
        Path file = folder.resolve(name);
        if (Files.isDirectory(file)) {
            throw new UserError(file + ": this is a folder; a file is to be written here");
        }
        try {
            Files.createDirectories(folder);
            Path unfinished = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
            try {
                Files.write(unfinished, content, StandardOpenOption.CREATE_NEW);
                moveInPlace(unfinished, file);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException failed) {
            throw cannotWrite(file, failed);
        }
        return file;
    }

    private static UserError cannotWrite(Path file, IOException failed) {
        return new UserError(file + ": the file cannot be written (" + failed.getMessage() + ")", failed);
    }

    private static void moveInPlace(Path unfinished, Path file) throws IOException {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
