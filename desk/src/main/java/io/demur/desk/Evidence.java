package io.demur.desk;

import io.demur.log.Checkpoint;
import io.demur.log.LogReader;
import io.demur.log.Receipt;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Review;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.policy.Event;
import io.demur.store.KeptBackRows.KeptBack;
import io.demur.store.LedgerRows.Axis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The files that show an auditor what happened in a month, and prove it: nobody's words, names or
 * pseudonyms are in them.
 */
public final class Evidence {

    /** So many receipts of refusals at most. */
    public static final int RECEIPTS_MAX = 50;

    private final MonthlyReport report;
    private final LogReader log;
    private final Checkpoint checkpoint;
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private Evidence(MonthlyReport report, LogReader log, Checkpoint checkpoint) {
        this.report = report;
        this.log = log;
        this.checkpoint = checkpoint;
    }

    /**
     * The files, by their names within the bundle, {@code MANIFEST} included.
     *
     * @param checkpoint of the log, signed by one of the keys
     * @param keptBack what was kept back in the month
     * @param drills of the month
     * @param notes the file of a signed statement, by its digest
     */
    public static SortedMap<String, byte[]> files(
            MonthlyReport report,
            LogReader log,
            Checkpoint checkpoint,
            List<VerifierKey> keys,
            List<KeptBack> keptBack,
            List<DrillRun> drills,
            Function<String, Optional<byte[]>> notes)
            throws IOException, Malformed {
        Evidence evidence = new Evidence(report, log, checkpoint);
        evidence.log(keys);
        evidence.policy(notes);
        evidence.reasons(keptBack);
        evidence.ledger(drills);
        return evidence.files;
    }

    private void put(String name, byte[] bytes) {
        files.put(name, bytes);
    }

    private void put(String name, String text) {
        put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String name, Json json) {
        put(name, Canonical.text(json) + "\n");
    }

    private long size() {
        return checkpoint.head().size();
    }

    private void log(List<VerifierKey> keys) throws IOException, Malformed {
        put("log/checkpoint", checkpoint.bytes());
        put("log/log.vkey", keys.stream().map(key -> key + "\n").collect(Collectors.joining()));
        long first = first(report.ledger().window().since());
        long end = first(report.ledger().window().until());
        TreeMap<String, Json> month = new TreeMap<>();
        month.put("origin", new Json.Str(report.origin()));
        month.put("month", new Json.Str(report.month().toString()));
        month.put("first", new Json.Whole(first));
        month.put("end", new Json.Whole(end));
        month.put("size", new Json.Whole(size()));
        month.put("root", new Json.Str(checkpoint.head().root().base64()));
        month.put("root_at_end", new Json.Str(log.root(end, size()).base64()));
        month.put(
                "consistency",
                new Json.Arr(
                        log.consistency(end, size()).stream()
                                .<Json>map(hash -> new Json.Str(hash.base64()))
                                .toList()));
        put("log/month.json", new Json.Obj(month));
    }

    /** The first entry that is not before a time: they are in its order. */
    private long first(Instant time) throws IOException, Malformed {
        long low = 0;
        long high = size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            List<Instant> at = new ArrayList<>();
            log.entries(
                    middle,
                    middle + 1,
                    size(),
                    (index, bytes) -> at.add(EntryCodec.read(bytes).at()));
            if (at.getFirst().isBefore(time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void policy(Function<String, Optional<byte[]>> notes) throws IOException, Malformed {
        List<Json> events = new ArrayList<>();
        for (Event event : report.policies()) {
            events.add(LedgerJson.event(event));
            notes.apply(event.digest())
                    .ifPresent(note -> put("policy/%s.note".formatted(event.digest()), note));
            receipt(event.index());
        }
        put("policy/history.json", new Json.Arr(events));
    }

    private void receipt(long index) throws IOException, Malformed {
        if (index >= size()) {
            return; // it is in the next month's
        }
        List<byte[]> found = new ArrayList<>();
        log.entries(index, index + 1, size(), (at, bytes) -> found.add(bytes));
        byte[] entry = found.getFirst();
        Receipt receipt = Receipt.of(entry, index, checkpoint, size(), log);
        String type = EntryCodec.type(EntryCodec.read(entry));
        put("log/proofs/%d-%s.tlog-proof".formatted(index, type), receipt.bytes());
    }

    private record Told(long index, String leaf, Outcome outcome) {}

    private void reasons(List<KeptBack> keptBack) throws IOException, Malformed {
        Map<String, KeptBack> wanted = new LinkedHashMap<>();
        keptBack.forEach(each -> wanted.put(each.attempt(), each));
        Map<String, Told> told = new HashMap<>();
        Set<String> looked = new HashSet<>();
        long from = first(report.ledger().window().since());
        log.entries(
                from,
                size(), // whoever looks may do so long after
                size(),
                (index, bytes) -> {
                    Entry entry = EntryCodec.read(bytes);
                    if (entry instanceof Review review
                            && !review.reason().startsWith(Tally.PRACTICE)) {
                        looked.add(review.attempt());
                    } else if (entry instanceof Outcome outcome
                            && wanted.containsKey(outcome.attempt())) {
                        String leaf = Merkle.leaf(bytes).base64();
                        told.put(outcome.attempt(), new Told(index, leaf, outcome));
                    }
                });
        StringBuilder lines = new StringBuilder();
        List<Told> all = new ArrayList<>();
        for (KeptBack each : wanted.values()) {
            Told outcome = told.get(each.attempt());
            if (outcome != null) {
                all.add(outcome);
                lines.append(
                                Canonical.text(
                                        statement(each, outcome, looked.contains(each.attempt()))))
                        .append('\n');
            }
        }
        put("statements.jsonl", lines.toString());
        int receipts = Math.min(RECEIPTS_MAX, all.size());
        for (int i = 0; i < receipts; i++) {
            receipt(all.get((int) ((long) i * all.size() / receipts)).index());
        }
    }

    /** The fields of Article 17(3) of the Digital Services Act, as far as the log has them. */
    private static Json statement(KeptBack kept, Told told, boolean looked) {
        Outcome outcome = told.outcome();
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("id", new Json.Str(kept.attempt()));
        fields.put("at", new Json.Str(kept.at().toString()));
        fields.put("effect", new Json.Str(Count.of(kept.ending()).word()));
        outcome.decision().ifPresent(it -> fields.put("decision", new Json.Str(it)));
        boolean answer = outcome.answer().isPresent() || outcome.result() == Outcome.Result.PARTIAL;
        fields.put("scope", new Json.Str(answer ? "answer" : "request"));
        boolean held = outcome.result() == Outcome.Result.REVIEW;
        boolean sticks = outcome.rules().contains("refused-before");
        fields.put(
                "lasting",
                new Json.Str(held ? "until_reviewed" : sticks ? "until_reopened" : "once"));
        TreeMap<String, Json> facts = new TreeMap<>();
        outcome.harmPpm().ifPresent(it -> facts.put("harm_ppm", new Json.Whole(it)));
        outcome.answer()
                .flatMap(it -> it.harmPpm().stream().boxed().findFirst())
                .ifPresent(it -> facts.put("answer_harm_ppm", new Json.Whole(it)));
        facts.put("judges", texts(outcome.judges()));
        fields.put("facts", new Json.Obj(facts));
        fields.put("detected", new Json.Str("automated"));
        fields.put("decided", new Json.Str(held && looked ? "person" : "automated"));
        TreeMap<String, Json> ground = new TreeMap<>();
        kept.policy().ifPresent(it -> ground.put("policy", new Json.Str(it)));
        outcome.hazard()
                .or(() -> outcome.answer().flatMap(Outcome.Answer::hazard))
                .ifPresent(
                        it ->
                                ground.put(
                                        "category",
                                        new Json.Str(LedgerWords.name(Axis.CATEGORY, it.name()))));
        outcome.reason().ifPresent(it -> ground.put("reason", new Json.Str(it)));
        ground.put("rules", texts(outcome.rules()));
        fields.put("ground", new Json.Obj(ground));
        fields.put("redress", new Json.Str("appeal"));
        fields.put("entry", new Json.Whole(told.index()));
        fields.put("leaf", new Json.Str(told.leaf()));
        return new Json.Obj(fields);
    }

    private static Json texts(List<String> texts) {
        return new Json.Arr(texts.stream().<Json>map(Json.Str::new).toList());
    }

    private void ledger(List<DrillRun> drills) throws IOException {
        put("drills.json", new Json.Arr(drills.stream().<Json>map(Evidence::drill).toList()));
        Json.Obj whole = LedgerJson.of(report);
        TreeMap<String, Json> review = new TreeMap<>(whole.fields());
        review.keySet().retainAll(List.of("looks", "queue", "month", "log", "reports"));
        put("review.json", new Json.Obj(review));
        put("ledger.json", whole);
        put("ledger.csv", LedgerCsv.of(report.ledger(), MonthlyReport.AXES));
        put("ledger.html", ReportPage.of(report));
        put("README.md", readme());
        StringBuilder manifest = new StringBuilder();
        files.forEach(
                (name, bytes) ->
                        manifest.append(sha256(bytes)).append("  ").append(name).append('\n'));
        put("MANIFEST", manifest.toString());
    }

    private static Json drill(DrillRun drill) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("at", new Json.Str(drill.at().toString()));
        fields.put("id", new Json.Str(drill.id()));
        fields.put("name", new Json.Str(drill.name()));
        drill.model().ifPresent(it -> fields.put("model", new Json.Str(it)));
        fields.put("expected", new Json.Str(drill.expected()));
        fields.put("found", new Json.Str(drill.found()));
        fields.put("passed", new Json.Bool(drill.passed()));
        drill.alarm().ifPresent(it -> fields.put("alarm", new Json.Str(it)));
        return new Json.Obj(fields);
    }

    private String readme() throws IOException {
        try (InputStream in = Evidence.class.getResourceAsStream("evidence.md")) {
            if (in == null) {
                throw new IOException("`evidence.md` is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${origin}", report.origin())
                    .replace("${month}", report.month().toString())
                    .replace("${entries}", Long.toString(report.ledger().entries()))
                    .replace("${end}", report.ledger().end().toString())
                    .replace("${made}", report.made().toString())
                    .replace("${receipts}", Integer.toString(RECEIPTS_MAX));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
