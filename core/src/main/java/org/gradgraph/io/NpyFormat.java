package org.gradgraph.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/**
 * One array in NumPy's {@code .npy} format: a magic string, a version, a Python dictionary as text, and the elements.
 *
 * <p>Versions 1 to 3 are read, version 1 is written. Elements pass through a small buffer, so an array needs no more
 * memory than its matrix.
 */
final class NpyFormat {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int BUFFER = 1 << 16;

    /** Headers of plain arrays have about a hundred bytes; NumPy refuses those above ten thousand. */
    private static final int LONGEST_HEADER = 1 << 16;

    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

    private NpyFormat() {}

    /**
     * An array as it was read.
     *
     * @param matrix its elements; a vector is a column
     * @param isVector whether the array has one dimension, which is neither a row nor a column
     */
    record Array(DMatrixRMaj matrix, boolean isVector) {}

    /** Whether these are the first bytes of an array. */
    static boolean isMagic(byte[] first) {
        return Arrays.equals(Arrays.copyOf(first, MAGIC.length), MAGIC);
    }

    /** How many bytes {@link #write} writes. */
    static long size(DMatrixRMaj matrix) {
        return header(matrix).length + (long) Double.BYTES * matrix.getNumElements();
    }

    static void write(DMatrixRMaj matrix, OutputStream out) throws IOException {
        out.write(header(matrix));
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            if (!buffer.hasRemaining()) {
                out.write(buffer.array());
                buffer.clear();
            }
            buffer.putLong(Double.doubleToRawLongBits(matrix.data[i]));
        }
        out.write(buffer.array(), 0, buffer.position());
    }

    private static byte[] header(DMatrixRMaj matrix) {
        String text =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (" + matrix.numRows + ", " + matrix.numCols + "), }";
        int prefix = MAGIC.length + 4;
        int padded = (prefix + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - prefix;
        String line = text + " ".repeat(padded - text.length() - 1) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(prefix + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded);
        return bytes.put(line.getBytes(StandardCharsets.ISO_8859_1)).array();
    }

    /**
     * The array in a stream.
     *
     * @param size how many bytes the stream has; nothing is allocated for an array that needs another number
     * @param place what messages call the array
     */
    static Array read(InputStream in, long size, String place) throws IOException {
        byte[] start = bytes(in, MAGIC.length + 2, place);
        if (!isMagic(start)) {
            throw new IOException(place + " is not a NumPy array");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw damagedHeader(place, version);
        }
        byte[] count = bytes(in, version == 1 ? Short.BYTES : Integer.BYTES, place);
        ByteBuffer number = ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1 ? number.getShort() & 0xffff : number.getInt() & 0xffff_ffffL;
        long rest = size - start.length - count.length - length;
        if (length > LONGEST_HEADER || rest < 0) {
            throw damagedHeader(place, version);
        }
        byte[] text = bytes(in, (int) length, place);
        return read(in, new String(text, StandardCharsets.UTF_8), rest, place);
    }

    private static IOException damagedHeader(String place, int version) {
        return new IOException(place + " has a damaged header or is of an unknown version, " + version);
    }

    private static Array read(InputStream in, String header, long size, String place) throws IOException {
        Map<String, Object> values;
        try {
            values = PythonLiteral.dictionary(header);
        } catch (IOException wrong) {
            throw new IOException(place + " has a damaged header: " + wrong.getMessage(), wrong);
        }
        if (!values.keySet().equals(KEYS)) {
            throw new IOException(place + " has a header with the keys " + values.keySet()
                    + "; those of an array are descr, fortran_order and shape");
        }
        if (!(values.get("fortran_order") instanceof Boolean columnsFirst)) {
            throw new IOException(place + " has a damaged header: its fortran_order is neither True nor False");
        }
        if (!(values.get("shape") instanceof List<?> shape) || !shape.stream().allMatch(Long.class::isInstance)) {
            throw new IOException(place + " has a damaged header: its shape is no tuple of whole numbers");
        }
        if (!(values.get("descr") instanceof String type)) {
            throw new IOException(place + " has elements with several fields; save real numbers (float64)");
        }
        NpyElementType elements = NpyElementType.of(type, place);
        List<Long> sides = shape.stream().map(Long.class::cast).toList();
        requireMatrix(sides, place);
        long rows = sides.isEmpty() ? 1 : sides.get(0);
        long columns = sides.size() < 2 ? 1 : sides.get(1);
        if (size != elements.size() * rows * columns) {
            throw new IOException(
                    place + " has " + size + " bytes of elements instead of " + elements.size() * rows * columns);
        }
        DMatrixRMaj matrix = empty((int) rows, (int) columns, place);
        fill(matrix, in, elements, columnsFirst, place);
        return new Array(matrix, sides.size() == 1);
    }

    private static void requireMatrix(List<Long> sides, String place) throws IOException {
        if (sides.size() > 2) {
            throw new IOException(place + " has " + sides.size() + " dimensions, a matrix has 2");
        }
        long elements = 1;
        for (long side : sides) {
            if (side < 1 || side > Integer.MAX_VALUE || elements * side > Integer.MAX_VALUE) {
                String shape = sides.size() == 1
                        ? sides.get(0) + ","
                        : sides.toString().replaceAll("[\\[\\]]", "");
                throw new IOException(place + " has the shape (" + shape + "), which is empty or too large");
            }
            elements *= side;
        }
    }

    /** The only large allocation, made when the file is known to have that many elements. */
    private static DMatrixRMaj empty(int rows, int columns, String place) throws IOException {
        try {
            return new DMatrixRMaj(rows, columns);
        } catch (OutOfMemoryError tooLarge) {
            long megabytes = (long) Double.BYTES * rows * columns / (1 << 20);
            throw new IOException(
                    place + " is " + rows + "×" + columns + " and needs " + megabytes
                            + " MB, more memory than is available; give Java more with -Xmx",
                    tooLarge);
        }
    }

    private static void fill(
            DMatrixRMaj matrix, InputStream in, NpyElementType elements, boolean columnsFirst, String place)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(elements.order());
        int perBuffer = BUFFER / elements.size();
        for (int done = 0; done < matrix.getNumElements(); ) {
            int now = Math.min(perBuffer, matrix.getNumElements() - done);
            if (in.readNBytes(buffer.array(), 0, now * elements.size()) < now * elements.size()) {
                throw cutOff(place);
            }
            buffer.rewind();
            for (int end = done + now; done < end; done++) {
                int at = columnsFirst ? done % matrix.numRows * matrix.numCols + done / matrix.numRows : done;
                matrix.data[at] = elements.read(buffer, place);
            }
        }
    }

    private static byte[] bytes(InputStream in, int count, String place) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw cutOff(place);
        }
        return bytes;
    }

    private static IOException cutOff(String place) {
        return new IOException(place + " is cut off");
    }
}
