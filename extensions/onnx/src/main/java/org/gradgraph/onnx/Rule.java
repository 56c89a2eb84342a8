package org.gradgraph.onnx;

import java.util.List;

/** What an operator of an imported model becomes. */
@FunctionalInterface
interface Rule {
    List<Item> apply(Call call);

    /** An operator with one result. */
    @FunctionalInterface
    interface Single {
        Item apply(Call call);
    }

    static Rule of(Single rule) {
        return call -> List.of(rule.apply(call));
    }
}
