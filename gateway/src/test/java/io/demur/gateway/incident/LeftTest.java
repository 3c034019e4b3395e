package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.ModelClass;
import io.demur.gateway.keep.Keeping;
import io.demur.gateway.keep.StoredBodies;
import io.demur.record.entry.Kept;
import io.demur.store.Bodies;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** What is left of a request, beside its reply: whatever goes wrong with it, the reply stays. */
class LeftTest extends Gateways {

    private Bodies.Ready reply(String attempt) throws Exception {
        return bodies().ready(
                        attempt,
                        "reply",
                        ada,
                        Kept.Mode.FULL,
                        "Good morning".getBytes(StandardCharsets.UTF_8),
                        Bodies.RETENTION);
    }

    private Optional<String> read(String attempt) throws Exception {
        return bodies().read(attempt, "reply", "anna", "looked-at", log::add)
                .map(body -> new String(body, StandardCharsets.UTF_8));
    }

    @Test
    void theyGoTogetherAndWhatFollowsIsDoneOnce() throws Exception {
        try (RouteArounds gateway = gateway()) {
            Footprint footprint =
                    footprintOf(gateway, asked("small", ModelClass.LOCAL, "Who painted this?"));
            AtomicInteger followed = new AtomicInteger();
            Left left =
                    new Left(
                            gateway,
                            footprint.attempt(),
                            () -> footprint,
                            it -> it.row(true),
                            it -> followed.incrementAndGet());
            left.keep(reply(footprint.attempt()));
            assertEquals(0, followed.get());
            assertFalse(left.over().isDone());
            left.follow();
            assertEquals(1, followed.get());
            assertTrue(left.over().isDone());
            assertEquals(Optional.of("Good morning"), read(footprint.attempt()));
            assertTrue(gateway.prints.find(footprint.attempt()).isPresent());
        }
    }

    @Test
    void aTextThatNoPrintsCanBeMadeOfHasItsReply() throws Exception {
        try (RouteArounds gateway = gateway()) {
            String attempt = ids.next("att");
            Left left =
                    new Left(
                            gateway,
                            attempt,
                            () -> {
                                throw new StackOverflowError();
                            },
                            it -> it.row(true),
                            it -> {});
            left.keep(reply(attempt));
            left.follow();
            assertEquals(Optional.of("Good morning"), read(attempt));
            assertEquals(Optional.empty(), gateway.prints.find(attempt));
            assertTrue(left.over().isDone());
        }
    }

    @Test
    void whereWhatFollowsFailsItIsComparedLater() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Footprint footprint =
                    footprintOf(gateway, asked("small", ModelClass.LOCAL, DOSSIERS))
                            .with(ANSWERED, "ours", clock.instant(), false);
            Left left =
                    new Left(
                            gateway,
                            footprint.attempt(),
                            () -> footprint,
                            it -> it.row(false),
                            it -> {
                                throw new IllegalStateException("the store is closed");
                            });
            over(Optional.of(left));
            until(() -> !all().isEmpty());
        }
    }

    @Test
    void aReplyThatIsGivenUpWhileItIsSealedIsNeitherKeptNorIsAnythingOfIt() throws Exception {
        List<Runnable> later = new ArrayList<>();
        try (RouteArounds gateway = gateway()) {
            Footprint footprint =
                    footprintOf(gateway, asked("small", ModelClass.LOCAL, "Who painted this?"));
            Left left =
                    new Left(
                            gateway,
                            footprint.attempt(),
                            () -> footprint,
                            it -> it.row(true),
                            it -> {});
            CompletableFuture<Keeping.Filed> filing =
                    new StoredBodies(bodies(), later::add)
                            .file(
                                    footprint.attempt(),
                                    "reply",
                                    ada,
                                    "Good morning".getBytes(StandardCharsets.UTF_8),
                                    settings.retention(),
                                    left);
            assertTrue(filing.cancel(false));
            later.forEach(Runnable::run);
            assertEquals(Optional.empty(), read(footprint.attempt()));
            assertEquals(Optional.empty(), gateway.prints.find(footprint.attempt()));
        }
    }
}
