package org.gradgraph.train;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejml.data.DMatrixRMaj;

/**
 * One array in NumPy's {@code .npy} format: a magic string, a version, a Python dictionary as text, and the elements.
 *
 * <p>Versions 1 to 3 are read, version 1 is written. A vector of n numbers becomes n×1.
 */
final class NpyFormat {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");

    private NpyFormat() {}

    static byte[] encode(DMatrixRMaj matrix) {
        String text =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (" + matrix.numRows + ", " + matrix.numCols + "), }";
        int prefix = MAGIC.length + 4;
        int padded = (prefix + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - prefix;
        String header = text + " ".repeat(padded - text.length() - 1) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(prefix + padded + Double.BYTES * matrix.getNumElements())
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded);
        bytes.put(header.getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < matrix.getNumElements(); i++) {
            bytes.putLong(Double.doubleToRawLongBits(matrix.data[i]));
        }
        return bytes.array();
    }

    /**
     * The matrix in a file.
     *
     * @param place what messages call the array
     */
    static DMatrixRMaj decode(byte[] content, String place) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        try {
            return decode(bytes, place);
        } catch (BufferUnderflowException cut) {
            throw new IOException(place + " is cut off", cut);
        }
    }

    private static DMatrixRMaj decode(ByteBuffer bytes, String place) throws IOException {
        for (byte expected : MAGIC) {
            if (bytes.get() != expected) {
                throw new IOException(place + " is not a NumPy array");
            }
        }
        int version = bytes.get();
        bytes.get();
        long length = version == 1 ? bytes.getShort() & 0xffff : bytes.getInt() & 0xffff_ffffL;
        if (version < 1 || version > 3 || length > bytes.remaining()) {
            throw new IOException(place + " has a damaged header or is of an unknown version, " + version);
        }
        byte[] text = new byte[(int) length];
        bytes.get(text);
        String header = new String(text, StandardCharsets.UTF_8);
        String type = find(TYPE, header, place, "type");
        boolean columnsFirst = find(ORDER, header, place, "order").equals("True");
        DMatrixRMaj matrix = empty(find(SHAPE, header, place, "shape"), place);
        ElementType elements = ElementType.of(type, place);
        bytes.order(elements.order());
        if (bytes.remaining() != (long) elements.size() * matrix.getNumElements()) {
            throw new IOException(place + " has " + bytes.remaining() + " bytes of elements instead of "
                    + (long) elements.size() * matrix.getNumElements());
        }
        for (int k = 0; k < matrix.getNumElements(); k++) {
            int at = columnsFirst ? k % matrix.numRows * matrix.numCols + k / matrix.numRows : k;
            matrix.data[at] = elements.read(bytes, place);
        }
        return matrix;
    }

    private static String find(Pattern pattern, String header, String place, String what) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IOException(
                    place + " has no " + what + " in its header, or one that is not supported: " + header.strip());
        }
        return matcher.group(1);
    }

    private static DMatrixRMaj empty(String shape, String place) throws IOException {
        String[] sides = shape.isBlank() ? new String[0] : shape.strip().split("\\s*,\\s*", -1);
        int count = sides.length > 0 && sides[sides.length - 1].isEmpty() ? sides.length - 1 : sides.length;
        if (count > 2) {
            throw new IOException(place + " has " + count + " dimensions, a matrix has 2");
        }
        long rows = count > 0 ? side(sides[0], place) : 1;
        long columns = count > 1 ? side(sides[1], place) : 1;
        if (rows < 1
                || columns < 1
                || rows > Integer.MAX_VALUE
                || columns > Integer.MAX_VALUE
                || rows * columns > Integer.MAX_VALUE) {
            throw new IOException(place + " has the shape (" + shape.strip() + "), which is empty or too large");
        }
        return new DMatrixRMaj((int) rows, (int) columns);
    }

    private static long side(String text, String place) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new IOException(place + " has a damaged shape", wrong);
        }
    }

    /**
     * A type of elements in a NumPy array: reals and integers that a double holds.
     *
     * @param kind {@code f} for reals, {@code i} and {@code u} for integers, {@code b} for truth values
     * @param size bytes of an element
     * @param order the order of its bytes
     */
    private record ElementType(char kind, int size, ByteOrder order) {
        /** The type named in a header, such as {@code <f8}. */
        static ElementType of(String text, String place) throws IOException {
            if (text.matches("[<>|=]([fiu][1248]|b1)")) {
                char kind = text.charAt(1);
                int size = text.charAt(2) - '0';
                boolean supported = kind != 'f' || size >= 4;
                if (supported) {
                    return new ElementType(
                            kind, size, text.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                }
            }
            throw new IOException(place + " has elements of type " + text + "; save real numbers (float64)");
        }

        /** The next element; an integer that a double cannot hold is refused. */
        double read(ByteBuffer bytes, String place) throws IOException {
            if (kind == 'f') {
                return size == 8 ? Double.longBitsToDouble(bytes.getLong()) : bytes.getFloat();
            }
            boolean signed = kind == 'i';
            return switch (size) {
                case 1 -> signed ? bytes.get() : bytes.get() & 0xff;
                case 2 -> signed ? bytes.getShort() : bytes.getShort() & 0xffff;
                case 4 -> signed ? bytes.getInt() : bytes.getInt() & 0xffff_ffffL;
                default -> exact(bytes.getLong(), place);
            };
        }

        private double exact(long value, String place) throws IOException {
            BigDecimal integer = new BigDecimal(kind == 'u' ? Long.toUnsignedString(value) : Long.toString(value));
            double rounded = integer.doubleValue();
            if (new BigDecimal(rounded).compareTo(integer) != 0) {
                throw new IOException(place + " has the integer " + integer
                        + ", which a double does not hold; save real numbers (float64)");
            }
            return rounded;
        }
    }
}
