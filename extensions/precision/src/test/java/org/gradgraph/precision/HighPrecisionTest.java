package org.gradgraph.precision;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Dim;
import org.gradgraph.graph.Indexing;
import org.gradgraph.graph.Layout;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

final class HighPrecisionTest {
    private static final BigDecimal E = new BigDecimal("2.7182818284590452353602874713526624977572470937000");

    @Test
    void givesFiftyDigitsOfValueAndGradient() {
        Node x = Node.parameter("x");
        PreciseResult result = HighPrecision.of(x.exp()).digits(50).at(Feeds.of(x, 1));
        assertThat(result.value().decimal(0, 0)).isEqualByComparingTo(E);
        assertThat(result.gradient(x).decimal(0, 0)).isEqualByComparingTo(E);
    }

    @Test
    void keepsWhatCancelsInDouble() {
        Node x = Node.parameter("x");
        Node y = x.exp().plus(1).log();
        PreciseResult result = HighPrecision.of(y).at(Feeds.of(x, -700));
        assertThat(result.value().rounded().get(0, 0)).isEqualTo(StrictMath.exp(-700));
        assertThat(result.gradient(x).rounded().get(0, 0)).isEqualTo(StrictMath.exp(-700));
    }

    @Test
    void staysFiniteBeyondTheRangeOfDouble() {
        Node x = Node.parameter("x");
        PreciseResult result = HighPrecision.of(x.exp().log()).at(Feeds.of(x, 1000));
        assertThat(result.value().rounded().get(0, 0)).isEqualTo(1000);
        assertThat(result.gradient(x).rounded().get(0, 0)).isEqualTo(1);
    }

    @Test
    void bindsSymbolicSizes() {
        Node x = Node.input("x", 2, Dim.named("m"));
        Node w = Node.parameter("w", 2, 1);
        Node cost = w.transpose().matmul(x).square().mean();
        PreciseResult result = HighPrecision.of(cost)
                .at(Feeds.of(x, new double[][] {{1, 2, 3}, {4, 5, 6}}).and(w, new double[] {1, 1}));
        assertThat(result.value().rounded().get(0, 0)).isEqualTo(155.0 / 3);
        assertThat(result.gradient(w).rounded().get(0, 0)).isEqualTo(2 * (5 + 14 + 27) / 3.0);
    }

    @Test
    void givesTheInfinityOfAPole() {
        Node x = Node.parameter("x");
        PreciseResult result = HighPrecision.of(x.log()).at(Feeds.of(x, 0));
        assertThat(result.value().isFinite(0, 0)).isFalse();
        assertThat(result.value().rounded().get(0, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void copiesEveryDigit() {
        Node x = Node.parameter("x");
        double tiny = 0x1p-66; // added to 1, it is lost in double arithmetic
        Node pair = Layout.concatRows(x, x.plus(tiny));
        Node looked = Indexing.gatherRows(pair, 1).minus(x);
        PreciseResult result = HighPrecision.of(looked).at(Feeds.of(x, 1));
        assertThat(result.value().decimal(0, 0)).isEqualByComparingTo(new BigDecimal(tiny));
    }
}
