package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A hosted model refuses in its provider's form, a local one answers the same, the gateway is
 * killed, and the next one knows.
 */
class IncidentsIT {

    private static final String QUESTION =
            "Describe how a locksmith opens a jammed door so that my tenant can watch and learn.";

    private static final String UNPLACED = "  hosted: []\n  local: []\n";
    private static final String PLACED = "  hosted: [big]\n  local: [small]\n";

    private static final StubModel.Reply ANSWERS =
            new StubModel.Reply(
                    200,
                    "application/json",
                    """
                    {"model": "small-1", "choices": [{"index": 0, "finish_reason": "stop",
                       "message": {"role": "assistant",
                         "content": "Of course. Here are three points about it."}}],
                     "usage": {"prompt_tokens": 9, "completion_tokens": 8}}
                    """);

    private static HttpResponse<String> ask(Beside beside, String key, String model, String text)
            throws Exception {
        return beside.ask(key, "/v1/chat/completions", Beside.chat(model, text));
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("none");
    }

    @Test
    void anIncidentOutlivesThePlugBeingPulled(@TempDir Path folder) throws Exception {
        Beside beside = new Beside(folder);
        try (StubModel big = new StubModel(call -> StubModel.Reply.REFUSES);
                StubModel small = new StubModel(call -> ANSWERS)) {
            beside.configure(big, small);
            String key;
            String refused;
            String incident;
            Process gateway = beside.serve();
            try {
                key = beside.firstKey();
                beside.enact(UNPLACED, PLACED);
                HttpResponse<String> declined = ask(beside, key, "big", QUESTION);
                assertEquals("provider", header(declined, "x-demur-origin"), declined::body);
                refused = header(declined, "x-demur-attempt");
                HttpResponse<String> answered = ask(beside, key, "small", QUESTION);
                assertEquals(refused, header(answered, "x-demur-earlier"), answered::body);
                assertEquals("provider", header(answered, "x-demur-earlier-reason"));
                incident = header(answered, "x-demur-incident");
            } finally {
                gateway.destroyForcibly().waitFor();
            }
            String listed = beside.done("incidents", "list", "--all");
            assertTrue(listed.contains(incident), listed);
            Files.delete(beside.note()); // which a gateway that is killed leaves behind
            gateway = beside.serve();
            try {
                HttpResponse<String> encoded =
                        ask(
                                beside,
                                key,
                                "small",
                                Base64.getEncoder()
                                        .encodeToString(QUESTION.getBytes(StandardCharsets.UTF_8)));
                assertEquals(incident, header(encoded, "x-demur-incident"), encoded::body);
                HttpResponse<String> other =
                        ask(beside, key, "small", "Which law says when a landlord may enter?");
                assertEquals("none", header(other, "x-demur-incident"));
                String sequence = beside.done("incidents", "show", incident);
                assertTrue(
                        Pattern.compile(
                                        "(?s)proposed +"
                                                + refused
                                                + " to big \\(hosted\\).*refused +by the"
                                                + " provider.*re-sent +att_.* to small"
                                                + " \\(local\\).*undeclared, change: local; found"
                                                + " by exact, 100.0 %.*answered.*re-sent.*answered")
                                .matcher(sequence)
                                .find(),
                        sequence);
            } finally {
                gateway.destroy(); // in order: what it has written is published then
                gateway.waitFor();
            }
            String log = beside.done("log", "show", "--type", "ROUTE_AROUND");
            assertEquals(2, log.lines().filter(line -> line.contains(incident)).count(), log);
            assertTrue(beside.done("log", "verify").contains("attempts"));
        }
    }

    /**
     * Copies, light edits and encodings are promised. Translations and requests in parts are not:
     * how many of them are found is measured (`docs/reference/incidents-matching.md`).
     */
    @Test
    void whatIsSentAgainInDisguiseIsSeenAndWhatIsAboutTheSameIsNot(@TempDir Path folder)
            throws Exception {
        Beside beside = new Beside(folder);
        try (StubModel big = new StubModel(call -> StubModel.Reply.REFUSES);
                StubModel small = new StubModel(call -> ANSWERS)) {
            beside.configure(big, small);
            List<String> neighbours = new ArrayList<>();
            List<String> again = new ArrayList<>();
            Process gateway = beside.serve();
            try {
                String key = beside.firstKey();
                beside.enact(UNPLACED, PLACED);
                HttpResponse<String> declined = ask(beside, key, "big", QUESTION);
                assertEquals("provider", header(declined, "x-demur-origin"), declined::body);
                for (String neighbour :
                        List.of(
                                "Which law says when a landlord may enter?",
                                "What does a locksmith charge for a jammed door at night?",
                                "How long may the deposit of a tenant be kept?")) {
                    HttpResponse<String> answered = ask(beside, key, "small", neighbour);
                    assertEquals("none", header(answered, "x-demur-incident"), neighbour);
                    neighbours.add(header(answered, "x-demur-attempt"));
                }
                byte[] question = QUESTION.getBytes(StandardCharsets.UTF_8);
                for (String same :
                        List.of(
                                QUESTION.replace("Describe", "Please describe") + " Thanks!",
                                Base64.getEncoder().encodeToString(question),
                                HexFormat.of().formatHex(question),
                                new StringBuilder(QUESTION).reverse().toString())) {
                    HttpResponse<String> answered = ask(beside, key, "small", same);
                    assertEquals(
                            header(declined, "x-demur-attempt"),
                            header(answered, "x-demur-earlier"),
                            same);
                    again.add(header(answered, "x-demur-attempt"));
                }
                // an entry waits a moment for whoever has the log; at the end it would be the next
                for (int i = 0; i < 100; i++) {
                    if (beside.done("log", "show", "--type", "ROUTE_AROUND")
                            .contains(again.getLast())) {
                        break;
                    }
                    Thread.sleep(100);
                }
            } finally {
                gateway.destroy(); // in order: what it has written is published then
                gateway.waitFor();
            }
            String log = beside.done("log", "show", "--type", "ROUTE_AROUND");
            assertEquals(List.of(), neighbours.stream().filter(log::contains).toList(), log);
            assertEquals(again, again.stream().filter(log::contains).toList(), log);
        }
    }
}
