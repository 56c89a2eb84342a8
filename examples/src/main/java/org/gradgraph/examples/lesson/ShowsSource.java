package org.gradgraph.examples.lesson;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The classes whose marked lines a lesson shows, if they are not in the lesson itself.
 *
 * <pre>{@code
 * @ShowsSource({LogisticModel.class, Descent.class})
 * final class LogisticRegression extends Lesson { … }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ShowsSource {
    /** Classes in the order in which they are shown. */
    Class<?>[] value();
}
