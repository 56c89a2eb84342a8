package org.gradgraph.examples.cats;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.gradgraph.examples.console.Texts;
import org.gradgraph.examples.console.UserError;

/**
 * Pictures of 64×64 pixels of three colours in columns, divided by 255, with the label 1 for a cat.
 *
 * <pre>{@code
 * CatPictures training = CatPictures.read(folder.resolve("train_catvnoncat.h5"), "train");
 * training.x();       // 12288×209
 * }</pre>
 *
 * @param x a column for each picture, row by row, red, green and blue of each pixel
 * @param y 0 or 1, a row
 */
public record CatPictures(DMatrixRMaj x, DMatrixRMaj y) {
    /** The width and height of a picture. */
    public static final int SIDE = 64;

    private static final int PIXELS = SIDE * SIDE * 3;

    /**
     * Reads an HDF5 file with {@code <part>_set_x}, m×64×64×3 numbers from 0 to 255, and {@code <part>_set_y}, m labels.
     *
     * @throws UserError if it is missing or not such a file
     */
    public static CatPictures read(Path file, String part) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": there is no such file; --data names the folder that holds it");
        }
        try (HdfFile hdf = new HdfFile(Hdf5Length.requireWhole(file))) {
            return new CatPictures(pixels(hdf, file, part + "_set_x"), labels(hdf, file, part + "_set_y"))
                    .requireLabels(file);
        } catch (UserError told) {
            throw told;
        } catch (RuntimeException damaged) { // jhdf fails in many ways on a file that is cut off
            throw new UserError(
                    file + ": this is no HDF5 file of pictures, or it is damaged (" + damaged.getMessage() + ")",
                    damaged);
        }
    }

    private CatPictures requireLabels(Path file) {
        if (x.numCols != y.numCols) {
            throw new UserError(file + ": " + Texts.count(x.numCols, "picture") + " and "
                    + Texts.count(y.numCols, "label") + "; each picture needs one");
        }
        return this;
    }

    private static DMatrixRMaj pixels(HdfFile hdf, Path file, String name) {
        Dataset dataset = dataset(hdf, file, name);
        int[] sides = dataset.getDimensions();
        if (sides.length != 4 || sides[1] != SIDE || sides[2] != SIDE || sides[3] != 3) {
            throw new UserError(
                    file + ", " + name + ": the sides are " + Arrays.toString(sides) + ", not m, 64, 64 and 3");
        }
        double[] flat = numbers(dataset, file, name, 255);
        DMatrixRMaj columns = new DMatrixRMaj(PIXELS, sides[0]);
        for (int j = 0; j < sides[0]; j++) {
            for (int i = 0; i < PIXELS; i++) {
                columns.set(i, j, flat[j * PIXELS + i] / 255);
            }
        }
        return columns;
    }

    private static DMatrixRMaj labels(HdfFile hdf, Path file, String name) {
        double[] flat = numbers(dataset(hdf, file, name), file, name, 1);
        return new DMatrixRMaj(1, flat.length, true, flat);
    }

    private static Dataset dataset(HdfFile hdf, Path file, String name) {
        if (hdf.getChild(name) instanceof Dataset dataset) {
            return dataset;
        }
        throw new UserError(file + ": there is no data set " + name + " in it, only "
                + String.join(", ", hdf.getChildren().keySet()));
    }

    private static double[] numbers(Dataset dataset, Path file, String name, int largest) {
        Object flat = dataset.getDataFlat();
        double[] numbers;
        if (flat instanceof int[] whole) {
            numbers = Arrays.stream(whole).asDoubleStream().toArray();
        } else if (flat instanceof long[] whole) {
            numbers = Arrays.stream(whole).asDoubleStream().toArray();
        } else {
            throw new UserError(file + ", " + name + ": these are no whole numbers but " + dataset.getJavaType());
        }
        for (double number : numbers) {
            if (number < 0 || number > largest) {
                throw new UserError(
                        file + ", " + name + ": " + Texts.number(number) + " is no number from 0 to " + largest);
            }
        }
        return numbers;
    }
}
