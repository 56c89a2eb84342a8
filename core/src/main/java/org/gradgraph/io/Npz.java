package org.gradgraph.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Require;

/**
 * Parameters in a file that NumPy reads and writes: a zip of {@code .npy} arrays, one for each name.
 *
 * <pre>{@code
 * Npz.write(Path.of("model.npz"), training.parameters());
 * run.set(Npz.read(Path.of("model.npz"), w, b));
 * }</pre>
 *
 * <p>In Python: {@code numpy.load("model.npz")["w"]}. Numbers keep all their bits, NaN and −0 included; reals of 16, 32
 * and 64 bits, integers and truth values are read. Arrays are read and written piece by piece, and nothing is allocated
 * for an array before the file is known to be large enough for it. Files that are damaged or hold something else are
 * refused; a file is written whole or not at all, and keeps its permissions.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's format</a>
 */
public final class Npz {
    /** The same bytes for the same parameters, whenever they are written. */
    private static final FileTime EPOCH = FileTime.fromMillis(315_532_800_000L);

    private Npz() {}

    /**
     * Writes values under the names of their nodes.
     *
     * @param file replaced if it exists; a symbolic link and the permissions stay
     * @param values named nodes with different names
     * @throws IllegalArgumentException if a node has no name, or two have the same, or there is no value
     * @throws UncheckedIOException if the file cannot be written; an existing file is then unchanged
     */
    public static void write(Path file, Feeds values) {
        Require.given(file, "Npz.write: the file");
        Require.given(values, "Npz.write: the values");
        Map<String, DMatrixRMaj> byName = new LinkedHashMap<>();
        values.asMap().forEach((node, value) -> {
            if (byName.put(nameOf(node), value) != null) {
                throw sameName(node);
            }
        });
        AtomicFile.write(file, out -> zip(byName, out));
    }

    private static IllegalArgumentException sameName(Node node) {
        return new IllegalArgumentException("two nodes are named " + nameOf(node) + "; a file needs different names");
    }

    private static String nameOf(Node node) {
        String name = node.name()
                .orElseThrow(() -> new IllegalArgumentException(
                        node.describe() + ", made at " + node.source() + ", has no name to be saved under"));
        boolean fits =
                name.length() < 10_000 && StandardCharsets.UTF_8.newEncoder().canEncode(name);
        if (!fits) {
            throw new IllegalArgumentException(node.describe() + ", made at " + node.source()
                    + ", cannot be saved under its name; choose a shorter name of ordinary characters");
        }
        return name;
    }

    /** Stored, not compressed: random numbers do not compress, and NumPy's savez does the same. */
    private static void zip(Map<String, DMatrixRMaj> byName, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, DMatrixRMaj> array : byName.entrySet()) {
            ZipEntry entry = new ZipEntry(array.getKey() + NpzFile.SUFFIX);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(NpyFormat.size(array.getValue()));
            entry.setCrc(checksum(array.getValue()));
            entry.setLastModifiedTime(EPOCH);
            zip.putNextEntry(entry);
            NpyFormat.write(array.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }

    /** It precedes the content, so the content is made twice instead of being kept. */
    private static long checksum(DMatrixRMaj matrix) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
        NpyFormat.write(matrix, checked);
        return checked.getChecksum().getValue();
    }

    /**
     * {@return the values of some nodes, read by their names; other arrays in the file are ignored}
     *
     * <p>An array of one dimension is a row or a column, whichever the node is.
     *
     * @param file an {@code .npz} file
     * @param nodes nodes with different names
     * @throws IllegalArgumentException if a node has no name, or two have the same
     * @throws UncheckedIOException if there is no such file, or it is damaged, is not an {@code .npz} file, lacks one of
     *     the nodes, or holds an array of another shape or of something else than real numbers; the message says which
     */
    public static Feeds read(Path file, Node... nodes) {
        Require.given(file, "Npz.read: the file");
        Map<String, Node> byName = new LinkedHashMap<>();
        for (Node node : Require.nodes("Npz.read", nodes)) {
            Node other = byName.putIfAbsent(nameOf(node), node);
            if (other != null && !other.equals(node)) {
                throw sameName(node);
            }
        }
        return reading(file, npz -> {
            Feeds feeds = Feeds.none();
            for (Map.Entry<String, Node> wanted : byName.entrySet()) {
                NpyFormat.Array array = npz.read(wanted.getKey());
                feeds = feeds.and(wanted.getValue(), fitted(array, wanted.getValue(), file));
            }
            return feeds;
        });
    }

    private static DMatrixRMaj fitted(NpyFormat.Array array, Node node, Path file) throws IOException {
        DMatrixRMaj value = array.matrix();
        if (array.isVector() && !fits(node, value.numRows, 1) && fits(node, 1, value.numRows)) {
            value.reshape(1, value.numRows);
        }
        if (!fits(node, value.numRows, value.numCols)) {
            throw new IOException(file + ": " + nameOf(node) + " is " + value.numRows + "×" + value.numCols + ", not "
                    + node.shape());
        }
        return value;
    }

    private static boolean fits(Node node, int rows, int columns) {
        return fits(node.shape().rows(), rows) && fits(node.shape().columns(), columns);
    }

    private static boolean fits(Dim dim, int size) {
        return !dim.isFixed() || dim.size() == size;
    }

    /**
     * {@return all arrays by name, in the order of the file; entries that are no arrays are ignored}
     *
     * <p>An array of one dimension with n elements becomes n×1.
     *
     * @param file an {@code .npz} file
     * @throws UncheckedIOException if there is no such file, or it is damaged, is not an {@code .npz} file, or has an
     *     array that is no matrix, vector or number of reals; name the nodes that you need to read only theirs
     */
    public static Map<String, DMatrixRMaj> read(Path file) {
        Require.given(file, "Npz.read: the file");
        return reading(file, npz -> {
            Map<String, DMatrixRMaj> arrays = new LinkedHashMap<>();
            List<String> names = npz.names();
            for (String name : names) {
                arrays.put(name, npz.read(name).matrix());
            }
            return arrays;
        });
    }

    private interface Reader<T> {
        T from(NpzFile file) throws IOException;
    }

    private static <T> T reading(Path file, Reader<T> reader) {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(file + " is not on the default file system; copy it there first");
        }
        try (NpzFile npz = NpzFile.open(file)) {
            return reader.from(npz);
        } catch (FileSystemException failed) {
            throw new UncheckedIOException(file + " cannot be read: " + FileErrors.reason(failed), failed);
        } catch (IOException failed) {
            String message = FileErrors.reason(failed);
            throw new UncheckedIOException(
                    message.startsWith(file.toString()) ? message : file + " cannot be read: " + message, failed);
        }
    }
}
