package org.gradgraph.io;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type of elements in a NumPy array: reals and integers that a double holds.
 *
 * @param kind {@code f} for reals, {@code i} and {@code u} for integers, {@code b} for truth values
 * @param size bytes of an element
 * @param order the order of its bytes
 */
record NpyElementType(char kind, int size, ByteOrder order) {
    private static final Pattern CODE = Pattern.compile("([<>|=]?)(f[248]|[iu][1248]|b1|[?bBhHiIlLqQefd])");

    /** The one-letter codes, with the sizes that NumPy gives them on 64-bit systems. */
    private static final Map<String, String> LETTERS = Map.ofEntries(
            Map.entry("?", "b1"),
            Map.entry("b", "i1"),
            Map.entry("B", "u1"),
            Map.entry("h", "i2"),
            Map.entry("H", "u2"),
            Map.entry("i", "i4"),
            Map.entry("I", "u4"),
            Map.entry("l", "i8"),
            Map.entry("L", "u8"),
            Map.entry("q", "i8"),
            Map.entry("Q", "u8"),
            Map.entry("e", "f2"),
            Map.entry("f", "f4"),
            Map.entry("d", "f8"));

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("bool", "b1"),
            Map.entry("int8", "i1"),
            Map.entry("int16", "i2"),
            Map.entry("int32", "i4"),
            Map.entry("int64", "i8"),
            Map.entry("int", "i8"),
            Map.entry("uint8", "u1"),
            Map.entry("uint16", "u2"),
            Map.entry("uint32", "u4"),
            Map.entry("uint64", "u8"),
            Map.entry("float16", "f2"),
            Map.entry("float32", "f4"),
            Map.entry("float64", "f8"),
            Map.entry("float", "f8"),
            Map.entry("half", "f2"),
            Map.entry("single", "f4"),
            Map.entry("double", "f8"));

    /** Beyond these, two integers may be one double. */
    private static final long EXACT = 1L << 53;

    /**
     * The type named in a header: with or without an order of bytes, as a code such as {@code <f8} or a name.
     *
     * @throws IOException if its elements are no real numbers
     */
    static NpyElementType of(String text, String place) throws IOException {
        Matcher matcher = CODE.matcher(NAMES.getOrDefault(text, text));
        if (!matcher.matches()) {
            throw new IOException(place + " has elements of type " + text + "; save real numbers (float64)");
        }
        String code = LETTERS.getOrDefault(matcher.group(2), matcher.group(2));
        return new NpyElementType(
                code.charAt(0),
                code.charAt(1) - '0',
                matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    /** The next element; an integer that a double cannot hold is refused. */
    double read(ByteBuffer bytes, String place) throws IOException {
        boolean signed = kind == 'i';
        if (kind == 'b') {
            return bytes.get() == 0 ? 0 : 1;
        }
        if (kind == 'f') {
            return switch (size) {
                case 2 -> half(bytes.getShort());
                case 4 -> bytes.getFloat();
                default -> Double.longBitsToDouble(bytes.getLong());
            };
        }
        return switch (size) {
            case 1 -> signed ? bytes.get() : bytes.get() & 0xff;
            case 2 -> signed ? bytes.getShort() : bytes.getShort() & 0xffff;
            case 4 -> signed ? bytes.getInt() : bytes.getInt() & 0xffff_ffffL;
            default -> exact(bytes.getLong(), place);
        };
    }

    /** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
    private static double half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        double size;
        if (exponent == 0x1f) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            size = exponent == 0 ? Math.scalb((double) fraction, -24) : Math.scalb(1024.0 + fraction, exponent - 25);
        }
        return bits < 0 ? -size : size;
    }

    private double exact(long value, String place) throws IOException {
        if (value >= -EXACT && value <= EXACT && (kind == 'i' || value >= 0)) {
            return value;
        }
        BigDecimal integer = new BigDecimal(kind == 'u' ? Long.toUnsignedString(value) : Long.toString(value));
        double rounded = integer.doubleValue();
        if (new BigDecimal(rounded).compareTo(integer) != 0) {
            throw new IOException(place + " has the integer " + integer
                    + ", which a double does not hold; save real numbers (float64)");
        }
        return rounded;
    }
}
