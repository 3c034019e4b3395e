package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.DrillProbe.Right;
import io.demur.record.DataFolder;
import io.demur.record.Trail;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Review;
import io.demur.record.keys.KeyRing;
import io.demur.store.Bodies;
import io.demur.store.Store;
import io.demur.store.Subjects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What went wrong is proposed, a person accepts it by the program, and it is asked again and taught
 * from; what was a caller's is gone once the caller is erased.
 */
class DrillProposalsIT {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final String ASKED =
            """
            {"model":"m","messages":[{"role":"user","content":"Which bread keeps?"}]}\
            """;
    private static final String ANSWERED =
            """
            {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
            "message":{"role":"assistant","content":"Sure, gladly."},"finish_reason":"stop"}]}\
            """;

    private final Ids ids = new Ids(CLOCK, new SecureRandom());
    private final DrillProbe probe =
            DrillProbe.shipped().stream()
                    .filter(it -> it.right() == Right.REFUSE)
                    .findFirst()
                    .orElseThrow();
    private final String drilled = ids.next("att");
    private final String released = ids.next("att");
    private Beside beside;
    private Installation installation;

    /** An installation in whose log a probe was answered and a held request released. */
    @BeforeEach
    void make(@TempDir Path folder) throws Exception {
        beside = new Beside(folder);
        installation =
                new Installation(
                        new DataFolder(beside.data()),
                        Map.of("XDG_STATE_HOME", folder.resolve("XDG_STATE_HOME").toString()));
        InitCommand.make(installation, Optional.empty(), "test");
        KeyRing keys = installation.keys();
        try (Store store = installation.store();
                Trail trail = installation.open(keys, "test")) {
            Subjects subjects =
                    new Subjects(
                            store, keys.bodies(), keys.pseudonyms(), new SecureRandom(), CLOCK);
            Bodies bodies = new Bodies(store, subjects, new SecureRandom(), CLOCK);
            exchange(trail, bodies, subjects.pseudonym("demur drills"), drilled, "demur.drill");
            exchange(trail, bodies, subjects.pseudonym("ada"), released, "openai.chat");
            trail.append(
                            List.of(
                                    new DrillRun(
                                            trail.last(),
                                            ids.next("run"),
                                            probe.id(),
                                            Optional.of(drilled),
                                            "refused",
                                            "answered",
                                            false,
                                            Optional.of("m"),
                                            Optional.of(
                                                    new DrillRun.Probed(
                                                            "0".repeat(64),
                                                            Optional.empty(),
                                                            "answered",
                                                            Duration.ZERO,
                                                            0,
                                                            0,
                                                            0)),
                                            Optional.empty()),
                                    new Review(
                                            trail.last(),
                                            ids.next("case"),
                                            released,
                                            "ann",
                                            "release",
                                            "harmless",
                                            false)))
                    .get();
        }
    }

    private static void exchange(
            Trail trail, Bodies bodies, String subject, String attempt, String protocol)
            throws Exception {
        Duration kept = Duration.ofDays(30);
        Kept asked =
                bodies.put(
                        attempt, "request", subject, Kept.Mode.FULL, ASKED.getBytes(UTF_8), kept);
        Kept reply =
                bodies.put(
                        attempt, "reply", subject, Kept.Mode.FULL, ANSWERED.getBytes(UTF_8), kept);
        trail.append(
                        List.of(
                                new Attempt(
                                        trail.last(),
                                        attempt,
                                        subject,
                                        subject,
                                        Optional.empty(),
                                        Optional.empty(),
                                        protocol,
                                        "m",
                                        "hosted",
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        asked),
                                new Outcome(
                                        trail.last(),
                                        attempt,
                                        Outcome.Result.ALLOW,
                                        Optional.of("allow"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        List.of(),
                                        OptionalInt.empty(),
                                        Optional.of(reply),
                                        ANSWERED.length(),
                                        OptionalLong.empty(),
                                        OptionalLong.empty(),
                                        Duration.ofMillis(2))))
                .get();
    }

    @Test
    void whatAPersonAcceptsIsAskedAgainAndTaughtFromUntilItIsErased() throws Exception {
        String list = beside.done("drill", "proposals", "list");
        assertTrue(list.contains(drilled) && list.contains(released), list);
        assertTrue(list.contains("a harmful probe was answered"), list);
        assertTrue(list.contains("a person released what was held (harmless)"), list);
        assertTrue(
                beside.done("drill", "proposals", "show", released)
                        .contains("asked       Which bread"));
        assertEquals(List.of(), probes(), "nothing is automatic");

        beside.done("drill", "proposals", "accept", drilled, "--reason", "seen", "--by", "ann");
        beside.done("drill", "proposals", "accept", released, "--reason", "clear", "--by", "bob");
        assertFalse(beside.done("drill", "proposals", "list").contains("att_"));
        String all = beside.done("drill", "proposals", "list", "--all", "--json");
        assertTrue(all.contains("\"by\":\"bob\",\"reason\":\"clear\""), all);
        assertTrue(
                beside.done("drill", "status")
                        .contains("0 proposals wait for a person; 2 were accepted"));
        assertEquals(
                List.of("REFUSE " + probe.text(), "ANSWER Which bread keeps?"),
                probes().stream().map(it -> it.right() + " " + it.text()).toList());

        assertEquals(
                List.of(probe.text()),
                probes("n").stream().map(DrillProbe::text).toList(),
                "a caller's request goes to no model that the caller did not ask");

        Path rows = beside.data().resolve("rows.jsonl");
        beside.done("drill", "proposals", "rows", "--out", rows.toString());
        String row = Files.readString(rows);
        assertEquals(1, row.lines().count(), row);
        assertTrue(
                row.contains("\"response\":\"Sure, gladly.\",\"prompt_label\":\"harmful\""), row);

        try (StoreSession session = StoreSession.open(installation, "test")) {
            session.erasure().subjects(List.of(session.subjects().pseudonym("ada")), "wish");
        }
        assertEquals(List.of(probe.text()), probes().stream().map(DrillProbe::text).toList());
        beside.done("drill", "proposals", "reject", drilled, "--reason", "too-often");
        assertEquals(List.of(), probes());
        String log = beside.done("log", "show");
        assertTrue(log.contains("practice/clear"), log);
        assertFalse(log.contains("bread"), log);
        beside.done("store", "check");
    }

    /** No entry has room for it, which was found out behind the command. */
    @Test
    void aReasonThatIsTooLongIsRefusedBeforeAnythingIsDone() throws Exception {
        Beside.Result result =
                beside.run("drill", "proposals", "accept", drilled, "--reason", "a".repeat(92));
        assertEquals(ExitCode.USAGE, result.exit(), result::err);
        assertTrue(result.err().contains("has 92 characters, and should have at most 91"));
        beside.done("drill", "proposals", "accept", drilled, "--reason", "a".repeat(91));
    }

    private List<DrillProbe> probes() throws Exception {
        return probes("m");
    }

    /** What a gateway that starts now would ask a model each week. */
    private List<DrillProbe> probes(String model) throws Exception {
        try (StoreSession session = StoreSession.open(installation, "test")) {
            ServedRegressions regressions =
                    new ServedRegressions(session.reviews(), session.bodies(), session.log());
            regressions.take(session.proposals());
            return regressions.probes(model);
        }
    }
}
