package org.gradgraph.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;

/**
 * Parameters in a file that NumPy reads and writes: a zip of {@code .npy} arrays, one for each name.
 *
 * <pre>{@code
 * Npz.write(Path.of("model.npz"), training.parameters());
 * run.set(Npz.read(Path.of("model.npz"), w, b));
 * }</pre>
 *
 * <p>In Python: {@code numpy.load("model.npz")["w"]}. Numbers keep all their bits, NaN and −0 included. Files that are
 * damaged or hold something else are refused; a file is written whole or not at all.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's format</a>
 */
public final class Npz {
    private static final String SUFFIX = ".npy";

    /** The same bytes for the same parameters, whenever they are written. */
    private static final FileTime EPOCH = FileTime.fromMillis(315_532_800_000L);

    private Npz() {}

    /**
     * Writes values under the names of their nodes.
     *
     * @param file replaced if it exists
     * @param values named nodes with different names
     * @throws IllegalArgumentException if a node has no name, or two have the same
     * @throws UncheckedIOException if the file cannot be written; an existing file is then unchanged
     */
    public static void write(Path file, Feeds values) {
        Map<String, DMatrixRMaj> byName = new LinkedHashMap<>();
        values.asMap().forEach((node, value) -> {
            if (byName.put(nameOf(node), value) != null) {
                throw new IllegalArgumentException(
                        "two nodes are named " + nameOf(node) + "; a file needs different names");
            }
        });
        AtomicFile.write(file, zip(byName));
    }

    private static String nameOf(Node node) {
        return node.name()
                .orElseThrow(() -> new IllegalArgumentException(
                        node.describe() + ", made at " + node.source() + ", has no name to be saved under"));
    }

    /** Stored, not compressed: random numbers do not compress, and NumPy's savez does the same. */
    private static byte[] zip(Map<String, DMatrixRMaj> byName) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, DMatrixRMaj> array : byName.entrySet()) {
                byte[] npy = NpyFormat.encode(array.getValue());
                ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(npy.length);
                entry.setCrc(checksum(npy));
                entry.setLastModifiedTime(EPOCH);
                zip.putNextEntry(entry);
                zip.write(npy);
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be written", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads the values of some nodes, by their names.
     *
     * @throws UncheckedIOException if there is no such file, or it is damaged, is not an {@code .npz} file, lacks one of
     *     the nodes, or holds an array of another shape or of something else than real numbers; the message says which
     */
    public static Feeds read(Path file, Node... nodes) {
        Map<String, DMatrixRMaj> arrays = read(file);
        Feeds feeds = Feeds.none();
        for (Node node : nodes) {
            DMatrixRMaj value = arrays.get(nameOf(node));
            if (value == null) {
                throw refused(file + " has no array named " + nameOf(node) + "; it has "
                        + String.join(", ", arrays.keySet()));
            }
            if (!fits(node, value)) {
                throw refused(file + ": " + nameOf(node) + " is " + value.numRows + "×" + value.numCols + ", not "
                        + node.shape());
            }
            feeds = feeds.and(node, value);
        }
        return feeds;
    }

    private static UncheckedIOException refused(String message) {
        return new UncheckedIOException(message, new IOException(message));
    }

    private static boolean fits(Node node, DMatrixRMaj value) {
        return (!node.shape().rows().isFixed() || node.shape().rows().size() == value.numRows)
                && (!node.shape().columns().isFixed() || node.shape().columns().size() == value.numCols);
    }

    /**
     * Reads all arrays by name, in the order of the file.
     *
     * @throws UncheckedIOException if there is no such file, or it is damaged, is not an {@code .npz} file, or holds
     *     something else than matrices, vectors and numbers of reals
     */
    public static Map<String, DMatrixRMaj> read(Path file) {
        Map<String, DMatrixRMaj> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (!name.endsWith(SUFFIX)) {
                    throw new IOException(
                            file + " holds " + name + ", which is not an array; an .npz file holds .npy arrays");
                }
                String array = name.substring(0, name.length() - SUFFIX.length());
                arrays.put(array, NpyFormat.decode(content(zip, entry), file + ": " + array));
            }
        } catch (ZipException damaged) {
            throw new UncheckedIOException(file + " is damaged or not an .npz file: " + damaged.getMessage(), damaged);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
        return arrays;
    }

    /** The zip library leaves the checksum to its caller. */
    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] content = stream.readAllBytes();
            if (checksum(content) != entry.getCrc()) {
                throw new ZipException("the checksum of " + entry.getName() + " is wrong");
            }
            return content;
        }
    }

    private static long checksum(byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        return checksum.getValue();
    }
}
