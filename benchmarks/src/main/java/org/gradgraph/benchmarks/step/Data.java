package org.gradgraph.benchmarks.step;

/** The data and first parameters of the workloads, as rows one after the other. Each call makes a new array. */
public final class Data {
    /** Points of the small network. */
    public static final int POINTS = 400;
    /** Hidden units of the small network. */
    public static final int UNITS = 4;
    /** The learning rate of the small network. */
    public static final double PLANAR_RATE = 0.1;

    /** Features of the logistic regression. */
    public static final int FEATURES = 12288;
    /** Examples of the logistic regression. */
    public static final int PICTURES = 209;
    /** The learning rate of the logistic regression: small enough that no probability becomes 1. */
    public static final double LOGISTIC_RATE = 1e-4;

    /** Inputs of the larger network. */
    public static final int PIXELS = 784;
    /** Hidden units of the larger network. */
    public static final int HIDDEN = 128;
    /** Outputs of the larger network. */
    public static final int CLASSES = 10;
    /** Examples of the larger network. */
    public static final int BATCH = 128;
    /** The learning rate of the larger network. */
    public static final double NETWORK_RATE = 0.01;

    /** Rows and columns of the elementwise chain. */
    public static final int SIDE = 1000;

    private Data() {}

    /** 2×400. */
    public static double[] planarX() {
        return Numbers.between(-4, 4, 1, 2 * POINTS);
    }

    /** 1×400, zeros and ones. */
    public static double[] planarY() {
        return labels(2, POINTS);
    }

    /** 4×2. */
    public static double[] planarW1() {
        return Numbers.between(-0.5, 0.5, 3, UNITS * 2);
    }

    /** 4×1. */
    public static double[] planarB1() {
        return Numbers.between(-0.1, 0.1, 4, UNITS);
    }

    /** 1×4. */
    public static double[] planarW2() {
        return Numbers.between(-0.5, 0.5, 5, UNITS);
    }

    /** 12288×209. */
    public static double[] logisticX() {
        return Numbers.between(0, 1, 6, FEATURES * PICTURES);
    }

    /** 1×209, zeros and ones. */
    public static double[] logisticY() {
        return labels(7, PICTURES);
    }

    /** 784×128, an example is a column. */
    public static double[] networkX() {
        return Numbers.between(0, 1, 8, PIXELS * BATCH);
    }

    /** The class of each of the 128 examples. */
    public static int[] networkClasses() {
        int[] classes = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            classes[i] = (int) (CLASSES * Numbers.at(9, i));
        }
        return classes;
    }

    /** 10×128, the same with a one at the class. */
    public static double[] networkY() {
        int[] classes = networkClasses();
        double[] y = new double[CLASSES * BATCH];
        for (int i = 0; i < BATCH; i++) {
            y[classes[i] * BATCH + i] = 1;
        }
        return y;
    }

    /** 128×784. */
    public static double[] networkW1() {
        return Numbers.between(-0.05, 0.05, 10, HIDDEN * PIXELS);
    }

    /** 10×128. */
    public static double[] networkW2() {
        return Numbers.between(-0.1, 0.1, 11, CLASSES * HIDDEN);
    }

    /** 1000×1000. */
    public static double[] chainZ() {
        return Numbers.between(-3, 3, 12, SIDE * SIDE);
    }

    /** The left factor, n×n. */
    public static double[] factorA(int n) {
        return Numbers.between(-1, 1, 13, n * n);
    }

    /** The right factor, n×n. */
    public static double[] factorB(int n) {
        return Numbers.between(-1, 1, 14, n * n);
    }

    private static double[] labels(int stream, int count) {
        double[] labels = new double[count];
        for (int i = 0; i < count; i++) {
            labels[i] = Numbers.at(stream, i) < 0.5 ? 0 : 1;
        }
        return labels;
    }
}
