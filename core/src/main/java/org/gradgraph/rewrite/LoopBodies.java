package org.gradgraph.rewrite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gradgraph.graph.Loop;
import org.gradgraph.graph.LoopBody;
import org.gradgraph.graph.Node;
import org.gradgraph.graph.Provenance;
import org.jspecify.annotations.Nullable;

/** The bodies of loops, rewritten by the rules of what is around them; each once. */
final class LoopBodies {
    private record Question(LoopBody body, RuleSet rules) {}

    private final Map<Question, LoopBody> known = new HashMap<>();
    private final List<RuleApplication> firings;
    private final Supplier<Rewriter> rewriters;

    /**
     * No bodies yet.
     *
     * @param firings where the rules that are used inside are added
     * @param rewriters makes a rewriter that knows nothing of the outer graph
     */
    LoopBodies(List<RuleApplication> firings, Supplier<Rewriter> rewriters) {
        this.firings = firings;
        this.rewriters = rewriters;
    }

    /** The loop with its body rewritten; null if nothing changes. */
    @Nullable
    Node rewrite(Node node, Loop loop, RuleSet rules) {
        LoopBody body = loop.body();
        LoopBody better = known.get(new Question(body, rules));
        if (better == null) {
            Rewriter rewriter = rewriters.get();
            List<Node> results = rewriter.rewrite(body.results(), rules);
            firings.addAll(rewriter.firings());
            better = results.equals(body.results()) ? body : body.with(results);
            known.put(new Question(body, rules), better);
            known.put(new Question(better, rules), better);
        }
        return better.equals(body)
                ? null
                : Provenance.copy(Node.apply(loop.with(better), node.inputs()), node.inputs(), node, node);
    }
}
