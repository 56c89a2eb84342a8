package org.gradgraph.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An open {@code .npz} file: its arrays by name, each read when it is asked for. */
final class NpzFile implements Closeable {
    static final String SUFFIX = ".npy";

    /** What macOS adds to an archive; its files have the names of the others. */
    private static final String MAC_FOLDER = "__MACOSX/";

    /** The most that deflate makes of one byte, and what it makes of none. */
    private static final long MOST_PER_BYTE = 1032;

    private static final Map<Integer, String> METHODS =
            Map.of(9, "Deflate64", 12, "bzip2", 14, "LZMA", 93, "Zstandard", 95, "xz", 98, "PPMd");

    /** How the zip library of the JDK refuses an archive with an entry of another method. */
    private static final Pattern OTHER_METHOD = Pattern.compile("compression method: (\\d{1,5})");

    private static final int NAMES_SHOWN = 10;
    private static final int LONGEST_NAME = 80;

    private final Path file;
    private final long length;
    private final ZipFile zip;
    private final Map<String, ZipEntry> arrays = new LinkedHashMap<>();
    private final Set<String> ambiguous = new LinkedHashSet<>();
    private final Set<String> others = new LinkedHashSet<>();

    private NpzFile(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.length = Files.size(file);
        this.zip = zip;
    }

    /**
     * Opens a file.
     *
     * @throws IOException if the file does not exist or is not a zip archive; the message says what it is
     */
    static NpzFile open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder; name an .npz file");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        ForeignFile.refuse(file);
        try {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                NpzFile open = new NpzFile(file, zip);
                open.list();
                return open;
            } catch (IOException | IllegalArgumentException failed) {
                zip.close();
                throw failed;
            }
        } catch (ZipException | EOFException | IllegalArgumentException damaged) {
            Matcher other = OTHER_METHOD.matcher(reason(damaged));
            if (other.find()) {
                throw otherMethod(file.toString(), Integer.parseInt(other.group(1)));
            }
            throw new IOException(file + " is damaged or not an .npz file: " + reason(damaged), damaged);
        }
    }

    private static IOException otherMethod(String place, int method) {
        return new IOException(place + " is compressed with " + METHODS.getOrDefault(method, "an unknown method")
                + " (zip method " + method + "); numpy.savez and numpy.savez_compressed write what can be read");
    }

    /** The zip library says nothing when a file ends too early. */
    private static String reason(Exception damaged) {
        return damaged.getMessage() == null ? "it ends too early" : damaged.getMessage();
    }

    private void list() {
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.startsWith(MAC_FOLDER) || entry.isDirectory()) {
                continue;
            }
            if (!name.endsWith(SUFFIX)) {
                others.add(name);
            } else {
                String array = name.substring(0, name.length() - SUFFIX.length());
                if (arrays.putIfAbsent(array, entry) != null) {
                    ambiguous.add(array);
                }
            }
        }
    }

    /** The names of the arrays, in the order of the file. */
    List<String> names() throws IOException {
        if (arrays.isEmpty() && !others.isEmpty()) {
            throw new IOException(
                    file + " has no array; an .npz file holds .npy arrays, this one holds " + shown(others));
        }
        return List.copyOf(arrays.keySet());
    }

    /**
     * Reads one array.
     *
     * @throws IOException if no array has this name, or the array is damaged or not a matrix of reals
     */
    NpyFormat.Array read(String name) throws IOException {
        ZipEntry entry = arrays.get(name);
        if (entry == null) {
            throw new IOException(file + " has no array named " + name + "; it has "
                    + (arrays.isEmpty() && others.isEmpty()
                            ? "none"
                            : shown(arrays.isEmpty() ? others : arrays.keySet())));
        }
        String place = file + ": " + readable(name);
        if (ambiguous.contains(name)) {
            throw new IOException(place + " is in the file twice; write the file again");
        }
        try {
            return read(entry, place);
        } catch (ZipException | EOFException | IllegalArgumentException damaged) {
            throw new IOException(place + " is damaged: " + reason(damaged), damaged);
        }
    }

    private NpyFormat.Array read(ZipEntry entry, String place) throws IOException {
        requirePlausible(entry, place);
        try (InputStream stream = zip.getInputStream(entry)) {
            if (stream == null) {
                throw new ZipException("its content is missing");
            }
            CheckedInputStream checked = new CheckedInputStream(stream, new CRC32());
            NpyFormat.Array array = NpyFormat.read(checked, entry.getSize(), place);
            // The zip library leaves the checksum to its caller.
            if (checked.read() >= 0 || checked.getChecksum().getValue() != entry.getCrc()) {
                throw new ZipException("its checksum is wrong");
            }
            return array;
        }
    }

    /** The sizes in the list of an archive are only claims, which a damaged file can make without having the bytes. */
    private void requirePlausible(ZipEntry entry, String place) throws IOException {
        int method = entry.getMethod();
        if (method != ZipEntry.STORED && method != ZipEntry.DEFLATED) {
            throw otherMethod(place, method);
        }
        long packed = entry.getCompressedSize();
        long most = method == ZipEntry.STORED ? packed : MOST_PER_BYTE * (packed + 1);
        if (packed < 0 || packed > length || entry.getSize() < 0 || entry.getSize() > most) {
            throw new ZipException(
                    "the file of " + length + " bytes cannot hold the " + entry.getSize() + " bytes that it promises");
        }
    }

    private static String shown(Set<String> names) {
        List<String> first =
                names.stream().limit(NAMES_SHOWN).map(NpzFile::readable).toList();
        String more = names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "";
        return String.join(", ", first) + more;
    }

    /** A name in a damaged file may be anything. */
    private static String readable(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "�");
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) + "…" : line;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
