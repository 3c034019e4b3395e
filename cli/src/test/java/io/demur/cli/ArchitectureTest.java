package io.demur.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import io.demur.gateway.Gateway;
import io.demur.gateway.gate.Attempted;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Upstream;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The arrows between modules and packages. */
class ArchitectureTest {

    static final JavaClasses SHIPPED =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("/testkit/"))
                    .importPackages("io.demur");

    @Test
    void enoughClassesAreSeen() {
        assertTrue(SHIPPED.size() > 60, () -> SHIPPED.size() + " classes");
    }

    @Test
    void coreDependsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.demur.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.demur.core..", "java..", "org.jspecify..")
                .check(SHIPPED);
    }

    @Test
    void coreDoesNoInputOrOutputAndHasNoClockAndNoThreads() {
        noClasses()
                .that()
                .resideInAPackage("io.demur.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat(
                        resideInAPackage("java.io")
                                .and(not(assignableTo(InputStream.class)))
                                .and(not(assignableTo(Throwable.class))))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(SHIPPED);
    }

    @Test
    void logDependsOnTheJdkAloneAndKnowsNoRefusals() {
        classes()
                .that()
                .resideInAPackage("io.demur.log..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.demur.log..", "java..", "org.jspecify..")
                .check(SHIPPED);
    }

    @Test
    void statsKnowsNoRefusals() {
        noClasses()
                .that()
                .resideInAPackage("io.demur.stats..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.demur..")
                                .and(not(resideInAPackage("io.demur.stats.."))))
                .check(SHIPPED);
    }

    @Test
    void arrowsPointTowardsCoreAndStats() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.demur..")
                .layer("core")
                .definedBy("io.demur.core..")
                .layer("stats")
                .definedBy("io.demur.stats..")
                .layer("log")
                .definedBy("io.demur.log..")
                .layer("record")
                .definedBy("io.demur.record..")
                .layer("store")
                .definedBy("io.demur.store..")
                .layer("desk")
                .definedBy("io.demur.desk..")
                .layer("wire")
                .definedBy("io.demur.wire..")
                .layer("files")
                .definedBy("io.demur.files..")
                .layer("encoder")
                .definedBy("io.demur.encoder..")
                .layer("remote")
                .definedBy("io.demur.remote..")
                .layer("gateway")
                .definedBy("io.demur.gateway..")
                .layer("eval")
                .definedBy("io.demur.eval..")
                .layer("cli")
                .definedBy("io.demur.cli..")
                .whereLayer("core")
                .mayOnlyBeAccessedByLayers(
                        "wire", "files", "encoder", "remote", "eval", "record", "store", "desk",
                        "gateway", "cli")
                .whereLayer("log")
                .mayOnlyBeAccessedByLayers("record", "store", "desk", "gateway", "cli")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("store", "desk", "gateway", "cli")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("desk", "gateway", "cli")
                .whereLayer("desk")
                .mayOnlyBeAccessedByLayers("gateway", "cli")
                .whereLayer("stats")
                .mayOnlyBeAccessedByLayers("eval", "desk", "gateway", "cli")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("files", "remote", "gateway")
                .whereLayer("encoder")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("remote")
                .mayOnlyBeAccessedByLayers("eval", "cli")
                .whereLayer("files")
                .mayOnlyBeAccessedByLayers("eval", "cli")
                .whereLayer("gateway")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("eval")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .check(SHIPPED);
    }

    @Test
    void onlyWireAndFilesTouchJson() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.demur.wire..", "io.demur.files..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(SHIPPED);
    }

    @Test
    void onlyOnePackageTouchesYaml() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.demur.files.yaml..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.snakeyaml..")
                .check(SHIPPED);
    }

    @Test
    void onlyRemoteTheLogsWitnessesAndNoticesTalkToANetwork() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.demur.remote..", "io.demur.log.witness..", "io.demur.gateway.notice..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "jakarta.mail..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .check(SHIPPED);
    }

    @Test
    void onlyTheStoreTouchesDatabases() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.demur.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.jooq..", "com.zaxxer..", "org.sqlite..")
                .check(SHIPPED);
    }

    @Test
    void onlyTheEncoderTouchesTheRuntimeAndTheTokenizer() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.demur.encoder..", "io.demur.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..", "ai.djl..")
                .check(SHIPPED);
    }

    @Test
    void onlyTheGateMakesWhatLetsARequestThrough() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.demur.gateway.gate..")
                .should(construct(Permit.class))
                .orShould(construct(Attempted.class))
                .orShould(construct(Decided.class))
                .check(SHIPPED);
        for (Class<?> made : List.of(Permit.class, Attempted.class, Decided.class)) {
            assertTrue(makers(SHIPPED.get(Gate.class), made).findAny().isPresent(), made.getName());
        }
    }

    /** Where a class makes another, by {@code new} or a method reference. */
    private static Stream<JavaCodeUnitAccess<?>> makers(JavaClass from, Class<?> made) {
        return Stream.<JavaCodeUnitAccess<?>>concat(
                        from.getConstructorCallsFromSelf().stream(),
                        from.getConstructorReferencesFromSelf().stream())
                .filter(it -> it.getTargetOwner().isEquivalentTo(made));
    }

    private static ArchCondition<JavaClass> construct(Class<?> made) {
        return new ArchCondition<>("construct " + made.getSimpleName()) {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                makers(from, made)
                        .forEach(
                                it ->
                                        events.add(
                                                SimpleConditionEvent.satisfied(
                                                        it, it.getDescription())));
            }
        };
    }

    /** What the rule above looks for, done in the way that is easiest to overlook. */
    private static final class ByReference {
        static final Supplier<Object> MADE = Object::new;
    }

    @Test
    void aMethodReferenceIsSeenAsMaking() {
        assertNotNull(ByReference.MADE.get());
        JavaClass here =
                new ClassFileImporter().importClasses(ByReference.class).get(ByReference.class);
        assertTrue(
                here.getConstructorReferencesFromSelf().stream()
                        .anyMatch(it -> it.getTargetOwner().isEquivalentTo(Object.class)));
    }

    @Test
    void whatAsksModelsTakesAPermitAndOnlyExchangesAskThem() {
        methods()
                .that()
                .areDeclaredIn(Upstream.class)
                .should()
                .haveRawParameterTypes(Permit.class)
                .check(SHIPPED);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.demur.gateway.Exchange")
                .and()
                .doNotHaveFullyQualifiedName("io.demur.gateway.EmbedHandler")
                .and()
                // whose permits are for probes that ship, and whose answers go to nobody
                .doNotHaveFullyQualifiedName("io.demur.gateway.probe.Prober")
                .and()
                .resideOutsideOfPackage("io.demur.gateway.upstream..")
                .should()
                .callMethodWhere(target(owner(assignableTo(Upstream.class))))
                .check(SHIPPED);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.demur.gateway.upstream..", "io.demur.gateway.rehearsal..")
                .should()
                .implement(Upstream.class)
                .check(SHIPPED);
    }

    @Test
    void onlyUpstreamCallsOthersOverHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.demur.gateway.upstream..")
                .and()
                // which knocks at the gateway's own door
                .resideOutsideOfPackage("io.demur.gateway.drill..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "io\\.vertx\\.core\\.(http\\.(HttpClient|WebSocketClient).*"
                                + "|net\\.NetClient.*)")
                .check(SHIPPED);
    }

    private static ArchCondition<JavaClass> call(Class<?> owner, String names) {
        return new ArchCondition<>("call " + owner.getSimpleName() + " " + names) {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                from.getMethodCallsFromSelf().stream()
                        .filter(
                                call ->
                                        call.getTargetOwner().isAssignableTo(owner)
                                                && call.getName().matches(names))
                        .forEach(
                                call ->
                                        events.add(
                                                SimpleConditionEvent.satisfied(
                                                        call, call.getDescription())));
            }
        };
    }

    @Test
    void onVirtualThreadsNothingBlocks() {
        noClasses()
                .that()
                .resideInAPackage("io.demur.gateway..")
                .and()
                .resideOutsideOfPackages("io.demur.gateway.offload..", "io.demur.gateway.keep..")
                .and()
                // starts and stops on the thread of the program
                .doNotHaveFullyQualifiedName(Gateway.class.getName())
                .should(call(java.util.concurrent.Future.class, "get|join|resultNow"))
                .orShould(call(Thread.class, "sleep|join|onSpinWait"))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent.locks..", "java.sql..", "javax.sql..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.concurrent\\.(Semaphore|CountDownLatch|CyclicBarrier|Phaser"
                                + "|Exchanger)")
                .check(SHIPPED);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.demur.(**)").should().beFreeOfCycles().check(SHIPPED);
    }

    @Test
    void onlyTheProgramPrintsOrExits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.demur.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(SHIPPED);
    }
}
