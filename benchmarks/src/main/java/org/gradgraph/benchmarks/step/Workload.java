package org.gradgraph.benchmarks.step;

/** One row of the table: a whole step in double precision, the same for all contestants. */
public enum Workload {
    /** Three scalars and their gradients. */
    SCALAR("J = 3(a + bc)", 0.002, 0.002),
    /** Two inputs, four hidden tanh, one sigmoid, 400 points, and an update. */
    PLANAR("network 2-4-1, 400 points", 0.05, 0.25),
    /** The cost composed from sigmoid and log, 12288 features, 209 examples, and an update. */
    LOGISTIC("logistic regression 12288×209", 0.35, 0.8),
    /** Relu, softmax with cross entropy, 128 examples, and an update. */
    NETWORK("network 784-128-10, batch 128", 0.5, Double.NaN),
    /** mean(log1p(σ(z)·tanh(z) + exp(−z²))) of a million elements, and its gradient. */
    CHAIN("elementwise chain over 10⁶", 0.2, 1),
    /** A product of square matrices. */
    PRODUCT_512("product 512³", Double.NaN, Double.NaN),
    /** A product of square matrices. */
    PRODUCT_1024("product 1024³", Double.NaN, Double.NaN);

    private final String title;
    private final double vectorGoal;
    private final double defaultGoal;

    Workload(String title, double vectorGoal, double defaultGoal) {
        this.title = title;
        this.vectorGoal = vectorGoal;
        this.defaultGoal = defaultGoal;
    }

    /** What the table calls it. */
    public String title() {
        return title;
    }

    /** The part of PyTorch's time that vector kernels should need at most, or NaN. */
    public double vectorGoal() {
        return vectorGoal;
    }

    /** The part of PyTorch's time that the default kernels should need at most, or NaN. */
    public double defaultGoal() {
        return defaultGoal;
    }

    /** Whether nothing is differentiated. */
    public boolean isProduct() {
        return this == PRODUCT_512 || this == PRODUCT_1024;
    }
}
