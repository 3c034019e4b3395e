package io.demur.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What packages and classes are called and marked. */
class PackagesTest {

    @Test
    void everyPackageIsNullMarked() {
        ArchitectureTest.SHIPPED.stream()
                .map(c -> c.getPackage())
                .distinct()
                .forEach(
                        p ->
                                assertTrue(
                                        p.isAnnotatedWith(NullMarked.class),
                                        () -> p.getName() + " is not @NullMarked"));
    }

    @Test
    void classesAreNamedForWhatTheyAre() {
        noClasses()
                .that(alwaysTrue())
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Processor|Impl)$")
                .check(ArchitectureTest.SHIPPED);
    }
}
