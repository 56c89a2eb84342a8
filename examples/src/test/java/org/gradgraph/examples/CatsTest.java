package org.gradgraph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command about cats on files made here: a bright picture is a cat, a dark one is none. */
class CatsTest {
    @TempDir
    Path folder;

    private Session cats(String... more) {
        return Session.run(Stream.concat(
                        Stream.of("cats", "--data", folder.toString(), "--out", out().toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path write(String part, int[] brightness, long... labels) {
        int[][][][] pictures = new int[brightness.length][64][64][3];
        for (int k = 0; k < brightness.length; k++) {
            for (int[][] row : pictures[k]) {
                for (int[] pixel : row) {
                    Arrays.fill(pixel, brightness[k]);
                }
            }
        }
        Path file = folder.resolve(part + "_catvnoncat.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putDataset(part + "_set_x", pictures);
            hdf.putDataset(part + "_set_y", labels);
        }
        return file;
    }

    private void writeBoth() {
        write("train", new int[] {250, 10, 240}, 1, 0, 1);
        write("test", new int[] {245, 5}, 1, 1);
    }

    private void assertRefused(Session session, String beginning) {
        assertThat(session.err()).startsWith("error: " + beginning).hasLineCount(1);
        assertThat(session.exitCode()).isEqualTo(2);
        assertThat(out()).doesNotExist();
    }

    @Test
    void other_pictures_are_learned_classified_and_drawn_but_have_other_figures() throws IOException {
        writeBoth();
        BufferedImage bright = new BufferedImage(100, 80, BufferedImage.TYPE_INT_RGB);
        bright.createGraphics().fillRect(0, 0, 100, 80);
        File own = folder.resolve("own.png").toFile();
        ImageIO.write(bright, "png", own);

        Session session = cats("--picture", own.toString(), "--rates", "0.001,0.0001");

        assertThat(session.err()).isEmpty();
        assertThat(session.out())
                .contains("training: 3 pictures of 64×64×3, X is 12288×3", "test: 2 pictures of 64×64×3")
                .contains("training accuracy 100.0 %", "test accuracy 50.0 %")
                .contains("own.png: a cat")
                .contains("test picture 1, a cat, taken for none")
                .contains("not as expected");
        assertThat(session.exitCode()).isEqualTo(1);
        assertThat(out().resolve("cat-rates.svg")).content().contains("0.0001");
        BufferedImage wrong = ImageIO.read(out().resolve("cat-wrong.png").toFile());
        assertThat(wrong.getWidth()).isEqualTo(256);
        assertThat(wrong.getRGB(0, 0) & 0xffffff).isEqualTo(0x050505);
    }

    @Test
    void missing_damaged_and_foreign_files() throws IOException {
        assertRefused(Session.run("cats"), "Missing required option: '--data=FOLDER'");
        assertRefused(
                Session.run("cats", "--data", folder.resolve("none").toString()),
                folder.resolve("none") + ": there is no such folder");
        assertRefused(cats(), folder.resolve("train_catvnoncat.h5") + ": there is no such file");

        writeBoth();
        Path training = folder.resolve("train_catvnoncat.h5");
        byte[] whole = Files.readAllBytes(training);
        for (int length : new int[] {0, 7, 100, 2000, whole.length / 2, whole.length - 20}) {
            Files.write(training, Arrays.copyOf(whole, length));
            assertRefused(cats(), training + ": this is no HDF5 file of pictures, or it is damaged (");
        }
        Files.writeString(training, "a,b\n1,2\n");
        assertRefused(cats(), training + ": this is no HDF5 file of pictures");
    }

    @Test
    void labels_and_brightness_out_of_range_and_other_shapes() {
        writeBoth();
        Path test = write("test", new int[] {1, 2}, 1, 2);
        assertRefused(cats(), test + ", test_set_y: 2 is no number from 0 to 1");
        test = write("test", new int[] {1, 256}, 1, 0);
        assertRefused(cats(), test + ", test_set_x: 256 is no number from 0 to 255");
        test = write("test", new int[] {1, 2}, 1, 0, 1);
        assertRefused(cats(), test + ": 2 pictures and 3 labels; each picture needs one");
        try (WritableHdfFile hdf = HdfFile.write(test)) {
            hdf.putDataset("other", new int[] {1});
        }
        assertRefused(cats(), test + ": there is no data set test_set_x in it, only other");
    }

    @Test
    void a_picture_that_is_none_and_bad_rates() throws IOException {
        writeBoth();
        Path fake = Files.writeString(folder.resolve("cat.jpg"), "no picture");
        assertRefused(cats("--picture", fake.toString()), fake + ": this is no JPEG, PNG, GIF or BMP picture");
        assertRefused(cats("--picture", folder.resolve("x.png").toString()), folder.resolve("x.png") + ": there is no");
        assertRefused(cats("--rates", "0.1,zero"), "Invalid value for option '--rates' (NUMBERS): \"zero\" is not a");
    }
}
