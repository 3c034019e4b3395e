package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two people and one queue: in a terminal, over HTTP, and beside a gateway that is killed. */
class ReviewIT {

    private static final String BODY = Beside.chat("rehearsal", "Which bread keeps for a week?");

    private static String found(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), text);
        return found.group(1);
    }

    @Test
    void whatIsHeldIsDecidedOnceByOneOfTwo(@TempDir Path folder) throws Exception {
        Beside beside = new Beside(folder);
        String key;
        String berts;
        String one;
        String two;
        Process gateway = beside.serve();
        try {
            key = beside.firstKey();
            beside.enact(Beside.NO_RULES, Beside.HOLDING);
            beside.done("admin", "principal", "add", "bert", "--role", "reviewer");
            berts =
                    found(
                            beside.done("admin", "key", "create", "bert", "--for", "review"),
                            "(dmr_\\S+)");
            one = header(beside.ask(key, "POST", "/v1/chat/completions", BODY));
            two =
                    header(
                            beside.ask(
                                    key,
                                    "POST",
                                    "/v1/chat/completions",
                                    BODY.replace("bread", "cheese")));

            String mine = beside.done("review", "next", "--by", "anna");
            assertTrue(mine.contains("Which bread keeps for a week?"), mine);
            String id = "case_" + one.substring("att_".length());
            assertTrue(mine.contains(id), mine);
            HttpResponse<String> told =
                    beside.ask(berts, "POST", "/demur/v1/cases/" + id + "/claim", "");
            assertEquals(409, told.statusCode(), told::body);
            assertTrue(told.body().contains("is with `anna` until"), told::body);
            HttpResponse<String> next = beside.ask(berts, "POST", "/demur/v1/cases/next", "");
            String other = "case_" + two.substring("att_".length());
            assertTrue(next.body().contains(other), next::body);
            Beside.Result late = beside.run("review", "claim", other, "--by", "anna");
            assertEquals(ExitCode.USAGE, late.exit(), late.out());
            assertTrue(late.err().contains("is with `sub_"), late.err());

            String decide = "/demur/v1/cases/" + other + "/decide";
            String refuse = "{\"decision\":\"refuse\",\"reason\":\"no-cheese\"}";
            HttpResponse<String> refused = beside.ask(berts, "POST", decide, refuse);
            assertEquals(200, refused.statusCode(), refused::body);
            beside.done("review", "decide", id, "release", "--reason", "harmless", "--by", "anna");
            assertTrue(beside.done("holds", "list", "--all").contains("released"));
            HttpResponse<String> answered = beside.ask(key, "POST", "/v1/chat/completions", BODY);
            assertEquals(
                    "allow",
                    answered.headers().firstValue("x-demur-decision").orElse("none"),
                    answered::body);
        } finally {
            gateway.destroyForcibly().waitFor();
        }
        Files.delete(beside.note()); // which a gateway that is killed leaves behind
        Beside.Result again =
                beside.run(
                        "review",
                        "decide",
                        "case_" + one.substring("att_".length()),
                        "refuse",
                        "--reason",
                        "x",
                        "--by",
                        "carl");
        assertEquals(ExitCode.USAGE, again.exit(), again.out());
        assertTrue(again.err().contains("is decided: `release` by `anna`"), again.err());

        String labels = folder.resolve("labels.jsonl").toString();
        Beside.Result written = beside.run("review", "labels", "--out", labels);
        assertEquals(0, written.exit(), written::err);
        assertTrue(written.err().contains("2 rows, 2 of them without an answer"), written.err());
        String rows = Files.readString(Path.of(labels));
        assertTrue(
                rows.contains("Which cheese keeps for a week?\",\"prompt_label\":\"harmful"), rows);
        assertTrue(
                rows.contains("Which bread keeps for a week?\",\"prompt_label\":\"benign"), rows);
        String stats = beside.done("review", "stats", "--json");
        assertTrue(stats.contains("\"anna\":{\"decided\":1,"), stats);

        String log = beside.done("log", "show", "--type", "REVIEW");
        assertEquals(2, log.lines().filter(line -> line.contains("REVIEW")).count(), log);
        assertFalse(log.contains("bread"), log);
        String read = beside.done("log", "show", "--type", "ACCESS");
        assertTrue(read.contains("anna"), read);
        assertTrue(beside.done("log", "verify").contains("attempts"));
        assertTrue(beside.done("review", "list").lines().count() == 1);
    }

    private static String header(HttpResponse<String> reply) {
        return reply.headers().firstValue("x-demur-hold").orElseThrow();
    }
}
