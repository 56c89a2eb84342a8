package org.gradgraph.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The test kit uses what users can use. */
@AnalyzeClasses(packages = "org.gradgraph.testkit", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

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
}
