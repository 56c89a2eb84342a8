package org.gradgraph.graphviz;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The numbers beside the ticks of an axis, all written in one style. */
final class TickTexts {
    private static final int LONGEST = 7;
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private TickTexts() {}

    /** Plain numbers if they are short, else powers of ten on a logarithmic axis and multiples of one power on others. */
    static List<String> of(Scale scale) {
        List<String> plain = scale.logarithmic() ? each(scale.ticks()) : sameDecimals(scale.ticks());
        if (plain.stream().allMatch(text -> text.length() <= LONGEST)) {
            return plain;
        }
        return scale.logarithmic() ? powers(scale.ticks()) : multiples(scale.ticks());
    }

    private static List<String> each(List<BigDecimal> ticks) {
        return ticks.stream()
                .map(tick -> tick.stripTrailingZeros().toPlainString())
                .toList();
    }

    private static List<String> sameDecimals(List<BigDecimal> ticks) {
        int decimals = ticks.stream()
                .mapToInt(tick -> tick.stripTrailingZeros().scale())
                .max()
                .orElse(0);
        return ticks.stream()
                .map(tick ->
                        tick.setScale(Math.max(0, decimals)).toPlainString().replace('-', '−'))
                .toList();
    }

    private static List<String> powers(List<BigDecimal> ticks) {
        List<String> texts = new ArrayList<>();
        for (BigDecimal tick : ticks) {
            int power = tick.precision() - tick.scale() - 1;
            String factor = tick.movePointLeft(power).stripTrailingZeros().toPlainString();
            texts.add((factor.equals("1") ? "" : factor + "·") + powerOfTen(power));
        }
        return texts;
    }

    private static List<String> multiples(List<BigDecimal> ticks) {
        int power = ticks.stream()
                .filter(tick -> tick.signum() != 0)
                .mapToInt(tick -> tick.precision() - tick.scale() - 1)
                .max()
                .orElse(0);
        List<String> factors = sameDecimals(
                ticks.stream().map(tick -> tick.scaleByPowerOfTen(-power)).toList());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            texts.add(ticks.get(i).signum() == 0 ? "0" : factors.get(i) + "·" + powerOfTen(power));
        }
        return texts;
    }

    private static String powerOfTen(int power) {
        StringBuilder text = new StringBuilder(power < 0 ? "10⁻" : "10");
        Integer.toString(Math.abs(power)).chars().forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
        return text.toString();
    }
}
