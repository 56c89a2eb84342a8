package org.gradgraph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableTypeAssert;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files {@code numpy*.npz} were written by {@code numpy.savez} 2.4. */
class NpzTest {
    private static final double[][] BITS = {
        {1.5, -0.0, Double.NaN}, {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE}
    };

    @TempDir
    private Path folder;

    @Test
    void reads_what_numpy_wrote_bit_for_bit() throws IOException {
        Map<String, DMatrixRMaj> arrays = Npz.read(resource("numpy.npz"));

        assertThat(arrays.keySet())
                .containsExactly("w", "fortran", "vector", "number", "big", "single", "ints", "truth");
        assertSameBits(arrays.get("w"), BITS);
        assertSameBits(arrays.get("big"), BITS);
        assertSameBits(arrays.get("fortran"), new double[][] {{0, 1, 2}, {3, 4, 5}});
        assertSameBits(arrays.get("vector"), new double[][] {{1}, {2}, {3}});
        assertSameBits(arrays.get("number"), new double[][] {{7.25}});
        assertSameBits(arrays.get("single"), new double[][] {{0.5, 0.25}});
        assertSameBits(arrays.get("ints"), new double[][] {{1, -2}});
        assertSameBits(arrays.get("truth"), new double[][] {{1, 0}});
        assertSameBits(Npz.read(resource("numpy-compressed.npz")).get("w"), BITS);
    }

    /** Written by NumPy: each type of elements, little-endian and big-endian, with its extreme values. */
    @Test
    void reads_every_type_of_elements_in_both_byte_orders() {
        Map<String, DMatrixRMaj> arrays = Npz.read(resource("numpy-types.npz"));

        for (String order : List.of("-little", "-big")) {
            for (int size : new int[] {1, 2, 4}) {
                double half = Math.scalb(1.0, 8 * size - 1);
                assertSameBits(arrays.get("u" + size + order), new double[][] {{0, 1, half - 1, half, 2 * half - 1}});
                assertSameBits(arrays.get("i" + size + order), new double[][] {{0, 1, half - 1, -half, -1}});
            }
            assertSameBits(arrays.get("u8" + order), new double[][] {{0, 1, 0x1p53, 0x1p63, 0x1p64 - 2048}});
            assertSameBits(arrays.get("i8" + order), new double[][] {{0, 1, 0x1p53, -0x1p63, -1}});
            assertSameBits(
                    arrays.get("f4" + order), new double[][] {{0, 1.5, -0x1p-149, Double.POSITIVE_INFINITY, 0x1p127}});
            assertSameBits(
                    arrays.get("f8" + order),
                    new double[][] {{0, 1.5, -Double.MIN_VALUE, Double.POSITIVE_INFINITY, 1e308}});
        }
        assertThat(arrays).hasSize(20);
    }

    @Test
    void writes_the_very_bytes_of_numpy_for_an_array() throws IOException {
        Node w = Node.parameter("w", 2, 3);
        Path file = folder.resolve("own.npz");

        Npz.write(file, Feeds.of(w, BITS));

        assertThat(entry(file, "w.npy")).isEqualTo(entry(resource("numpy.npz"), "w.npy"));
    }

    @Test
    void what_was_written_comes_back_and_the_same_values_give_the_same_file() throws IOException {
        Node w = Node.parameter("w", 2, Dim.named("m"));
        Node b = Node.parameter("schön/b");
        Feeds values = Feeds.of(w, BITS).and(b, 7);

        Npz.write(folder.resolve("one.npz"), values);
        Npz.write(folder.resolve("two.npz"), values);
        Feeds back = Npz.read(folder.resolve("one.npz"), w, b);

        assertSameBits(back.asMap().get(w), BITS);
        assertSameBits(back.asMap().get(b), new double[][] {{7}});
        assertThat(folder.resolve("one.npz")).hasSameBinaryContentAs(folder.resolve("two.npz"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numpy-3d.npz|t has 3 dimensions, a matrix has 2",
                "numpy-text.npz|t has elements of type <U1; save real numbers (float64)",
                "numpy-types-refused.npz|t has the integer 9007199254740993, which a double does not hold;"
                        + " save real numbers (float64)",
                "numpy-empty.npz|t has the shape (0, 3), which is empty or too large"
            })
    void anything_but_a_matrix_of_reals_is_refused(String name, String message) {
        refusal().isThrownBy(() -> Npz.read(resource(name))).withMessageEndingWith(message);
    }

    @Test
    void a_file_cut_at_any_place_or_with_a_flipped_bit_is_refused() throws IOException {
        byte[] whole = Files.readAllBytes(resource("numpy.npz"));
        Path damaged = folder.resolve("damaged.npz");
        for (int length = 0; length < whole.length; length += 37) {
            Files.write(damaged, Arrays.copyOf(whole, length));
            refusal().as("cut at %d", length).isThrownBy(() -> Npz.read(damaged));
        }
        byte[] flipped = whole.clone();
        flipped[160] ^= 1;
        Files.write(damaged, flipped);
        refusal().isThrownBy(() -> Npz.read(damaged)).withMessageContaining("damaged");
    }

    @Test
    void a_missing_file_array_or_shape_is_named() throws IOException {
        Node w = Node.parameter("w", 3, 3);
        refusal().isThrownBy(() -> Npz.read(folder.resolve("none.npz"))).withCauseInstanceOf(NoSuchFileException.class);
        refusal().isThrownBy(() -> Npz.read(resource("numpy.npz"), w)).withMessageEndingWith("w is 2×3, not 3×3");
        refusal()
                .isThrownBy(() -> Npz.read(resource("numpy-compressed.npz"), Node.parameter("v")))
                .withMessageEndingWith("has no array named v; it has w");
    }

    @Test
    void a_failed_write_leaves_the_old_file_and_nothing_else() throws IOException {
        Node w = Node.parameter("w");
        Path file = folder.resolve("model.npz");
        Npz.write(file, Feeds.of(w, 1));
        byte[] before = Files.readAllBytes(file);
        Feeds twice = Feeds.of(w, 1).and(Node.parameter("w"), 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Npz.write(file, twice))
                .withMessage("two nodes are named w; a file needs different names");
        assertThatIllegalArgumentException().isThrownBy(() -> Npz.write(file, Feeds.of(Node.constant(1), 1)));

        assertThat(file).hasBinaryContent(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static ThrowableTypeAssert<UncheckedIOException> refusal() {
        return assertThatExceptionOfType(UncheckedIOException.class);
    }

    private static void assertSameBits(DMatrixRMaj actual, double[][] expected) {
        assertThat(actual.numRows).isEqualTo(expected.length);
        assertThat(actual.numCols).isEqualTo(expected[0].length);
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                assertThat(Double.doubleToLongBits(actual.get(i, j)))
                        .as("(%d,%d)", i, j)
                        .isEqualTo(Double.doubleToLongBits(expected[i][j]));
            }
        }
    }

    private static byte[] entry(Path file, String name) throws IOException {
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file.toFile());
                InputStream content = zip.getInputStream(zip.getEntry(name))) {
            return content.readAllBytes();
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(NpzTest.class.getResource(name).toURI());
        } catch (java.net.URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
