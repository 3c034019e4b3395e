package io.demur.store;

import static io.demur.store.Bench.att;

import io.demur.record.entry.RouteAround;
import io.demur.record.json.Json;
import io.demur.store.Incidents.Found;
import io.demur.store.Incidents.Telling;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is left of requests, and what is like it, as tests make it. */
final class Printed {

    static final Duration HOUR = Duration.ofHours(1);
    static final Set<State> ALL = EnumSet.allOf(State.class);

    private Printed() {}

    static RequestPrints of(Bench bench, String writer) {
        return new RequestPrints(
                bench.store, bench.subjects, new SecureRandom(), () -> bench.now, writer);
    }

    /** Those of a store that keeps so much of one subject. */
    static RequestPrints of(Bench bench, PrintRoom room) {
        return new RequestPrints(
                bench.store, bench.subjects, new SecureRandom(), () -> bench.now, "a", room);
    }

    static Incidents incidents(Bench bench) {
        return new Incidents(bench.store, () -> bench.now);
    }

    static byte[] what(int attempt) {
        byte[] what = new byte[64];
        for (int i = 0; i < what.length; i++) {
            what[i] = (byte) (attempt * 31 + i * 7);
        }
        return what;
    }

    static RequestPrint print(
            Bench bench, int attempt, String subject, boolean refused, boolean compared) {
        return new RequestPrint(
                att(attempt),
                subject,
                refused ? RequestPrint.Kind.REFUSED : RequestPrint.Kind.SENT,
                Optional.empty(),
                compared,
                what(attempt),
                bench.now,
                bench.now.plus(Duration.ofDays(7)));
    }

    /** One that was kept back because another was refused. */
    static RequestPrint carried(
            Bench bench, int attempt, String subject, int refused, RequestPrint.Kind kind) {
        return new RequestPrint(
                att(attempt),
                subject,
                kind,
                Optional.of(att(refused)),
                true,
                what(attempt),
                bench.now,
                bench.now.plus(Duration.ofDays(7)));
    }

    static Found found(Bench bench, int later, int refused, boolean asked) {
        return new Found(att(later), att(refused), bench.now, Bench.id("case", later), HOUR, asked);
    }

    static Telling telling(Bench bench, String id, String subject, int later) {
        TreeMap<String, Json> about = new TreeMap<>();
        about.put("count", new Json.Whole(1));
        about.put("later", new Json.Arr(List.of(new Json.Str(att(later)))));
        return new Telling(
                ReviewCase.opened(
                        id,
                        Kind.INCIDENT,
                        Optional.of(att(later)),
                        Optional.of(subject),
                        Optional.empty(),
                        Optional.of("privacy"),
                        Optional.of("m"),
                        Optional.of("local"),
                        new Json.Obj(about),
                        bench.now,
                        bench.now.plus(Duration.ofDays(7))),
                new RouteAround(
                        bench.now,
                        id,
                        att(later),
                        att(1),
                        1_000_000,
                        "exact",
                        Duration.ofSeconds(30),
                        "hosted",
                        "local",
                        "annotate",
                        Optional.empty(),
                        List.of()));
    }

    static Optional<String> open(Bench bench, String subject, int later, int refused, boolean asked)
            throws StoreFailed {
        return incidents(bench)
                .open(
                        found(bench, later, refused, asked),
                        id -> telling(bench, id, subject, later));
    }

    static List<RequestPrint> refused(RequestPrints prints) throws StoreFailed {
        List<RequestPrint> refused = new ArrayList<>();
        prints.refused(refused::add);
        return refused;
    }

    static List<String> elsewhere(RequestPrints prints, Instant from) throws StoreFailed {
        List<RequestPrint> elsewhere = new ArrayList<>();
        prints.elsewhere(from, elsewhere::add);
        return attempts(elsewhere);
    }

    static List<String> attempts(List<RequestPrint> prints) {
        return prints.stream().map(RequestPrint::attempt).toList();
    }
}
