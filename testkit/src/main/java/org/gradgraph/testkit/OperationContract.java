package org.gradgraph.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of an operation: it runs once for each property that an operation must have.
 *
 * <pre>{@code
 * @OperationContract
 * void cube(OperationUnderTest test) {
 *     test.check(new Cube(), Shape.of(3, 4));
 * }
 * }</pre>
 *
 * <p>The method takes one {@link OperationUnderTest} and must call {@code check}.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(OperationContractExtension.class)
public @interface OperationContract {}
