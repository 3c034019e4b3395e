package io.demur.gateway.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.charter.Charter;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.drill.Timetable;
import io.demur.gateway.gate.Trails;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.upstream.Models;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.Trail;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Ids;
import io.demur.record.policy.InForce;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Alarms on their way into a log that is slow, or broken. */
class DrillLogTest {

    private static final Alarm SILENT =
            new Alarm(Optional.empty(), Alarm.DRILLS, "silent", Alarm.Cause.SILENT);

    private static final Models NONE =
            new Models() {
                @Override
                public Optional<Upstream> of(String name, Charter charter) {
                    return Optional.empty();
                }

                @Override
                public List<String> names() {
                    return List.of();
                }
            };

    private final Vertx vertx = Vertx.vertx();
    private final List<CompletableFuture<Void>> appends = new CopyOnWriteArrayList<>();
    private final List<DrillRun> alarmed = new CopyOnWriteArrayList<>();
    private final List<String> after = new ArrayList<>();
    private final Watch watch = new Watch();
    private final Offload offload = new Offload("drills", 1, 16);
    private Optional<Trail> trail = Optional.empty();
    private Optional<DrillLog> log = Optional.empty();

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        trail = Optional.of(Trails.begun(folder));
        Driller.Setting setting =
                new Driller.Setting(
                        trail.get(),
                        new Ids(InstantSource.system(), new Random(1)),
                        InstantSource.system(),
                        () -> new InForce.RefuseAll(List.of()),
                        NONE,
                        day -> CompletableFuture.completedFuture("p"),
                        new Timetable(new byte[] {1}),
                        new StopReasonDetector(LinearJudge.shipped()),
                        offload,
                        alarmed::add);
        log =
                Optional.of(
                        new DrillLog(
                                watch,
                                setting,
                                entry -> {
                                    CompletableFuture<Void> append = new CompletableFuture<>();
                                    appends.add(append);
                                    return append;
                                },
                                Duration.ofMillis(20)));
    }

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        offload.close();
        trail.orElseThrow().close();
    }

    /** As a round does it: what fails is tried at the next one. */
    @SuppressWarnings("CatchingUnchecked")
    private void tell() throws Exception {
        vertx.deployVerticle(
                        new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                try {
                                    log.orElseThrow().tell(SILENT, () -> after.add("then"));
                                } catch (Exception e) {
                                    return Future.succeededFuture();
                                }
                                return Future.succeededFuture();
                            }
                        },
                        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void anAlarmWhoseAppendIsSlowIsWrittenAndToldOnce() throws Exception {
        tell();
        tell();
        tell();
        assertEquals(1, appends.size());
        assertEquals(0, alarmed.size());
        appends.getFirst().complete(null);
        assertEquals(1, alarmed.size());
        assertEquals(List.of("then"), after);
        assertEquals(1, watch.snapshot().alarms().size());
        tell();
        assertEquals(2, appends.size(), "the same found another time");
    }

    @Test
    void anAlarmWhoseAppendFailedIsWrittenAnew() throws Exception {
        tell();
        appends.getFirst().completeExceptionally(new IllegalStateException("no room"));
        tell();
        assertEquals(2, appends.size());
        assertEquals(0, alarmed.size());
        appends.getLast().complete(null);
        assertEquals(1, alarmed.size());
    }
}
