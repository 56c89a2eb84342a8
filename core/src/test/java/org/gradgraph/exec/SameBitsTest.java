package org.gradgraph.exec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A thousand programs give the bits in a file, on every machine, with any kernels, fused or not, on any number of threads.
 *
 * <p>After a deliberate change of what is computed, write the file again:
 *
 * <pre>{@code
 * mvn -pl core test -Dtest=SameBitsTest -Dbits=write
 * }</pre>
 */
class SameBitsTest {
    private static final int COUNT = 1000;
    private static final String FILE = "program-bits.txt";

    @Test
    void a_thousand_programs_give_the_bits_in_the_file() throws IOException {
        boolean writes = "write".equals(System.getProperty("bits"));
        List<String> expected = writes ? List.of() : read();
        List<String> actual = new ArrayList<>();
        long numbers = 0;
        long finite = 0;
        for (int seed = 0; seed < COUNT; seed++) {
            SeededProgram program = new SeededProgram(seed);
            Execution one = Execution.standard().withThreads(1);
            Execution some = ScatteredWorkers.scattered(Execution.standard(), 2 + seed % 3);
            List<double[]> values = program.values(one);
            String hash = hash(values);
            assertThat(hash(program.values(some)))
                    .as("program %s, threads", seed)
                    .isEqualTo(hash);
            assertThat(hash(program.values((seed % 2 == 0 ? one : some).withoutFusion())))
                    .as("program %s, not fused", seed)
                    .isEqualTo(hash);
            assertThat(hash(program.values(one.withPortableKernels())))
                    .as("program %s, portable kernels", seed)
                    .isEqualTo(hash);
            actual.add(seed + " " + hash);
            for (double[] value : values) {
                for (double x : value) {
                    numbers++;
                    finite += Double.isFinite(x) ? 1 : 0;
                }
            }
        }
        assertThat((double) finite / numbers).as("share of finite numbers").isGreaterThan(0.9);
        if (writes) {
            Files.write(Path.of("src/test/resources/org/gradgraph/exec", FILE), actual, US_ASCII);
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static List<String> read() throws IOException {
        try (InputStream in = Objects.requireNonNull(SameBitsTest.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), US_ASCII).lines().toList();
        }
    }

    /** FNV-1a with 64 bits; all NaNs are one. */
    private static String hash(List<double[]> values) {
        long hash = 0xcbf29ce484222325L;
        for (double[] value : values) {
            for (double x : value) {
                long bits = Double.doubleToLongBits(x);
                for (int shift = 0; shift < 64; shift += 8) {
                    hash = (hash ^ (bits >>> shift & 0xff)) * 0x100000001b3L;
                }
            }
        }
        return String.format("%016x", hash);
    }
}
