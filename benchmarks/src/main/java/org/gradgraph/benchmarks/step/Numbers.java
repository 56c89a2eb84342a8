package org.gradgraph.benchmarks.step;

/**
 * Numbers that look random and are the same in every language: SplitMix64 of a stream and an index.
 *
 * <p>Only integer arithmetic modulo 2⁶⁴ and one exact multiplication, so that all contestants get the same bits.
 */
public final class Numbers {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private Numbers() {}

    /** A number in [0, 1). */
    public static double at(int stream, long index) {
        long z = (index + 1 + ((long) stream << 32)) * GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }

    /** {@code count} numbers in [{@code low}, {@code high}). */
    public static double[] between(double low, double high, int stream, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = low + (high - low) * at(stream, i);
        }
        return numbers;
    }
}
