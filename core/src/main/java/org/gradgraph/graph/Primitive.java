package org.gradgraph.graph;

/**
 * The numerical primitives of which every {@link Formula} is made.
 *
 * <p>A set of kernels implements these, once; operations are declared over them. Each has its own loop, so that the
 * compiler of the virtual machine can turn it into vector instructions.
 *
 * <pre>{@code
 * Formula hypotenuse = Formula.of(Primitive.SQRT, x.times(x).plus(y.times(y)));
 * }</pre>
 */
public enum Primitive {
    /** The operand itself. */
    COPY(1) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = a[ai + i];
            }
        }
    },
    /** The negative. */
    NEGATE(1) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = -a[ai + i];
            }
        }
    },
    /** The absolute value. */
    ABS(1) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.abs(a[ai + i]);
            }
        }
    },
    /** −1, 0 or 1, with the sign of zero kept. */
    SIGN(1) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.signum(a[ai + i]);
            }
        }
    },
    /** The largest integer that is not above. */
    FLOOR(1) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.floor(a[ai + i]);
            }
        }
    },
    /** The nearest integer, ties to even. */
    ROUND(1) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.rint(a[ai + i]);
            }
        }
    },
    /** The square root. */
    SQRT(1) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.sqrt(a[ai + i]);
            }
        }
    },
    /** The cube root. */
    CBRT(1) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.cbrt(a[ai + i]);
            }
        }
    },
    /** e to the power of the operand. */
    EXP(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.exp(a[ai + i]);
            }
        }
    },
    /** exp(x) − 1, exact near 0. */
    EXPM1(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.expm1(a[ai + i]);
            }
        }
    },
    /** The natural logarithm. */
    LOG(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.log(a[ai + i]);
            }
        }
    },
    /** log(1 + x), exact near 0. */
    LOG1P(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = SpecialFunctions.log1p(a[ai + i]);
            }
        }
    },
    /** The logarithm to base 2, exact for powers of 2. */
    LOG2(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = SpecialFunctions.log2(a[ai + i]);
            }
        }
    },
    /** The logarithm to base 10. */
    LOG10(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.log10(a[ai + i]);
            }
        }
    },
    /** The sine. */
    SIN(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.sin(a[ai + i]);
            }
        }
    },
    /** The cosine. */
    COS(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.cos(a[ai + i]);
            }
        }
    },
    /** The tangent. */
    TAN(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.tan(a[ai + i]);
            }
        }
    },
    /** The arc sine. */
    ASIN(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.asin(a[ai + i]);
            }
        }
    },
    /** The arc cosine. */
    ACOS(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.acos(a[ai + i]);
            }
        }
    },
    /** The arc tangent. */
    ATAN(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.atan(a[ai + i]);
            }
        }
    },
    /** The hyperbolic sine. */
    SINH(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.sinh(a[ai + i]);
            }
        }
    },
    /** The hyperbolic cosine. */
    COSH(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.cosh(a[ai + i]);
            }
        }
    },
    /** The hyperbolic tangent. */
    TANH(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = SpecialFunctions.tanh(a[ai + i]);
            }
        }
    },
    /** The error function. */
    ERF(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = SpecialFunctions.erf(a[ai + i]);
            }
        }
    },
    /** One minus the error function, exact where that is tiny. */
    ERFC(1, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = SpecialFunctions.erfc(a[ai + i]);
            }
        }
    },
    /** The sum. */
    ADD(2) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = a[ai + i] + b[bi + i];
            }
        }
    },
    /** The difference. */
    SUBTRACT(2) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = a[ai + i] - b[bi + i];
            }
        }
    },
    /** The product. */
    MULTIPLY(2) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = a[ai + i] * b[bi + i];
            }
        }
    },
    /** The quotient. */
    DIVIDE(2) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = a[ai + i] / b[bi + i];
            }
        }
    },
    /** The first operand to the power of the second, as IEEE 754 and Java define it. */
    POW(2, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.pow(a[ai + i], b[bi + i]);
            }
        }
    },
    /** The angle of the point (second, first). */
    ATAN2(2, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.atan2(a[ai + i], b[bi + i]);
            }
        }
    },
    /** The length of the vector of both, without overflow. */
    HYPOT(2, true) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.hypot(a[ai + i], b[bi + i]);
            }
        }
    },
    /** The smaller one; NaN if one is NaN. */
    MIN(2) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.min(a[ai + i], b[bi + i]);
            }
        }
    },
    /** The larger one; NaN if one is NaN. */
    MAX(2) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.max(a[ai + i], b[bi + i]);
            }
        }
    },
    /** 1 where the first is less than the second, else 0. */
    LESS(2) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = a[ai + i] < b[bi + i] ? 1 : 0;
            }
        }
    },
    /** 1 where the first is at most the second, else 0. */
    LESS_OR_EQUAL(2) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = a[ai + i] <= b[bi + i] ? 1 : 0;
            }
        }
    },
    /** 1 where both are equal, else 0; NaN equals nothing. */
    EQUAL(2) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = a[ai + i] == b[bi + i] ? 1 : 0;
            }
        }
    },
    /** first × second + third with one rounding. */
    FMA(3) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = Math.fma(a[ai + i], b[bi + i], c[ci + i]);
            }
        }
    },
    /** The second where the first is not 0, else the third. */
    SELECT(3) {
        @Override
        public void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n) {
            for (int i = 0; i < n; i++) {
                out[oi + i] = a[ai + i] != 0 ? b[bi + i] : c[ci + i];
            }
        }
    };

    private final int arity;
    private final boolean isTranscendental;

    Primitive(int arity) {
        this(arity, false);
    }

    Primitive(int arity, boolean isTranscendental) {
        this.arity = arity;
        this.isTranscendental = isTranscendental;
    }

    /** Whether it costs about as much as ten sums: exponentials, logarithms, circular functions and powers. */
    public boolean isTranscendental() {
        return isTranscendental;
    }

    /** How many operands it takes: 1, 2 or 3. */
    public int arity() {
        return arity;
    }

    /**
     * Computes {@code n} elements; {@code out} may be one of the operands at the same offset.
     *
     * <p>A primitive of fewer than three operands does not look at the others. This is the portable loop; a set of
     * kernels may have a faster one.
     *
     * @param a the first operand, read from index {@code ai}
     * @param b the second operand, read from index {@code bi}
     * @param c the third operand, read from index {@code ci}
     * @param out the result, modified from index {@code oi}
     * @param n how many elements
     */
    public abstract void run(double[] a, int ai, double[] b, int bi, double[] c, int ci, double[] out, int oi, int n);
}
