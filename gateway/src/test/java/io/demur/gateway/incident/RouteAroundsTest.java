package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.desk.Incident;
import io.demur.record.entry.RouteAround;
import io.demur.store.Erasure;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Gateways that are killed, and several on one store. */
class RouteAroundsTest extends Gateways {

    @Test
    void whatWasKilledBeforeItsReplyWasOverIsAnIncidentAfterTheRestartAndOnce() throws Exception {
        String reserved;
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following later = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            reserved = later.recalled().orElseThrow().id();
            assertEquals(List.of(), all());
        } // killed here
        RouteArounds next = gateway(Duration.ZERO);
        until(() -> all().size() == 1);
        next.close();
        assertEquals(reserved, all().getFirst().id());
        assertEquals("open", told().getFirst().route().orElseThrow().became());
        try (RouteArounds gateway = gateway()) {
            assertTrue(
                    gateway.follow(asked("small", ModelClass.LOCAL, "Something else?"))
                            .recalled()
                            .isEmpty());
        }
        assertEquals(1, all().size());
        assertEquals(1, told().size());
    }

    @Test
    void whatOneGatewayRefusedIsSeenByAnother() throws Exception {
        try (RouteArounds one = gateway();
                RouteArounds other = gateway()) {
            refused(one);
            until(() -> other.refused.concerns(ada, Optional.empty()));
            Following later = other.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            String id = later.recalled().orElseThrow().id();
            over(later.ended(ANSWERED, Strength.ANNOTATE, "ours"));
            assertEquals(id, all().getFirst().id());
            assertEquals("answered", told().getFirst().route().orElseThrow().became());
            assertEquals(1, all().size());
        }
    }

    @Test
    void whatIsUnderWayAtOneGatewayIsNotSettledByAnotherThatStarts() throws Exception {
        try (RouteArounds one = gateway()) {
            refused(one);
            Following later = one.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            assertTrue(later.recalled().isPresent());
            RouteArounds other = gateway();
            Inquiry ended = asked("small", ModelClass.LOCAL, "Who painted this?");
            Footprint whole =
                    footprintOf(other, ended).with(ANSWERED, "ours", Instant.now(), false);
            assertTrue(other.prints.keep(whole.row(false)));
            other.close();
            RouteArounds third = gateway();
            until(() -> third.prints.find(ended.attempt()).orElseThrow().compared());
            third.close(); // which has looked at what is under way before that
            assertEquals(List.of(), all());
            over(later.ended(ANSWERED, Strength.ANNOTATE, "ours"));
            assertEquals("answered", told().getFirst().route().orElseThrow().became());
        }
    }

    @Test
    void whatWasTakenForKilledAndEndsAfterAllIsCompleted() throws Exception {
        try (RouteArounds one = gateway()) {
            refused(one);
            Following later = one.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            RouteArounds other = gateway(Duration.ZERO);
            until(() -> all().size() == 1);
            other.close();
            over(later.ended(ANSWERED, Strength.ANNOTATE, "ours"));
            Incident incident = new Incident(all().getFirst());
            assertEquals("answered", incident.text("became"));
            assertEquals("answered", incident.later().getFirst().became());
            assertEquals(1, incident.count());
            assertEquals(1, told().size());
        }
    }

    @Test
    void whatWasErasedIsForgottenByGatewaysThatRun() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            assertTrue(gateway.refused.concerns(ada, Optional.of("housing")));
            new Erasure(store, log::add, clock).subjects(List.of(ada), "request");
            until(() -> !gateway.refused.concerns(ada, Optional.of("housing")));
            assertTrue(
                    gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS))
                            .recalled()
                            .isEmpty());
        }
    }

    @Test
    void anEndedRequestThatNobodyComparedIsComparedByWhoComesNext() throws Exception {
        String later;
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Inquiry asked = asked("small", ModelClass.LOCAL, DOSSIERS);
            later = asked.attempt();
            Footprint footprint =
                    footprintOf(gateway, asked).with(ANSWERED, "ours", Instant.now(), false);
            assertTrue(gateway.prints.keep(footprint.row(false)));
        }
        RouteArounds one = gateway();
        RouteArounds other = gateway();
        until(() -> !all().isEmpty());
        one.close();
        other.close();
        assertEquals(List.of(later), told().stream().map(RouteAround::attempt).toList());
    }

    @Test
    void whatWasLeftForLaterIsComparedThoughTheStoreFailsMeanwhile() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        Logger said = Logger.getLogger(RouteArounds.class.getName());
        Handler ear = ear(failed);
        said.addHandler(ear);
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Inquiry asked = asked("small", ModelClass.LOCAL, DOSSIERS);
            Footprint ended =
                    footprintOf(gateway, asked).with(ANSWERED, "ours", Instant.now(), false);
            assertTrue(gateway.prints.keep(ended.row(false)));
            change("ALTER TABLE subject_key RENAME TO gone");
            gateway.leave(asked.attempt());
            assertTrue(failed.await(1, TimeUnit.MINUTES));
            change("ALTER TABLE gone RENAME TO subject_key");
            until(() -> all().size() == 1);
        } finally {
            said.removeHandler(ear);
        }
    }

    /** Hears when a gateway says that something is wrong. */
    private static Handler ear(CountDownLatch wrong) {
        return new Handler() {
            @Override
            public void publish(LogRecord said) {
                if (said.getLevel().equals(Level.WARNING)) {
                    wrong.countDown();
                }
            }

            @Override
            public void flush() {
                // nothing waits
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }

    @Test
    void whatIsAskedOfTwoModelsAtTheSameTimeGoesAroundNothing() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following big = gateway.follow(asked("big", ModelClass.HOSTED, "Say it."));
            Following small = gateway.follow(asked("small", ModelClass.LOCAL, "Say it."));
            over(big.ended(DECLINED, Strength.ANNOTATE, "provider"));
            over(small.ended(ANSWERED, Strength.ANNOTATE, "ours"));
            until(() -> isAllCompared(gateway));
            assertEquals(List.of(), all());
        }
    }

    @Test
    void whatIsLeftOfARequestIsReadAsItWasWritten() throws Exception {
        try (RouteArounds gateway = gateway()) {
            Footprint footprint =
                    footprintOf(gateway, asked("small", ModelClass.LOCAL, DOSSIERS))
                            .with(DECLINED, "ours", Instant.now(), false);
            byte[] bytes = footprint.bytes();
            Footprint read = Footprint.of(bytes);
            assertEquals(footprint.with(read.prints()), read);
            assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("dossier"));
            for (int i = 0; i < bytes.length; i++) {
                byte[] cut = Arrays.copyOf(bytes, i);
                assertThrows(IllegalArgumentException.class, () -> Footprint.of(cut));
            }
        }
    }
}
