package org.gradgraph.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A type of elements in a NumPy array: reals and integers that a double holds.
 *
 * @param kind {@code f} for reals, {@code i} and {@code u} for integers, {@code b} for truth values
 * @param size bytes of an element
 * @param order the order of its bytes
 */
record NpyType(char kind, int size, ByteOrder order) {
    /** The type named in a header, such as {@code <f8}. */
    static NpyType of(String text, String place) throws IOException {
        if (text.matches("[<>|=]([fiu][1248]|b1)")) {
            char kind = text.charAt(1);
            int size = text.charAt(2) - '0';
            boolean supported = kind != 'f' || size >= 4;
            if (supported) {
                return new NpyType(kind, size, text.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
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
        double rounded = value;
        if ((long) rounded != value || (kind == 'u' && value < 0) || value == Long.MAX_VALUE) {
            throw new IOException(place + " has the integer " + (kind == 'u' ? Long.toUnsignedString(value) : value)
                    + ", which a double does not hold; save real numbers (float64)");
        }
        return rounded;
    }
}
