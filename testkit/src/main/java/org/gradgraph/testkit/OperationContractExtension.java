package org.gradgraph.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs the test once for each property. */
final class OperationContractExtension implements TestTemplateInvocationContextProvider {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return Arrays.stream(Property.values()).map(Invocation::new);
    }

    private record Invocation(Property property) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return property.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Given(new OperationUnderTest(property)));
        }
    }

    private record Given(OperationUnderTest test) implements ParameterResolver, AfterTestExecutionCallback {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == OperationUnderTest.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return test;
        }

        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getExecutionException().isEmpty() && !test.hasChecked()) {
                throw new AssertionError("this test has checked nothing; call check(operation, shapes) in it");
            }
        }
    }
}
