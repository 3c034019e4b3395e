package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.desk.Queue;
import io.demur.record.json.Json;
import io.demur.record.keys.KeyRing;
import io.demur.store.Cases;
import io.demur.store.HeldRequest;
import io.demur.store.HeldRequests;
import io.demur.store.ReviewCase;
import io.demur.store.Store;
import io.demur.store.StoreRefused;
import io.demur.store.Subjects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Somebody who decides in a terminal is the same as whose key they use over HTTP. */
class BothDoorsIT {

    private static final String ATTEMPT = "att_019f8c11-7c1b-7c0e-8b1e-3d2f1a5b6c7d";
    private static final String CASE = "case_019f8c11-7c1b-7c0e-8b1e-3d2f1a5b6c7e";

    @TempDir Path folder = Path.of("");

    @Test
    void whoRefusedByNameDoesNotAnswerTheAppealWithTheirKey() throws Exception {
        Beside beside = new Beside(folder);
        beside.done("init");
        beside.done("admin", "principal", "add", "anna@example.org", "--role", "reviewer");
        Instant now = Instant.now();
        InstantSource clock = InstantSource.system();
        Installation installation = beside.installation();
        KeyRing keys = installation.keys();
        try (Store store = installation.store()) {
            Subjects subjects =
                    new Subjects(
                            store, keys.bodies(), keys.pseudonyms(), new SecureRandom(), clock);
            HeldRequests held = new HeldRequests(store, clock);
            boolean kept =
                    held.open(
                            new HeldRequest(
                                    ATTEMPT,
                                    subjects.pseudonym("ada"),
                                    Optional.empty(),
                                    "m",
                                    "openai.chat",
                                    "d",
                                    List.of("a-rule"),
                                    Optional.empty(),
                                    now,
                                    now.plus(Duration.ofDays(9)),
                                    HeldRequest.State.WAITING,
                                    Optional.empty(),
                                    Optional.empty()));
            assertTrue(kept);
            beside.done("holds", "refuse", ATTEMPT, "--by", "anna@example.org", "--reason", "no");
            String anna = subjects.find("anna@example.org").orElseThrow();
            assertEquals(anna, held.find(ATTEMPT).orElseThrow().decided().orElseThrow().reviewer());
            Cases cases = new Cases(store, clock);
            boolean opened =
                    cases.open(
                            ReviewCase.opened(
                                    CASE,
                                    ReviewCase.Kind.APPEAL,
                                    Optional.of(ATTEMPT),
                                    Optional.of(subjects.pseudonym("ada")),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    new Json.Obj(new TreeMap<>()),
                                    now,
                                    now.plus(Duration.ofDays(3))),
                            List.of());
            assertTrue(opened);
            Queue queue = new Queue(cases, keys.pseudonyms().getFirst(), clock);
            StoreRefused refused = assertThrows(StoreRefused.class, () -> queue.claim(CASE, anna));
            assertEquals(
                    "`%s` is about what `%s` decided: another person answers it"
                            .formatted(CASE, anna),
                    requireNonNull(refused.getMessage()));
        }
    }
}
