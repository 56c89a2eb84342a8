package org.gradgraph.graphviz;

import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Its own package keeps this module to core's public types; the rest is what core promises too. */
@AnalyzeClasses(packages = "org.gradgraph.graphviz", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule only_core_and_the_jdk_are_needed = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.ejml..", "org.jspecify..", "com.google.errorprone.annotations..", "org.gradgraph..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule no_internals_of_core_are_used = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.gradgraph.numeric..",
                    "org.gradgraph.exec.kernel..",
                    "org.gradgraph.exec.plan..",
                    "org.gradgraph.exec.thread..",
                    "org.gradgraph.optim.problem..",
                    "org.gradgraph.optim.solve..")
            .because("a module descriptor would not export them, see docs/adr/0012");

    @ArchTest
    static final ArchRule nothing_prints = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothing_logs = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule static_fields_are_final = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(SYNTHETIC)
            .should()
            .beFinal()
            .allowEmptyShould(true);
}
