package org.gradgraph.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.StringTokenizer;

/**
 * A parsed expression of the oracle: a token, or a list of expressions in parentheses.
 *
 * @param token the token; empty for a list
 * @param items the items of a list; empty for a token
 */
record Expression(String token, List<Expression> items) {
    static Expression parse(String text) {
        Deque<List<Expression>> open = new ArrayDeque<>();
        open.push(new ArrayList<>());
        StringTokenizer tokens = new StringTokenizer(text, " \t\n\r()", true);
        while (tokens.hasMoreTokens()) {
            String token = tokens.nextToken();
            if (token.equals("(")) {
                open.push(new ArrayList<>());
            } else if (token.equals(")")) {
                List<Expression> items = open.pop();
                if (open.isEmpty()) {
                    throw new IllegalArgumentException("a parenthesis too many in " + text);
                }
                open.element().add(new Expression("", List.copyOf(items)));
            } else if (!token.isBlank()) {
                open.element().add(new Expression(token, List.of()));
            }
        }
        if (open.size() != 1 || open.element().size() != 1) {
            throw new IllegalArgumentException("not exactly one expression: " + text);
        }
        return open.element().get(0);
    }

    boolean isToken() {
        return !token.isEmpty();
    }

    /** The name of the operation of a list. */
    String head() {
        if (items.isEmpty() || !items.get(0).isToken()) {
            throw new IllegalArgumentException("an operation comes first in " + this);
        }
        return items.get(0).token();
    }

    List<Expression> tail() {
        return items.subList(1, items.size());
    }
}
