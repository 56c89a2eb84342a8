package org.gradgraph.numeric;

/**
 * What of the standard normal distribution cannot be written with exponentials and the error function alone, because it
 * would cancel.
 *
 * <p>The quantile is algorithm AS 241 of M. J. Wichura, The Percentage Points of the Normal Distribution, Applied Statistics
 * 37 (1988), 477–484.
 *
 * <pre>{@code
 * double median = NormalDistribution.quantile(0.5);        // 0
 * }</pre>
 */
public final class NormalDistribution {
    private static final double ONE_OVER_SQRT_2_PI = 0.3989422804014327;

    /** From here on, down to −∞, the continued fraction is used. */
    private static final double TAIL = -0.75;

    /** Numerators and denominators, highest power first. */
    private static final double[] CENTRE_ABOVE = {
        2509.0809287301227,
        33430.57558358813,
        67265.7709270087,
        45921.95393154987,
        13731.69376550946,
        1971.5909503065513,
        133.14166789178438,
        3.3871328727963665
    };

    private static final double[] CENTRE_BELOW = {
        5226.495278852854,
        28729.085735721943,
        39307.89580009271,
        21213.794301586597,
        5394.196021424751,
        687.1870074920579,
        42.31333070160091,
        1
    };

    private static final double[] MIDDLE_ABOVE = {
        0.0007745450142783414,
        0.022723844989269184,
        0.2417807251774506,
        1.2704582524523684,
        3.6478483247632045,
        5.769497221460691,
        4.630337846156546,
        1.4234371107496835
    };

    private static final double[] MIDDLE_BELOW = {
        1.0507500716444169e-09,
        0.0005475938084995345,
        0.015198666563616457,
        0.14810397642748008,
        0.6897673349851,
        1.6763848301838038,
        2.053191626637759,
        1
    };

    private static final double[] FAR_ABOVE = {
        2.0103343992922881e-07,
        2.7115555687434876e-05,
        0.0012426609473880784,
        0.026532189526576124,
        0.29656057182850487,
        1.7848265399172913,
        5.463784911164114,
        6.657904643501103
    };

    private static final double[] FAR_BELOW = {
        2.0442631033899397e-15,
        1.421511758316446e-07,
        1.8463183175100548e-05,
        0.0007868691311456133,
        0.014875361290850615,
        0.1369298809227358,
        0.599832206555888,
        1
    };

    private NormalDistribution() {}

    /**
     * {@code x + φ(x)/Φ(x)} for density φ and distribution function Φ, right where the terms cancel: how far the mean of all
     * that is below x is below it.
     */
    public static double excess(double x) {
        if (x < TAIL) {
            return tail(-x);
        }
        double density = ONE_OVER_SQRT_2_PI * Exponential.exp(-0.5 * x * x);
        return x + density / (0.5 * ErrorFunction.erfc(-x * Math.sqrt(0.5)));
    }

    /** {@code 1/(t + 2/(t + 3/(t + …)))}; the rest behind k is about that of a fraction of equal terms. */
    private static double tail(double t) {
        int terms = 6 + (int) (200 / (t * t) + 60 / t);
        double denominator = 0.5 * (t + Math.sqrt(t * t + 4.0 * terms));
        for (int k = terms; k > 1; k--) {
            denominator = t + k / denominator;
        }
        return 1 / denominator;
    }

    /** Where the distribution function is {@code p}; NaN outside of [0, 1]. */
    public static double quantile(double p) {
        double centred = p - 0.5;
        if (Math.abs(centred) <= 0.425) {
            double r = 0.180625 - centred * centred;
            return centred * polynomial(CENTRE_ABOVE, r) / polynomial(CENTRE_BELOW, r);
        }
        double rarer = Math.min(p, 1 - p);
        if (rarer == 0) {
            return Math.copySign(Double.POSITIVE_INFINITY, centred);
        }
        double r = Math.sqrt(-Logarithm.log(rarer));
        double size = r <= 5
                ? polynomial(MIDDLE_ABOVE, r - 1.6) / polynomial(MIDDLE_BELOW, r - 1.6)
                : polynomial(FAR_ABOVE, r - 5) / polynomial(FAR_BELOW, r - 5);
        return Math.copySign(size, centred);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
