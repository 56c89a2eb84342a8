package org.gradgraph.rewrite;

import java.util.List;

/** Rules that keep digits which the formula as it was composed would lose. */
final class StabilityRules {
    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of();

    private StabilityRules() {}
}
