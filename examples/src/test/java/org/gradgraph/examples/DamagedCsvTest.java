package org.gradgraph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.gradgraph.examples.console.UserError;
import org.gradgraph.examples.data.TableReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged CSV file is read or refused in one sentence, never with another exception. */
class DamagedCsvTest {
    private static final int FILES = 200;
    private static final byte[] WORSE = "\"\",;\n\r\t\0 .-eE9xN\u00a0\ufeff".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final Random random = new Random(20);
    private int refused;

    @Test
    void two_hundred_damaged_files_are_read_or_refused_in_one_sentence() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path file = Files.write(folder.resolve("t" + i + ".csv"), damaged());
            try {
                TableReader.read(file);
            } catch (UserError told) {
                refused++;
                assertThat(told.getMessage())
                        .startsWith(file.toString())
                        .hasSizeLessThan(folder.toString().length() + 600)
                        .doesNotContain("Exception")
                        .doesNotContain("\n");
            }
        }
        assertThat(refused).isBetween(FILES / 2, FILES);
    }

    @Test
    void the_command_line_shows_no_stack_trace() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path file = Files.write(folder.resolve("t" + i + ".csv"), damaged());
            Path out = folder.resolve("out");
            Session session = Session.run("--data", file.toString(), "--iterations", "1", "--out", out.toString());
            if (session.exitCode() == 2) {
                refused++;
                assertThat(session.err()).startsWith("error: ").hasLineCount(1);
            }
            assertThat(session.err() + session.out()).doesNotContain("Exception", "\tat ");
        }
        assertThat(refused).isGreaterThan(FILES / 2);
    }

    /** A good table, in which bytes were changed, put in, left out or cut off. */
    private byte[] damaged() throws IOException {
        byte[] bytes = good();
        int changes = 1 + random.nextInt(4);
        for (int k = 0; k < changes && bytes.length > 0; k++) {
            int place = random.nextInt(bytes.length);
            byte other = random.nextBoolean() ? WORSE[random.nextInt(WORSE.length)] : (byte) random.nextInt(256);
            switch (random.nextInt(4)) {
                case 0 -> bytes[place] = other;
                case 1 -> bytes = joined(Arrays.copyOf(bytes, place), other, tail(bytes, place));
                case 2 ->
                    bytes = joined(Arrays.copyOf(bytes, place), other, tail(bytes, Math.min(bytes.length, place + 9)));
                default -> bytes = Arrays.copyOf(bytes, place);
            }
        }
        return bytes;
    }

    private byte[] good() throws IOException {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "x1,\"x2\",y\n" : "");
        for (int j = 0; j < 6; j++) {
            text.append(random.nextGaussian())
                    .append(',')
                    .append(random.nextInt(100))
                    .append(',')
                    .append(j % 2)
                    .append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(5) > 0) {
            return bytes;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] joined(byte[] head, byte middle, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + 1 + tail.length);
        all[head.length] = middle;
        System.arraycopy(tail, 0, all, head.length + 1, tail.length);
        return all;
    }
}
