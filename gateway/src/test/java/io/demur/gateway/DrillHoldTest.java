package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.detect.LinearJudge;
import io.demur.core.drill.Timetable;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.gateway.drill.Driller;
import io.demur.gateway.drill.Drills;
import io.demur.gateway.drill.Watch;
import io.demur.gateway.offload.Offload;
import io.demur.record.entry.DrillRun;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Drills of a gateway whose policy has a person look first. */
class DrillHoldTest {

    /** They once lay in the queue, some fifty a day. */
    @Test
    void noDrillWaitsForAPersonAndAllCountAsDeclined(@TempDir Path folder) throws Exception {
        Drills drills = new Drills(new Watch());
        AtomicReference<Foundations> on = new AtomicReference<>();
        Vertx vertx = Vertx.vertx();
        try (House house =
                        new House(
                                folder,
                                Map.of(),
                                right -> {
                                    on.set(right.with(drills));
                                    return requireNonNull(on.get());
                                },
                                GatewaySettings.USUAL,
                                HoldTest.holding());
                Offload offload = new Offload("drills", 1, 16)) {
            Foundations foundations = requireNonNull(on.get());
            Deployed.on(
                    vertx,
                    new Driller(
                            drills,
                            new Driller.Setting(
                                    house.trail,
                                    foundations.ids(),
                                    foundations.clock(),
                                    foundations.policy(),
                                    foundations.models(),
                                    day -> CompletableFuture.completedFuture(house.principal),
                                    new Timetable(new byte[] {1}),
                                    LinearJudge.shipped(),
                                    offload,
                                    told -> {}),
                            new Driller.At("127.0.0.1", house.port(), Optional.empty()),
                            Driller.Pace.USUAL));
            List<DrillRun> came =
                    drills.now(Optional.of(Rehearsal.MODEL), 5)
                            .get(10, TimeUnit.SECONDS)
                            .all()
                            .get(60, TimeUnit.SECONDS);
            assertEquals(10, came.size());
            assertTrue(came.stream().allMatch(it -> it.found().equals("refused")), came::toString);
            assertEquals(5, came.stream().filter(DrillRun::passed).count());
            assertEquals(List.of(), house.held.all(false));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
