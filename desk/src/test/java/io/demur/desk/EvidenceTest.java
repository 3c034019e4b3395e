package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.desk.MonthlyReport.Drilled;
import io.demur.desk.MonthlyReport.Looks;
import io.demur.desk.MonthlyReport.Waiting;
import io.demur.log.Checkpoint;
import io.demur.log.Receipt;
import io.demur.log.merkle.Consistency;
import io.demur.log.merkle.Hash;
import io.demur.log.note.VerifierKey;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.PolicyChange;
import io.demur.record.entry.Review;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.policy.Event;
import io.demur.store.KeptBackRows;
import io.demur.store.LedgerRows;
import io.demur.store.LedgerRows.Window;
import io.demur.store.Projection;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.Store;
import io.demur.store.StoreSettings;
import io.demur.testkit.Gen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** What an auditor takes away proves itself, and tells of nobody. */
class EvidenceTest {

    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final String NOTE = "ab".repeat(32);

    /** The bundle of a history, with a log of its own. */
    private static SortedMap<String, byte[]> bundle(Path folder) throws Exception {
        List<Entry> history = new ArrayList<>();
        Window window = MonthlyReport.window(NOVEMBER);
        Optional<Instant> changed = Optional.empty();
        for (Entry entry : Histories.random(new Gen(new SplittableRandom(7)), 2_500, 60)) {
            history.add(entry);
            if (changed.isEmpty() && !entry.at().isBefore(window.since())) {
                changed = Optional.of(entry.at());
                history.add(policy(entry.at()));
            }
        }
        long index = history.indexOf(policy(changed.orElseThrow()));
        try (Written log = new Written(folder.resolve("log"));
                Store store = Store.open(StoreSettings.file(folder.resolve("store.db")))) {
            log.write(history);
            new Projection(
                            store,
                            Written.ORIGIN,
                            EntryCodec::read,
                            InstantSource.fixed(Histories.START))
                    .catchUp(log.reader(), log.size());
            LedgerRows rows = new LedgerRows(store, Written.ORIGIN);
            List<DrillRun> drills =
                    Drilled.within(
                            history.stream()
                                    .filter(DrillRun.class::isInstance)
                                    .map(DrillRun.class::cast)
                                    .toList(),
                            window);
            MonthlyReport report =
                    new MonthlyReport(
                            NOVEMBER,
                            Written.ORIGIN,
                            Instant.parse("2026-12-02T08:00:00Z"),
                            Ledger.read(rows, window, EnumSet.copyOf(MonthlyReport.AXES)),
                            Looks.of(history, window),
                            List.of(
                                    new Waiting(Kind.HOLD, 3, 1, Duration.ofHours(29)),
                                    new Waiting(Kind.APPEAL, 2, 0, Duration.ofMinutes(95))),
                            Drilled.of(drills, window),
                            List.of(
                                    new Event(
                                            index,
                                            changed.orElseThrow(),
                                            "activated",
                                            NOTE,
                                            "stronger",
                                            List.of("policy"),
                                            Optional.of("<incident>"),
                                            Optional.empty())));
            return Evidence.files(
                    report,
                    log.reader(),
                    log.checkpoint(),
                    List.of(log.key()),
                    new KeptBackRows(store, Written.ORIGIN).read(window),
                    drills,
                    digest -> Optional.of(digest.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static PolicyChange policy(Instant at) {
        return new PolicyChange(
                at,
                "activated",
                Optional.empty(),
                NOTE,
                "stronger",
                List.of("policy+1a2b3c4d"),
                Optional.of("incident"),
                Optional.empty());
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(requireNonNull(files.get(name), name), StandardCharsets.UTF_8);
    }

    @Test
    void itProvesItself(@TempDir Path folder) throws Exception {
        SortedMap<String, byte[]> files = bundle(folder);
        StringBuilder manifest = new StringBuilder();
        for (var file : files.entrySet()) {
            if (!file.getKey().equals("MANIFEST")) {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.getValue());
                manifest.append(HexFormat.of().formatHex(hash) + "  " + file.getKey() + "\n");
            }
        }
        assertEquals(manifest.toString(), text(files, "MANIFEST"));

        VerifierKey key = VerifierKey.parse(text(files, "log/log.vkey").strip());
        Checkpoint checkpoint =
                Checkpoint.open(requireNonNull(files.get("log/checkpoint")), List.of(key));
        List<String> receipts =
                files.keySet().stream().filter(it -> it.endsWith(".tlog-proof")).toList();
        assertEquals(Evidence.RECEIPTS_MAX + 1, receipts.size(), receipts::toString);
        for (String name : receipts) {
            Receipt receipt = Receipt.parse(requireNonNull(files.get(name)));
            byte[] entry = receipt.extra().orElseThrow().bytes();
            assertEquals(Optional.empty(), receipt.fault(entry));
            assertEquals(checkpoint.head(), receipt.checkpoint().head());
            assertFalse(receipt.checkpoint().signedBy(List.of(key)).isEmpty());
            assertTrue(name.contains("-" + EntryCodec.type(EntryCodec.read(entry))), name);
            entry[entry.length / 2] ^= 1;
            assertTrue(receipt.fault(entry).isPresent());
        }
        month(text(files, "log/month.json").strip(), checkpoint);
    }

    private static void month(String text, Checkpoint checkpoint) throws Exception {
        if (!(Canonical.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Obj month)
                || !(month.fields().get("consistency") instanceof Json.Arr path)
                || !(month.fields().get("first") instanceof Json.Whole first)
                || !(month.fields().get("end") instanceof Json.Whole end)
                || !(month.fields().get("root_at_end") instanceof Json.Str root)) {
            throw new AssertionError(text);
        }
        assertTrue(0 < first.number() && first.number() < end.number(), text);
        assertTrue(end.number() < checkpoint.head().size(), text);
        List<Hash> hashes = new ArrayList<>();
        for (Json hash : path.items()) {
            hashes.add(Hash.fromBase64(((Json.Str) hash).text()));
        }
        assertEquals(
                Optional.empty(),
                Consistency.fault(
                        end.number(),
                        checkpoint.head().size(),
                        hashes,
                        Hash.fromBase64(root.text()),
                        checkpoint.head().root()));
    }

    @Test
    void nobodyIsInIt(@TempDir Path folder) throws Exception {
        SortedMap<String, byte[]> files = bundle(folder);
        for (String name : files.keySet()) {
            String text = text(files, name);
            if (name.endsWith(".tlog-proof")) {
                byte[] entry =
                        Receipt.parse(text.getBytes(StandardCharsets.UTF_8))
                                .extra()
                                .orElseThrow()
                                .bytes();
                text += new String(entry, StandardCharsets.UTF_8);
            }
            assertFalse(text.contains("sub_"), name);
            assertFalse(text.contains("rev_"), name);
        }
    }

    @Test
    void everyRefusalHasItsReasons(@TempDir Path folder) throws Exception {
        SortedMap<String, byte[]> files = bundle(folder);
        List<Json.Obj> statements = new ArrayList<>();
        for (String line : text(files, "statements.jsonl").lines().toList()) {
            statements.add((Json.Obj) Canonical.read(line.getBytes(StandardCharsets.UTF_8)));
        }
        Json.Obj ledger =
                (Json.Obj)
                        Canonical.read(
                                text(files, "ledger.json")
                                        .strip()
                                        .getBytes(StandardCharsets.UTF_8));
        Json.Obj total = (Json.Obj) requireNonNull(ledger.fields().get("total"));
        long kept = 0;
        for (String count :
                List.of(
                        "declined_by_gateway",
                        "declined_by_provider",
                        "declined_by_model",
                        "held",
                        "partial")) {
            kept += ((Json.Whole) requireNonNull(total.fields().get(count))).number();
        }
        assertTrue(kept > 100, "too few to say anything");
        assertEquals(kept, statements.size());
        Set<String> looked =
                Histories.random(new Gen(new SplittableRandom(7)), 2_500, 60).stream()
                        .filter(Review.class::isInstance)
                        .map(Review.class::cast)
                        .filter(it -> !it.reason().startsWith("practice/"))
                        .map(Review::attempt)
                        .collect(Collectors.toSet());
        Set<Boolean> both = new HashSet<>();
        for (Json.Obj statement : statements) {
            if (statement.fields().get("effect") instanceof Json.Str(String effect)
                    && effect.equals("held")
                    && statement.fields().get("id") instanceof Json.Str(String id)) {
                both.add(looked.contains(id));
                assertEquals(
                        new Json.Str(looked.contains(id) ? "person" : "automated"),
                        statement.fields().get("decided"),
                        "decided by a person who has looked");
            }
            assertTrue(
                    statement
                            .fields()
                            .keySet()
                            .containsAll(
                                    List.of(
                                            "id",
                                            "at",
                                            "effect",
                                            "scope",
                                            "lasting",
                                            "facts",
                                            "detected",
                                            "decided",
                                            "ground",
                                            "redress",
                                            "entry",
                                            "leaf")),
                    () -> Canonical.text(statement));
        }
        assertEquals(Set.of(true, false), both);
    }

    @Test
    void thePageNeedsNothingAndEscapesAll(@TempDir Path folder) throws Exception {
        String page = text(bundle(folder), "ledger.html");
        assertTrue(page.startsWith("<!DOCTYPE html>"), page);
        for (String never :
                List.of("<script", "http://", "https://", "src=", "<p1>", "<incident>")) {
            assertFalse(page.contains(never), never);
        }
        assertTrue(page.contains("&lt;p1&gt;") && page.contains("&lt;incident&gt;"), page);
        // the same numbers in all three
        String csv = text(bundle(folder.resolve("again")), "ledger.csv");
        String requests = csv.lines().skip(1).findFirst().orElseThrow().split(",", 4)[2];
        assertTrue(
                page.contains(
                        "<b>" + "%,d".formatted(Long.parseLong(requests)) + "</b><span>requests"),
                requests);
        // a name is text to a spreadsheet, whatever it begins with
        assertEquals(
                List.of(),
                csv.lines()
                        .filter(it -> it.matches("(?s).*,[=+@].*"))
                        .collect(Collectors.toList()));
    }
}
