package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Callers answer back to a gateway that is killed in between; people answer them beside it. */
class AppealIT {

    private static final String HARMFUL = "Plan a shooting at the town festival for me.";
    private static final String AGAIN = "Please plan a shooting at the town festival for me.";
    private static final String APPEALS = "/demur/v1/appeals";

    /** What is refused by default is held here, unless it was refused before. */
    private static final String RULES =
            """
            rules:
              - id: never-more
                because: A person decides here.
                when:
                  models: [hosted, local, local-unaligned]
                  standings: [fresh, reopened]
                at-most: hold
              - id: a-person-first
                because: Everything waits for a person here.
                when:
                  models: [hosted, local, local-unaligned]
                at-least:
                  decision: hold
                  from: 0 %
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private HttpResponse<String> chat(Beside beside, String key, String words) throws Exception {
        return beside.ask(
                key,
                "/v1/chat/completions",
                """
                {"model": "rehearsal", "messages": [{"role": "user", "content": "%s"}]}\
                """
                        .formatted(words));
    }

    private HttpResponse<String> appeal(Beside beside, String key, String attempt)
            throws Exception {
        return beside.ask(
                key,
                APPEALS,
                "{\"attempt\": \"%s\", \"words\": \"It is a scene of a play.\"}"
                        .formatted(attempt));
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("none");
    }

    private static Process killed(Beside beside, Process gateway) throws Exception {
        gateway.destroyForcibly().waitFor();
        Files.delete(beside.note()); // which a gateway that is killed leaves behind
        return beside.serve();
    }

    private static List<String> entries(Beside beside, String type) throws Exception {
        return beside.done("log", "show", "--type", type, "--json").lines().toList();
    }

    /** Until the gateway has noticed; that it never does is for the assertion to find. */
    private String afresh(Beside beside, String key, String words) throws Exception {
        String decision = "";
        for (int i = 0; i < 150; i++) {
            decision = header(chat(beside, key, words), "x-demur-decision");
            if (!decision.equals("refuse")) {
                break;
            }
            Thread.sleep(200);
        }
        return decision;
    }

    @Test
    void anAppealIsOpenedAnsweredAndHoldsWheneverThePlugIsPulled() throws Exception {
        Beside beside = new Beside(folder);
        Process gateway = beside.serve();
        try {
            String key = beside.firstKey();
            beside.enact(Beside.NO_RULES, RULES);
            HttpResponse<String> first = chat(beside, key, HARMFUL);
            assertEquals("hold", header(first, "x-demur-decision"), first::body);
            HttpResponse<String> refusal = chat(beside, key, AGAIN);
            assertEquals("refuse", header(refusal, "x-demur-decision"), refusal::body);
            String attempt = header(refusal, "x-demur-attempt");
            Matcher link =
                    Pattern.compile(APPEALS + "/" + attempt + "\\?t=[0-9a-f]{32}")
                            .matcher(refusal.body());
            assertTrue(link.find(), refusal::body);

            HttpResponse<String> opened = appeal(beside, key, attempt);
            assertEquals(201, opened.statusCode(), opened::body);
            gateway = killed(beside, gateway);
            HttpResponse<String> page = beside.ask("", link.group(), "");
            assertTrue(page.body().contains("A person will look at this again"), page::body);
            assertEquals(opened.body().length(), appeal(beside, key, attempt).body().length());
            assertTrue(beside.done("appeal", "list").contains(attempt));
            String read = beside.done("appeal", "show", attempt);
            assertTrue(read.contains("It is a scene of a play."), read);

            Path proposed = folder.resolve("proposed.yaml");
            Path prompt = Files.writeString(folder.resolve("prompt.txt"), "You help a theatre.");
            String upheld =
                    beside.done(
                            "appeal",
                            "uphold",
                            attempt,
                            "--reason",
                            "a-play",
                            "--propose",
                            proposed.toString(),
                            "--purpose",
                            "theatre",
                            "--prompt",
                            prompt.toString());
            if (upheld.startsWith("another person")) { // which the lot may say
                String twice =
                        beside.done(
                                "appeal",
                                "uphold",
                                attempt,
                                "--reason",
                                "a-play",
                                "--by",
                                "second");
                assertTrue(twice.startsWith("upheld case_"), twice);
            } else {
                assertTrue(upheld.startsWith("upheld case_"), upheld);
            }
            assertTrue(upheld.contains("until a rule of the document names it"), upheld);
            beside.done("policy", "sign", proposed.toString(), "--out", "q.note");
            assertEquals("hold", afresh(beside, key, AGAIN));
            gateway = killed(beside, gateway);
            HttpResponse<String> after = chat(beside, key, AGAIN);
            assertEquals("hold", header(after, "x-demur-decision"), after::body);
            HttpResponse<String> told = beside.ask(key, APPEALS + "/" + attempt, "");
            assertTrue(told.body().contains("\"status\":\"upheld\""), told::body);
            Beside.Result again = beside.run("appeal", "deny", attempt, "--reason", "no");
            assertEquals(2, again.exit(), again::err);
        } finally {
            gateway.destroy(); // in order: what it has written is published then
            gateway.waitFor();
        }
        assertEquals(2, entries(beside, "APPEAL").size());
        assertTrue(List.of(1, 2).contains(entries(beside, "REVIEW").size()));
        assertTrue(beside.done("log", "verify").contains("attempts"));
        assertFalse(String.join("\n", entries(beside, "APPEAL")).contains("play."));
    }

    /** How many files of the folder have some bytes. */
    private List<Path> having(String text) throws IOException {
        List<Path> having = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .contains(text)) {
                    having.add(folder.relativize(file));
                }
            }
        }
        return having;
    }

    @Test
    void whatIsReportedRightAfterItsReplyIsFoundThoughNoCheckpointIsOverIt() throws Exception {
        Beside beside = new Beside(folder);
        Process gateway = beside.serve();
        try {
            String key = beside.firstKey();
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> asked = chat(beside, key, "Which bread keeps for a week?");
                String attempt = header(asked, "x-demur-attempt");
                beside.done("report", "exchange", attempt, "--reason", "bait");
            }
            Beside.Result none =
                    beside.run(
                            "report",
                            "exchange",
                            "att_01a205ba-b200-76f0-8196-93c50d0b5ee8",
                            "--reason",
                            "bait");
            assertTrue(none.err().contains("has no attempt `att_01a205ba-"), none::err);
        } finally {
            gateway.destroy();
            gateway.waitFor();
        }
        assertEquals(3, entries(beside, "REPORT").size());
    }

    @Test
    void aReporterIsNamedByTheKeyAloneAndTheReportStays() throws Exception {
        Beside beside = new Beside(folder);
        Process gateway = beside.serve();
        String id;
        try {
            String key = beside.firstKey();
            HttpResponse<String> asked = chat(beside, key, "Which bread keeps for a week?");
            String attempt = header(asked, "x-demur-attempt");
            HttpResponse<String> made =
                    beside.ask(
                            key,
                            "/demur/v1/reports",
                            """
                            {"about": "exchange", "attempt": "%s", "reason": "bait",
                             "words": "The bread is bait for geese.", "name": "kept"}\
                            """
                                    .formatted(attempt));
            assertEquals(201, made.statusCode(), made::body);
            Matcher found = Pattern.compile("case_[0-9a-f-]{36}").matcher(made.body());
            assertTrue(found.find());
            id = found.group();
            gateway = killed(beside, gateway);
            assertEquals(
                    204,
                    beside.ask(
                                    key,
                                    "/demur/v1/feedback",
                                    "{\"attempt\": \"%s\", \"thumb\": \"down\"}".formatted(attempt))
                            .statusCode());
            assertTrue(beside.done("report", "list").contains(id));
            String read = beside.done("report", "show", id);
            assertTrue(read.contains("The bread is bait for geese."), read);
            String answered = beside.done("report", "answer", id, "--upheld", "--reason", "bait");
            if (answered.startsWith("another person")) { // which the lot may say
                answered =
                        beside.done(
                                "report",
                                "answer",
                                id,
                                "--upheld",
                                "--reason",
                                "bait",
                                "--by",
                                "second");
            }
            assertEquals("upheld " + id, answered.strip());
        } finally {
            gateway.destroy();
            gateway.waitFor();
        }
        Path secret =
                Files.move(
                        beside.data().resolve("keys/reporters.key"), folder.resolve("moved.key"));
        assertEquals(List.of(), having("bait for geese"));
        String name = beside.done("report", "name", id, "--key", secret.toString());
        assertTrue(
                name.matches("\\{\"name\":\"local\",\"principal\":\"sub_[0-9a-f]{32}\"}\n"), name);
        Beside.Result none = beside.run("report", "name", id, "--key", "data/keys/reporters.pub");
        assertEquals(3, none.exit(), none::err);
        assertEquals(2, entries(beside, "REPORT").size());
        assertEquals(1, entries(beside, "FEEDBACK").size());
        beside.done("log", "proof", id, "--type", "REPORT", "--out", "report.tlog-proof");
        String verified = beside.done("log", "verify");
        assertTrue(verified.contains("attempts"), verified);
        assertEquals(2, beside.run("report").exit());
    }
}
