package org.gradgraph.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Says what a file is that is not an {@code .npz} file, by its first bytes. */
final class ForeignFile {
    private static final int LONGEST = 8;

    /**
     * A kind of file.
     *
     * @param start its first bytes, as Latin-1 characters
     * @param what the file and the remedy, the end of a sentence
     */
    private record Kind(String start, String what) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "\u0093NUMPY",
                    "a single array (.npy); write an .npz file in Python: numpy.savez(file, w=numpy.load(array))"),
            new Kind("\u001f\u008b", compressed("gzip")),
            new Kind("BZh", compressed("bzip2")),
            new Kind("\u00fd7zXZ", compressed("xz")),
            new Kind("(\u00b5/\u00fd", compressed("Zstandard")),
            new Kind("\u0004\"M\u0018", compressed("LZ4")),
            new Kind("7z\u00bc\u00af", "a 7-Zip archive; write an .npz file with numpy.savez"),
            new Kind("Rar!", "a RAR archive; write an .npz file with numpy.savez"),
            new Kind("\u0089HDF", "an HDF5 file; write an .npz file with numpy.savez"),
            new Kind("\u0080", "a Python pickle; write an .npz file with numpy.savez"),
            new Kind("MATLAB", "a MATLAB file; write an .npz file with numpy.savez"));

    private ForeignFile() {}

    private static String compressed(String how) {
        return "compressed with " + how + "; unpack it first, or write it with numpy.savez_compressed";
    }

    /**
     * Accepts what may be a zip archive.
     *
     * @throws IOException if it is something else that is known, with a message that names it
     */
    static void refuse(Path file) throws IOException {
        String start;
        try (InputStream in = Files.newInputStream(file)) {
            start = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
        }
        if (start.isEmpty()) {
            throw new IOException(file + " is empty, not an .npz file");
        }
        for (Kind kind : KINDS) {
            if (start.startsWith(kind.start)) {
                throw new IOException(file + " is not an .npz file but " + kind.what);
            }
        }
    }
}
