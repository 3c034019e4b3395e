package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.record.json.Json;
import io.demur.store.CaseChoice;
import io.demur.store.Cases;
import io.demur.store.HeldRequests;
import io.demur.store.Petitions;
import io.demur.store.ReviewCase;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What people have said, and what they see. */
class WhoIsToldTest extends Gateways {

    @Test
    void whoLooksAtCasesNeedsNoThreadThatExchangesNeed() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS))
                    .ended(ANSWERED, Strength.ANNOTATE, "ours")
                    .join();
            for (int i = 0; i < SHELVES; i++) {
                shelf.execute(
                        () -> {
                            try {
                                over.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
            }
            Optional<Instant> always = Optional.empty();
            List<ReviewCase> found =
                    gateway.all(Optional.of(ada), always, EnumSet.allOf(ReviewCase.State.class), 9)
                            .orTimeout(1, TimeUnit.MINUTES)
                            .join();
            assertEquals(1, found.size());
            assertEquals(
                    Optional.of(found.getFirst()),
                    gateway.find(found.getFirst().id()).orTimeout(1, TimeUnit.MINUTES).join());
        } finally {
            over.countDown();
        }
    }

    @Test
    void nobodyIsToldWhatWasRefusedToAColleague() throws Exception {
        String bob = subjects.pseudonym("bob");
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following own = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            assertEquals(Optional.of("provider"), own.recalled().orElseThrow().reason());
            Recalled his =
                    gateway.follow(asked(bob, "small", ModelClass.LOCAL, DOSSIERS))
                            .recalled()
                            .orElseThrow();
            assertEquals(Optional.empty(), his.earlier());
            assertEquals(Optional.empty(), his.reason());
            assertNotEquals(own.recalled().orElseThrow().id(), his.id());
        }
    }

    @Test
    void anAppealThatWasUpheldCoversTheSameTextRefusedLater() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following again = gateway.follow(asked("other", ModelClass.HOSTED, DOSSIERS));
            again.ended(DECLINED, Strength.ANNOTATE, "provider").join();
            String first = told().getFirst().refused();
            upheld(first);
            Following later = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            assertNotEquals(Optional.of(first), later.recalled().orElseThrow().earlier());
            later.ended(ANSWERED, Strength.ANNOTATE, "ours").join();
            assertEquals("approved", told().getLast().route().orElseThrow().kind());
        }
    }

    private void upheld(String attempt) throws Exception {
        Petitions petitions = new Petitions(store, clock);
        Optional<String> none = Optional.empty();
        ReviewCase appeal =
                ReviewCase.opened(
                        ids.next("case"),
                        ReviewCase.Kind.APPEAL,
                        Optional.of(attempt),
                        Optional.of(ada),
                        none,
                        none,
                        none,
                        none,
                        new Json.Obj(new TreeMap<>()),
                        clock.instant(),
                        clock.instant());
        assertEquals(Petitions.Filed.OPENED, petitions.open(appeal, List.of(), 9));
        new Cases(store, clock)
                .decide(
                        new CaseChoice(
                                appeal.id(),
                                1,
                                "anna",
                                "overturn",
                                "fair-question",
                                Optional.empty(),
                                Optional.empty(),
                                ReviewCase.State.DECIDED,
                                HeldRequests.VALID),
                        List.of());
    }

    @Test
    void whatAPersonReleasedIsApprovedAndNobodyIsAsked() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following later = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            later.released();
            later.ended(ANSWERED, Strength.ANNOTATE, "ours").join();
            assertEquals("approved", told().getFirst().route().orElseThrow().kind());
            assertEquals(ReviewCase.State.WITHDRAWN, all().getFirst().state());
        }
    }
}
