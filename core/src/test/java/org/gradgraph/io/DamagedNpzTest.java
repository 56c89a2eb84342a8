package org.gradgraph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are damaged, foreign or unusual: nothing is allocated for a promise, and nothing raw is thrown. */
class DamagedNpzTest {
    private static final Node W = Node.parameter("w", Dim.named("r"), Dim.named("c"));

    @TempDir
    private Path folder;

    /** An array with a header of one's choice. */
    private static byte[] array(String header, byte... elements) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + text.length + elements.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
        return bytes.put(text).put(elements).array();
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("t.npz");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    @Test
    void two_hundred_damaged_files_are_read_or_refused_in_64_megabytes() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DamagedNpz.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).containsPattern("200 files, [1-9]\\d* of them read");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("whole.npz", "damaged.npz");
        }
    }

    @Test
    void a_promise_of_twelve_gigabytes_in_a_small_file_allocates_nothing() throws IOException {
        Path file = zip(Map.of(
                "w.npy", array("{'descr': '<f8', 'fortran_order': False, 'shape': (40000, 40000), }", (byte) 1)));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Npz.read(file))
                .withMessage(file + ": w has 1 bytes of elements instead of 12800000000");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8 << 20);
    }

    @Test
    void only_the_arrays_that_are_asked_for_are_read() throws IOException {
        byte[] number = array("{'descr': '|b1', 'fortran_order': False, 'shape': (), }", (byte) 1);
        byte[] text = array("{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }", (byte) 65);
        Path file = zip(Map.of("w.npy", number, "text.npy", text, "meta.json", new byte[] {'{'}, "sub/", new byte[0]));

        assertThat(Npz.read(file, W).asMap().get(W).get(0, 0)).isEqualTo(1);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Npz.read(file))
                .withMessage(file + ": text has elements of type <U1; save real numbers (float64)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"descr\": \"u1\", \"fortran_order\": False, \"shape\": (2L,)}",
                "{'shape':(2,),'fortran_order':True,'descr':'|u1',}",
                "{'descr': 'uint8', 'fortran_order': False, 'shape': ( 2 , ) }"
            })
    void a_header_is_read_as_python_does_and_a_vector_is_a_row_or_a_column(String header) throws IOException {
        Path file = zip(Map.of("w.npy", array(header, (byte) 3, (byte) 200)));
        Node row = Node.parameter("w", 1, 2);
        Node column = Node.parameter("w", 2, 1);

        assertThat(Npz.read(file, row).asMap().get(row).data).containsExactly(3, 200);
        assertThat(Npz.read(file, column).asMap().get(column).numRows).isEqualTo(2);
        assertThat(Npz.read(file).get("w").numRows).isEqualTo(2);
    }

    @Test
    void halves_are_read() throws IOException {
        byte[] halves = {0, 0x3c, 0, (byte) 0xc0, 1, 0, 0, 0x7c};
        Path file = zip(Map.of("w.npy", array("{'descr': '<f2', 'fortran_order': False, 'shape': (4,), }", halves)));

        DMatrixRMaj values = Npz.read(file).get("w");

        assertThat(values.data).containsExactly(1, -2, 0x1p-24, Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @CsvSource({
        "'\u0093NUMPY', a single array (.npy)",
        "'\u001f\u008b', compressed with gzip",
        "BZh9, compressed with bzip2",
        "'\u0089HDF', an HDF5 file"
    })
    void other_files_are_named(String start, String what) throws IOException {
        Path file = Files.write(folder.resolve("t.npz"), start.getBytes(StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Npz.read(file))
                .withMessageStartingWith(file + " is not an .npz file but " + what);
    }

    /** The method is at offset 8 of a local header and 10 of a central one. */
    @ParameterizedTest
    @CsvSource({"12, bzip2", "14, LZMA", "93, Zstandard", "77, an unknown method"})
    void other_compressions_are_named(int method, String name) throws IOException {
        Path file = folder.resolve("t.npz");
        Npz.write(file, Feeds.of(W, new double[][] {{1}}));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i + 10 < bytes.length; i++) {
            boolean isHeader = bytes[i] == 'P' && bytes[i + 1] == 'K';
            if (isHeader && bytes[i + 2] == 3) {
                bytes[i + 8] = (byte) method;
            } else if (isHeader && bytes[i + 2] == 1) {
                bytes[i + 10] = (byte) method;
            }
        }
        Files.write(file, bytes);

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Npz.read(file))
                .withMessageContaining(" is compressed with " + name + " (zip method " + method + ")");
    }

    @Test
    void a_replaced_file_keeps_its_permissions_and_its_link() throws IOException {
        Path file = folder.resolve("real.npz");
        Path link = folder.resolve("link.npz");
        Npz.write(file, Feeds.of(Node.parameter("b"), 1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(link, Path.of("real.npz"));

        Npz.write(link, Feeds.of(Node.parameter("b"), 2));

        assertThat(link).isSymbolicLink();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Npz.read(file).get("b").get(0, 0)).isEqualTo(2);
    }
}
