package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.log.tile.EntryBundle;
import io.demur.log.tile.TilePath;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Erase;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Stop;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What `demur log show` and `demur log export` make of entries, good and bad. */
class LogShowTest {

    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    private static final String ATTEMPT = "att_01a1fdfa-467b-7000-8000-00000000000";

    private final List<byte[]> entries = new ArrayList<>();

    /** A thousand outcomes, one in a second. */
    @BeforeEach
    void writes() {
        for (int i = 0; i < 1_000; i++) {
            entries.add(
                    EntryCodec.bytes(
                            Outcome.bare(
                                    AT.plusSeconds(i),
                                    ATTEMPT + i % 10,
                                    i % 2 == 0 ? Outcome.Result.ALLOW : Outcome.Result.ABORT,
                                    "crash")));
        }
    }

    @Test
    void aRowHasIndexTimeTypeAndTheWordsThatMatter() throws Exception {
        assertEquals(
                "       3  2026-11-21T12:00:03Z        OUTCOME      attempt="
                        + ATTEMPT
                        + "3 result=abort reason=crash",
                show("--last", "997").getFirst());
        assertEquals(1_000, show().size());
        assertEquals(2, show("--last", "2").size());
        assertEquals("     999", show("--last", "1").getFirst().substring(0, 8));
    }

    @Test
    void onlyWhatIsWantedIsShown() throws Exception {
        assertEquals(0, show("--type", "ATTEMPT").size());
        assertEquals(1_000, show("--type", "outcome", "--type", "KEY").size());
        assertEquals(100, show("--attempt", ATTEMPT + "7").size());
        for (int from : new int[] {0, 1, 255, 256, 257, 700, 999}) {
            String time = AT.plusSeconds(from).toString();
            assertEquals(1_000 - from, show("--since", time).size());
            assertEquals(from, show("--until", time).size());
        }
        assertEquals(0, show("--since", "2026-11-22").size());
        assertEquals(1_000, show("--since", "2026-11-21").size());
        assertEquals(
                List.of("     997"),
                show("--attempt", ATTEMPT + "7", "--last", "1").stream()
                        .map(row -> row.substring(0, 8))
                        .toList());
        assertThrows(ParameterException.class, () -> show("--since", "yesterday"));
    }

    @Test
    void nothingThatIsShownSteersATerminal() throws Exception {
        entries.clear();
        entries.add(
                "{\"at\":0,\"program\":\"a\u202eb\u009bc\",\"t\":\"LATER\",\"v\":9}"
                        .getBytes(StandardCharsets.UTF_8));
        entries.add("\u001b[2J".getBytes(StandardCharsets.UTF_8));
        String table = String.join("\n", show());
        assertFalse(table.contains("\u202e") || table.contains("\u001b"), table);
        assertTrue(table.contains("LATER        program=a b c"), table);
        assertTrue(table.contains("no entry: no value at byte 0"), table);
        assertEquals(
                List.of(
                        "{\"index\":0,\"entry\":{\"at\":0,\"program\":\"a\\u202eb\\u009bc\","
                                + "\"t\":\"LATER\",\"v\":9}}",
                        "{\"index\":1,\"problem\":\"no value at byte 0\"}"),
                show("--json"));
    }

    @Test
    void csvHoldsNoFormulas() throws Exception {
        entries.clear();
        entries.add(EntryCodec.bytes(new Stop(AT, "=1+1")));
        entries.add(
                EntryCodec.bytes(
                        new Erase(AT, Optional.of("@SUM(1)"), Optional.empty(), "request")));
        List<String> rows = export("--format", "csv");
        assertEquals(3, rows.size());
        assertTrue(rows.get(0).startsWith("index,time,type,id,attempt,principal,subject,"));
        assertTrue(rows.get(2).startsWith("1,2026-11-21T12:00:00Z,ERASE,,,,'@SUM(1),"));
        assertEquals(2, export().size());
        assertEquals(show("--json"), export());
    }

    @Test
    void namesOfLogsAreCheckedBeforeAnythingIsMade() {
        for (String good : List.of("demur.invalid/1", "log.example.org/gateway-1")) {
            assertTrue(InitCommand.isOrigin(good), good);
        }
        for (String bad : List.of("", "a b", "a+b", "https://example.org/log", "/a", "a/")) {
            assertFalse(InitCommand.isOrigin(bad), bad);
        }
    }

    private List<String> show(String... args) throws Exception {
        LogShowCommand command = new LogShowCommand();
        new CommandLine(command).parseArgs(args);
        StringWriter out = new StringWriter();
        command.show(reader(), entries.size(), new PrintWriter(out));
        return out.toString().lines().toList();
    }

    private List<String> export(String... args) throws Exception {
        LogExportCommand command = new LogExportCommand();
        new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        command.write(reader(), entries.size(), out);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private LogReader reader() {
        return new LogReader(
                name -> {
                    try {
                        TilePath path = TilePath.parse(name);
                        int from = (int) path.index() * TilePath.FULL;
                        return Optional.of(
                                EntryBundle.bytes(entries.subList(from, from + path.width())));
                    } catch (Malformed e) {
                        throw new IOException(e);
                    }
                });
    }
}
