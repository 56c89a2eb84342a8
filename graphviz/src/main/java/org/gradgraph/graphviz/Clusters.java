package org.gradgraph.graphviz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradgraph.graph.Node;

/**
 * Which nodes are drawn together: those whose names share a prefix, {@code layer1/W} and {@code layer1/b}.
 *
 * <p>A node without a name belongs where all that read it belong.
 */
final class Clusters {
    static final int NONE = -1;
    private static final int DEEPEST = 8;
    private static final int LONGEST_NAME = 400;

    private final List<Integer> parents = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private final Map<String, Integer> byPrefix = new HashMap<>();
    private final int[] clusterOf;

    private Clusters(int size) {
        this.clusterOf = new int[size];
        Arrays.fill(clusterOf, NONE);
    }

    static Clusters of(Subject subject, boolean wanted) {
        Clusters clusters = new Clusters(subject.size());
        if (wanted) {
            for (int i = 0; i < subject.size(); i++) {
                clusters.clusterOf[i] =
                        clusters.named(prefix(subject.node(i).name().orElse("")));
            }
            clusters.adoptUnnamed(subject);
        }
        return clusters;
    }

    /** What stands before the last slash, empty if there is no cluster. */
    private static String prefix(String name) {
        int slash = name.lastIndexOf('/');
        boolean cluster = slash > 0 && slash < name.length() - 1 && name.length() <= LONGEST_NAME;
        String prefix = cluster ? name.substring(0, slash) : "";
        List<String> parts = List.of(prefix.split("/", -1));
        return parts.contains("") || parts.size() > DEEPEST ? "" : prefix;
    }

    private int named(String prefix) {
        int cluster = NONE;
        for (int end = prefix.indexOf('/'); !prefix.isEmpty(); end = prefix.indexOf('/', end + 1)) {
            int parent = cluster;
            String part = end < 0 ? prefix : prefix.substring(0, end);
            cluster = byPrefix.computeIfAbsent(part, fresh -> add(fresh, parent));
            if (end < 0) {
                break;
            }
        }
        return cluster;
    }

    private int add(String prefix, int parent) {
        parents.add(parent);
        prefixes.add(prefix);
        return parents.size() - 1;
    }

    private void adoptUnnamed(Subject subject) {
        boolean[] read = new boolean[clusterOf.length];
        for (int i = clusterOf.length - 1; i >= 0; i--) {
            for (Node input : subject.node(i).inputs()) {
                int k = subject.graph().indexOf(input);
                if (input.name().isEmpty()) {
                    clusterOf[k] = read[k] ? common(clusterOf[k], clusterOf[i]) : clusterOf[i];
                    read[k] = true;
                }
            }
        }
    }

    private int common(int a, int b) {
        int first = a;
        while (first != NONE && !contains(first, b)) {
            first = parents.get(first);
        }
        return first;
    }

    private boolean contains(int outer, int inner) {
        int cluster = inner;
        while (cluster != NONE && cluster != outer) {
            cluster = parents.get(cluster);
        }
        return cluster == outer;
    }

    int of(int node) {
        return clusterOf[node];
    }

    int count() {
        return parents.size();
    }

    int parent(int cluster) {
        return parents.get(cluster);
    }

    String prefix(int cluster) {
        return prefixes.get(cluster);
    }

    /** The last part of the prefix. */
    String title(int cluster) {
        String prefix = prefixes.get(cluster);
        return prefix.substring(prefix.lastIndexOf('/') + 1);
    }

    /** A node's name as it is shown inside its cluster. */
    String localName(int node, String name) {
        return clusterOf[node] == NONE ? name : name.substring(name.lastIndexOf('/') + 1);
    }

    /** The outermost collapsed cluster around a node, or {@link #NONE}. */
    int collapsedAround(int node, Style style) {
        int outermost = NONE;
        for (int cluster = clusterOf[node]; cluster != NONE; cluster = parents.get(cluster)) {
            if (style.collapses(prefixes.get(cluster))) {
                outermost = cluster;
            }
        }
        return outermost;
    }
}
