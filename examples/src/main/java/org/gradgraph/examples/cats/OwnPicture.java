package org.gradgraph.examples.cats;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.UserError;

/**
 * Pictures between files and columns of numbers.
 *
 * <pre>{@code
 * DMatrixRMaj column = OwnPicture.read(Path.of("cat.jpg"));     // 12288×1
 * byte[] png = OwnPicture.png(column, 4);
 * }</pre>
 */
public final class OwnPicture {
    private static final int SIDE = CatPictures.SIDE;

    private OwnPicture() {}

    /**
     * Reads a picture and scales it to 64×64 pixels, each the mean of those it replaces.
     *
     * @throws UserError if it is missing or no picture
     */
    public static DMatrixRMaj read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": there is no such file");
        }
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new UserError(file + ": this is no JPEG, PNG, GIF or BMP picture");
            }
            return column(image);
        } catch (IOException | RuntimeException damaged) {
            if (damaged instanceof UserError told) {
                throw told;
            }
            throw new UserError(file + ": the picture cannot be read (" + damaged.getMessage() + ")", damaged);
        }
    }

    private static DMatrixRMaj column(BufferedImage image) {
        DMatrixRMaj column = new DMatrixRMaj(SIDE * SIDE * 3, 1);
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                mean(image, i, j, column.data);
            }
        }
        return column;
    }

    private static void mean(BufferedImage image, int row, int column, double[] out) {
        int top = row * image.getHeight() / SIDE;
        int bottom = Math.max(top + 1, (row + 1) * image.getHeight() / SIDE);
        int left = column * image.getWidth() / SIDE;
        int right = Math.max(left + 1, (column + 1) * image.getWidth() / SIDE);
        int at = (row * SIDE + column) * 3;
        double count = 255.0 * (bottom - top) * (right - left);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int colour = image.getRGB(x, y);
                out[at] += (colour >> 16 & 255) / count;
                out[at + 1] += (colour >> 8 & 255) / count;
                out[at + 2] += (colour & 255) / count;
            }
        }
    }

    /** A column of numbers from 0 to 1 as a PNG picture, each pixel enlarged. */
    public static byte[] png(DMatrixRMaj column, int enlarged) {
        BufferedImage image = new BufferedImage(SIDE * enlarged, SIDE * enlarged, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int at = (y / enlarged * SIDE + x / enlarged) * 3;
                image.setRGB(x, y, level(column, at) << 16 | level(column, at + 1) << 8 | level(column, at + 2));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static int level(DMatrixRMaj column, int at) {
        return (int) Math.round(255 * column.get(at));
    }
}
