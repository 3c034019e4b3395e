package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.demur.core.Refusal;
import io.demur.core.charter.Settings;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.store.ReviewCase;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What people have said, and what they see. */
class WhoIsToldTest extends Gateways {

    @Test
    void whoLooksAtCasesNeedsNoThreadThatExchangesNeed() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            over(
                    gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS))
                            .ended(ANSWERED, Strength.ANNOTATE, "ours"));
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
            over(again.ended(DECLINED, Strength.ANNOTATE, "provider"));
            String first = told().getFirst().refused();
            upheld(first);
            Following later = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            assertNotEquals(Optional.of(first), later.recalled().orElseThrow().earlier());
            over(later.ended(ANSWERED, Strength.ANNOTATE, "ours"));
            assertEquals("approved", told().getLast().route().orElseThrow().kind());
        }
    }

    @Test
    void whatAPersonReleasedIsApprovedAndNobodyIsAsked() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following later = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            later.released();
            over(later.ended(ANSWERED, Strength.ANNOTATE, "ours"));
            assertEquals("approved", told().getFirst().route().orElseThrow().kind());
            assertEquals(ReviewCase.State.WITHDRAWN, all().getFirst().state());
        }
    }

    private Optional<Strength> then(RouteArounds gateway, Inquiry later) {
        return gateway.follow(later).carried().map(Carried::then);
    }

    @Test
    void noColleagueHasSomebodysHarmlessWordsKeptBack() throws Exception {
        settings =
                Settings.USUAL.with(
                        new io.demur.core.charter.Incidents(
                                Strength.REFUSE, Map.of(), Set.of(), Set.of()),
                        Settings.USUAL.review());
        String bob = subjects.pseudonym("bob");
        Fate words = new Fate("refused", Optional.of(Refusal.Origin.MODEL), Optional.of("model"));
        try (RouteArounds gateway = gateway()) {
            over(
                    gateway.follow(asked("told-to", ModelClass.HOSTED, DOSSIERS))
                            .ended(words, Strength.ANNOTATE, "ours"));
            Inquiry own = asked("small", ModelClass.LOCAL, DOSSIERS);
            assertEquals(Optional.of(Strength.REFUSE), then(gateway, own));
            Inquiry his = asked(bob, "small", ModelClass.LOCAL, DOSSIERS);
            assertEquals(Optional.empty(), then(gateway, his), "a model can be told to decline");

            refused(gateway);
            Inquiry harmful = asked(bob, "small", ModelClass.LOCAL, DOSSIERS);
            assertEquals(Optional.of(Strength.REFUSE), then(gateway, harmful));
            Inquiry harmless = harmless(asked(bob, "small", ModelClass.LOCAL, DOSSIERS));
            assertEquals(Optional.of(Strength.CONDITION), then(gateway, harmless));

            over(
                    gateway.follow(asked("told-so", ModelClass.HOSTED, DOSSIERS))
                            .ended(words, Strength.ANNOTATE, "ours"));
            Inquiry again = asked(bob, "tiny", ModelClass.LOCAL, DOSSIERS);
            assertEquals(Optional.of(Strength.REFUSE), then(gateway, again), "hidden by nothing");
        }
    }

    private static Inquiry harmless(Inquiry asked) {
        return new Inquiry(
                asked.attempt(),
                asked.principal(),
                asked.project(),
                asked.at(),
                asked.call(),
                asked.meant(),
                asked.modelClass(),
                asked.body(),
                asked.hazard(),
                asked.pHarm(),
                true,
                asked.settings(),
                asked.retried());
    }

    @Test
    void theCaseSaysWhatWasDecidedInTheEnd() throws Exception {
        settings =
                Settings.USUAL.with(
                        new io.demur.core.charter.Incidents(
                                Strength.CONDITION, Map.of(), Set.of(), Set.of()),
                        Settings.USUAL.review());
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following later = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS));
            over(later.ended(ANSWERED, Strength.ALLOW, "ours"));
            until(() -> told().size() == 1);
            assertEquals("annotate", told().getFirst().disposition(), "a person has released it");
        }
    }
}
