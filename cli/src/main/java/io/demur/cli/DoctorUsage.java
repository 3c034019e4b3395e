package io.demur.cli;

import io.demur.log.Checkpoint;
import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Outcome;
import io.demur.record.json.Json;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the log says was used, by model: to be held against what others count. */
final class DoctorUsage {

    private static final long ENTRIES_MAX = 500_000;

    private final Map<String, String> models = new HashMap<>();
    private final TreeMap<String, Sum> sums = new TreeMap<>();
    private Optional<Instant> last = Optional.empty();
    private Optional<Instant> first = Optional.empty();
    private boolean whole = true;
    private long brokenOff;

    /** What was used of one model. */
    static final class Sum {

        private long answered;
        private long uncounted;
        private long in;
        private long out;

        long in() {
            return in;
        }

        long out() {
            return out;
        }

        private void add(Outcome outcome) {
            answered++;
            if (outcome.tokensIn().isEmpty()) {
                uncounted++;
            }
            in += outcome.tokensIn().orElse(0);
            out += outcome.tokensOut().orElse(0);
        }

        private Json json() {
            return new Json.Obj(
                    new TreeMap<>(
                            Map.of(
                                    "exchanges", new Json.Whole(answered),
                                    "uncounted", new Json.Whole(uncounted),
                                    "tokens-in", new Json.Whole(in),
                                    "tokens-out", new Json.Whole(out))));
        }
    }

    /** Reads the published log, or the last half million entries of it. */
    static DoctorUsage read(Installation installation) throws IOException, Malformed {
        DoctorUsage usage = new DoctorUsage();
        LogReader reader = installation.reader();
        Checkpoint checkpoint = reader.checkpoint(installation.vkeys());
        long size = checkpoint.head().size();
        long from = Math.max(0, size - ENTRIES_MAX);
        usage.whole = from == 0;
        reader.entries(from, size, size, (index, bytes) -> usage.add(EntryCodec.read(bytes)));
        return usage;
    }

    void add(Entry entry) {
        last = Optional.of(entry.at());
        if (first.isEmpty()) {
            first = last;
        }
        if (entry instanceof Attempt attempt) {
            models.put(attempt.id(), attempt.model());
        } else if (entry instanceof Outcome outcome) {
            String model = models.remove(outcome.attempt());
            if (outcome.result() == Outcome.Result.ABORT) {
                brokenOff++;
            }
            boolean reached =
                    switch (outcome.result()) {
                        case ALLOW, PARTIAL, REFUSE_UPSTREAM -> true;
                        case REFUSE_LOCAL, REVIEW, ERROR, ABORT -> outcome.tokensIn().isPresent();
                    };
            if (model != null && reached) {
                sums.computeIfAbsent(model, name -> new Sum()).add(outcome);
            }
        }
    }

    /** When the last entry was written. */
    Optional<Instant> last() {
        return last;
    }

    /** Whether it is all of the log. */
    boolean isWhole() {
        return whole;
    }

    /** How many exchanges were broken off, go on, or were counted by nobody. */
    long unknown() {
        return brokenOff
                + models.size()
                + sums.values().stream().mapToLong(it -> it.uncounted).sum();
    }

    Map<String, Sum> sums() {
        return sums;
    }

    /** What the log says; whether that is all, only the servers' own books can tell. */
    Finding finding() {
        if (sums.isEmpty()) {
            return Finding.ok("usage", "the log says of no model that it was asked");
        }
        StringBuilder words = new StringBuilder();
        sums.forEach(
                (model, sum) ->
                        words.append(words.isEmpty() ? "" : "; ")
                                .append(
                                        "`%s` %,d tokens in, %,d out"
                                                .formatted(model, sum.in, sum.out))
                                .append(
                                        sum.uncounted == 0
                                                ? ""
                                                : " (and %,d exchanges nobody counted)"
                                                        .formatted(sum.uncounted)));
        return new Finding(
                Finding.Grade.OK,
                "usage",
                "since %s: %s".formatted(first.orElse(Instant.EPOCH), words),
                Optional.of(
                        "hold it against the provider's bill: more there means that somebody asks"
                                + " around the gateway"));
    }

    Json json() {
        TreeMap<String, Json> fields = new TreeMap<>();
        sums.forEach((model, sum) -> fields.put(model, sum.json()));
        return new Json.Obj(fields);
    }
}
