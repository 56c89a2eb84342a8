package org.gradgraph.examples.nudge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.gradgraph.exec.Feeds;
import org.gradgraph.graph.Node;
import org.junit.jupiter.api.Test;

/** An inner value can be moved, whatever its operands say. */
class NudgeTest {
    @Test
    void what_is_behind_the_node_follows_and_what_is_before_it_stays() {
        Node a = Node.parameter("a");
        Node b = Node.parameter("b");
        Node u = a.times(b);
        Node v = u.plus(a);

        Nudge nudge = Nudge.of(v, Feeds.of(a, 2).and(b, 3), u, 10);

        assertThat(nudge.value(u)).isEqualTo(10);
        assertThat(nudge.value(v)).isEqualTo(12);
        assertThat(nudge.value(a)).isEqualTo(2);
    }

    @Test
    void a_leaf_can_be_moved_too() {
        Node a = Node.parameter("a");

        Nudge nudge = Nudge.of(a.square(), Feeds.of(a, 2), a, 2.001);

        assertThat(nudge.value(a)).isCloseTo(2.001, within(0.0));
    }
}
