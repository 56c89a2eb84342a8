package org.gradgraph.examples.console;

/**
 * Something the person at the keyboard can put right: shown as one line, with exit code 2 and without a stack trace.
 *
 * <pre>{@code
 * throw new UserError("people.csv, line 3, column 2: \"abc\" is not a number");
 * }</pre>
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An error whose message names the place and, where it is not obvious, the remedy. */
    public UserError(String message) {
        super(message);
    }

    /** The same, with what caused it. */
    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
