package org.gradgraph.examples.lesson;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a lesson asks after its numbers; {@code docs/course.md} has the answer.
 *
 * <pre>{@code
 * @Question("Why is the slope of 3a the same everywhere?")
 * final class Slopes extends Lesson { … }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Question {
    /** One question. */
    String value();
}
