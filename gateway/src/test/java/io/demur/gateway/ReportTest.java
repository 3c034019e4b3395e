package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.desk.Choice;
import io.demur.desk.Reports;
import io.demur.record.Completeness;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Feedback;
import io.demur.record.entry.Report;
import io.demur.record.entry.Review;
import io.demur.record.keys.ReportersKey;
import io.demur.store.ReviewCase;
import io.demur.store.StoreRefused;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What callers say should have been refused, and how content they are. */
class ReportTest {

    private static final String REPORTS = "/demur/v1/reports";
    private static final String FEEDBACK = "/demur/v1/feedback";

    private Path folder;
    private House house;
    private Answering answering;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        house = new House(folder, Map.of());
        answering = new Answering(house);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Answering.Reply report(String name, String what, String words) throws Exception {
        return answering.ask(
                house.key,
                "POST",
                REPORTS,
                "{\"about\": %s, \"reason\": \"stalking\", \"name\": \"%s\", \"words\": \"%s\"}"
                        .formatted(what, name, words));
    }

    private String attempt(String key) throws Exception {
        return answering.chat(key, "Which bread keeps for a week?").header("x-demur-attempt");
    }

    private List<Report> told() throws Exception {
        house.held.publish(house::write);
        return house.entries().stream()
                .filter(Report.class::isInstance)
                .map(Report.class::cast)
                .toList();
    }

    /** How often a text stands in the files of the folder, and in rows of the store. */
    private int found(String text) throws Exception {
        int found = inRows(text);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // a page of a database is there as often as it was written
                boolean store = String.valueOf(file.getFileName()).startsWith("store.db");
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (int at = bytes.indexOf(text);
                        at >= 0 && !store;
                        at = bytes.indexOf(text, at + 1)) {
                    found++;
                }
            }
        }
        return found;
    }

    private int inRows(String text) throws Exception {
        int found = 0;
        try (Connection store =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                Statement statement = store.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names =
                    statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertTrue(tables.contains("review_case"), tables::toString);
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            byte[] cell = rows.getBytes(i);
                            found +=
                                    cell != null
                                                    && new String(cell, StandardCharsets.ISO_8859_1)
                                                            .contains(text)
                                            ? 1
                                            : 0;
                        }
                    }
                }
            }
        }
        return found;
    }

    @Test
    void whoReviewsAReportReadsItsWordsAndTheConversationAndNothingOfTheName() throws Exception {
        Answering.Reply asked =
                answering.ask(
                        house.key,
                        "POST",
                        "/v1/chat/completions",
                        """
                        {"model": "rehearsal", "messages": [
                          {"role": "system", "content": "You bake."},
                          {"role": "user", "content": "Which bread keeps for a week?"},
                          {"role": "assistant", "content": "Rye."},
                          {"role": "user", "content": "And which for two?"}]}\
                        """);
        String about =
                "\"exchange\", \"attempt\": \"%s\"".formatted(asked.header("x-demur-attempt"));
        Answering.Reply made = report("kept", about, "They ask for our stores.");
        assertEquals(201, made.status(), made::text);
        String path = "/demur/v1/cases/" + made.field("id");
        String reviewer = house.reviewKeys.getFirst();
        assertEquals(200, answering.ask(reviewer, "POST", path + "/claim", "").status());
        Answering.Reply read = answering.ask(reviewer, "GET", path, "");
        assertEquals("They ask for our stores.", read.field("said"), read::text);
        assertTrue(
                read.field("asked")
                        .startsWith("And which for two?\\n\\nthe whole:\\nsystem: You bake."),
                read::text);
        assertTrue(read.field("asked").contains("assistant: Rye."), read::text);
        assertFalse(read.field("answered").contains("choices"), read::text);
        assertTrue(read.text().contains("\"named\":true"), read::text);
        assertFalse(read.text().contains("\"reporter\":"), read::text);
    }

    @Test
    void aNameThatIsKeptIsReadWithTheOtherKeyAndStandsNowhere() throws Exception {
        var unused = attempt(house.limitedKey);
        int before = found(house.principal);
        Answering.Reply kept =
                report("kept", "\"use\"", "Somebody has a list of who was at the clinic.");
        Answering.Reply none = report("none", "\"use\"", "The same, without a name.");
        assertEquals(201, kept.status(), kept::text);
        assertEquals(201, none.status(), none::text);
        assertTrue(kept.field("receipt").contains(kept.field("id")), kept::text);
        List<Report> told = told();
        assertEquals(List.of(true, false), told.stream().map(Report::named).toList());
        assertTrue(told.stream().allMatch(it -> it.words().isPresent()));
        assertEquals(before, found(house.principal));
        assertEquals(0, found("Ada Third"));
        assertEquals(0, found("the clinic"));

        ReviewCase named = house.reports.find(kept.field("id")).orElseThrow();
        ReviewCase nameless = house.reports.find(none.field("id")).orElseThrow();
        assertEquals(Optional.empty(), Reports.sealed(nameless));
        byte[] sealed = Reports.sealed(named).orElseThrow();
        Path key = folder.resolve("keys").resolve(ReportersKey.PRIVATE);
        String opened =
                new String(ReportersKey.open(key, named.id(), sealed), StandardCharsets.UTF_8);
        assertEquals(
                "{\"name\":\"Ada Third\",\"principal\":\"%s\"}".formatted(house.principal), opened);
        assertThrows(IOException.class, () -> ReportersKey.open(key, nameless.id(), sealed));
    }

    @Test
    void itsWordsAreReadAndItIsAnsweredAndTheLogIsWhole() throws Exception {
        String attempt = attempt(house.limitedKey);
        Answering.Reply made =
                report("none", "\"exchange\", \"attempt\": \"" + attempt + "\"", "It is bait.");
        assertEquals(201, made.status(), made::text);
        String id = made.field("id");
        assertEquals(1, told().size());
        assertEquals(Optional.of("It is bait."), house.reports.words(id, "anna", house::write));
        house.queue.decide(id, Optional.of(1L), "anna", Choice.of("overturn", "bait"));
        List<Report> told = told();
        assertEquals(List.of("opened", "upheld"), told.stream().map(Report::state).toList());
        assertEquals(Optional.of("anna"), told.getLast().by());
        assertTrue(
                house.entries().stream()
                        .anyMatch(
                                it ->
                                        it instanceof Review review
                                                && review.decision().equals("overturn")
                                                && review.attempt().equals(attempt)));
        Completeness.Report checked =
                Completeness.check(house.trail.reader(), house.trail.publish(), true);
        assertEquals(List.of(), checked.problems());
        assertEquals(List.of(), checked.notes());
    }

    @Test
    void whoeverIsReportedOrHasDecidedOfItDoesNotReadOrAnswerIt() throws Exception {
        String attempt = attempt(house.limitedKey);
        String id =
                report("none", "\"exchange\", \"attempt\": \"" + attempt + "\"", "It is bait.")
                        .field("id");
        String reported =
                house.entries().stream()
                        .filter(Attempt.class::isInstance)
                        .map(Attempt.class::cast)
                        .filter(it -> it.id().equals(attempt))
                        .findFirst()
                        .orElseThrow()
                        .principal();
        assertThrows(StoreRefused.class, () -> house.queue.claim(id, reported));
        assertThrows(StoreRefused.class, () -> house.queue.notOwn(id, reported));
        assertThrows(
                StoreRefused.class,
                () ->
                        house.queue.decide(
                                id, Optional.of(1L), reported, Choice.of("confirm", "fine")));
        assertEquals(Optional.empty(), house.queue.next(reported).claimed());
        Answering.Reply second =
                report("none", "\"exchange\", \"attempt\": \"" + attempt + "\"", "Again.");
        house.queue.decide(id, Optional.of(1L), "anna", Choice.of("confirm", "fine"));
        assertThrows(StoreRefused.class, () -> house.queue.claim(second.field("id"), "anna"));
        assertEquals(
                "bert",
                house.queue.claim(second.field("id"), "bert").claim().orElseThrow().reviewer());
    }

    @Test
    void whatCannotBeReportedIsSaid() throws Exception {
        assertEquals(404, report("none", "\"exchange\", \"attempt\": \"att_x\"", "").status());
        for (String about :
                List.of(
                        "\"all\"",
                        "\"model\"",
                        "\"exchange\"",
                        "\"model\", \"model\": \"a\\nb\"")) {
            Answering.Reply refused = report("none", about, "");
            assertEquals(400, refused.status(), refused::text);
        }
        assertEquals(400, report("perhaps", "\"use\"", "").status());
        assertEquals(400, report("none", "\"use\"", "x".repeat(4_001)).status());
        assertEquals(List.of(), told());
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            statuses.add(report("none", "\"model\", \"model\": \"m:7b\"", "").status());
        }
        assertTrue(statuses.contains(201), statuses::toString);
        assertEquals(429, statuses.getLast());
        assertEquals(
                429,
                answering
                        .ask(
                                house.key,
                                "POST",
                                REPORTS,
                                "{\"about\":\"use\",\"reason\":\"x\",\"name\":\"none\"}")
                        .status());
    }

    private Answering.Reply thumb(String key, String attempt, String thumb) throws Exception {
        return answering.ask(
                key,
                "POST",
                FEEDBACK,
                "{\"attempt\": \"%s\", \"thumb\": \"%s\"}".formatted(attempt, thumb));
    }

    @Test
    void whoeverAskedSaysHowContentTheyAreAndNobodyElse() throws Exception {
        String attempt = attempt(house.key);
        assertEquals(204, thumb(house.key, attempt, "up").status());
        assertEquals(204, thumb(house.key, attempt, "down").status());
        assertEquals(404, thumb(house.limitedKey, attempt, "up").status());
        assertEquals(400, thumb(house.key, attempt, "sideways").status());
        assertEquals(401, thumb("dmr_nobody", attempt, "up").status());
        house.held.publish(house::write);
        assertEquals(
                List.of("up", "down"),
                house.entries().stream()
                        .filter(Feedback.class::isInstance)
                        .map(it -> ((Feedback) it).thumb())
                        .toList());
    }
}
