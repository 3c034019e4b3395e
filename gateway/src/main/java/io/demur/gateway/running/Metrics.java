package io.demur.gateway.running;

import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.Seen;
import io.demur.gateway.notice.Standing;
import io.demur.gateway.running.PrometheusText.Kind;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What is counted while a gateway runs: exchanges once their outcome is on disk, so that these
 * figures and the log say the same. Labels are words of ours and names of models that are served;
 * what callers write cannot become one. Safe for use by several threads; counting waits for
 * nothing.
 */
public final class Metrics implements Seen {

    private static final String NONE = "none";
    private static final String OTHER = "other";
    private static final String LATEST = ":latest";
    private static final int MODELS_MAX = 500;

    private final Map<Sort, LongAdder> exchanges = new ConcurrentHashMap<>();
    private final Map<String, Histogram> durations = new ConcurrentHashMap<>();
    private final Map<String, Histogram> added = new ConcurrentHashMap<>();
    private final Map<Tokens, LongAdder> tokens = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> replies = new ConcurrentHashMap<>();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder unwritten = new LongAdder();
    private volatile boolean failing;
    private volatile Set<String> models = Set.of();
    private volatile Supplier<Map<String, Long>> lost = Map::of;
    private volatile Supplier<List<Standing>> told = List::of;

    private record Sort(String protocol, String decision, String origin, String result) {}

    private record Tokens(String model, String direction) {}

    /** Says which models are served; of others tokens are counted together. */
    public void models(Collection<String> names) {
        models = Set.copyOf(names.stream().limit(MODELS_MAX).toList());
    }

    /** Says who counts what the second judge of requests did not say, by cause. */
    public void judges(Supplier<Map<String, Long>> counting) {
        lost = counting;
    }

    /** Says who knows how it stands with those who are told of alarms. */
    public void notices(Supplier<List<Standing>> standings) {
        told = standings;
    }

    @Override
    public void attempted() {
        attempts.increment();
        failing = false;
    }

    @Override
    public void unwritten() {
        unwritten.increment();
        failing = true;
    }

    @Override
    public void ended(Attempt attempt, Outcome outcome) {
        failing = false;
        if (attempt.protocol().equals(Gate.DRILLS)) {
            return; // nobody's traffic
        }
        exchanges
                .computeIfAbsent(
                        new Sort(
                                attempt.protocol(),
                                outcome.decision().orElse(NONE),
                                outcome.origin().map(Metrics::word).orElse(NONE),
                                word(outcome.result())),
                        sort -> new LongAdder())
                .increment();
        durations
                .computeIfAbsent(attempt.protocol(), protocol -> new Histogram(Histogram.WHOLE))
                .add(outcome.took());
        outcome.added()
                .ifPresent(
                        it ->
                                added.computeIfAbsent(
                                                attempt.protocol(),
                                                protocol -> new Histogram(Histogram.ADDED))
                                        .add(it));
        String model = known(attempt.model());
        outcome.tokensIn().ifPresent(count -> add(model, "in", count));
        outcome.tokensOut().ifPresent(count -> add(model, "out", count));
    }

    private String known(String model) {
        Set<String> served = models;
        if (served.contains(model)) {
            return model;
        }
        return served.contains(model + LATEST) ? model + LATEST : OTHER;
    }

    private void add(String model, String direction, long count) {
        tokens.computeIfAbsent(new Tokens(model, direction), each -> new LongAdder()).add(count);
    }

    /** Counts a reply over HTTP, whatever it was about. */
    public void replied(int status) {
        replies.computeIfAbsent(status, each -> new LongAdder()).increment();
    }

    /** Whether what was to be written into the log last could not be. */
    public boolean isLogFailing() {
        return failing;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Writes all of it. */
    public void write(PrometheusText text) {
        text.family(
                "demur_exchanges_total",
                Kind.COUNTER,
                "Exchanges whose outcome is in the log, by what was decided and what came of it.");
        exchanges.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(
                        entry ->
                                text.sample(
                                        "demur_exchanges_total",
                                        labels(entry.getKey()),
                                        Long.toString(entry.getValue().sum())));
        write(
                text,
                "demur_exchange_seconds",
                "From the arrival of a request to its outcome in the log.",
                durations);
        write(
                text,
                "demur_added_seconds",
                "What the gateway took of that itself, waiting for no model and no caller.",
                added);
        text.family(
                "demur_tokens_total",
                Kind.COUNTER,
                "Tokens, as the servers of models count them, or estimated where they do not.");
        tokens.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .forEach(
                        entry ->
                                text.sample(
                                        "demur_tokens_total",
                                        List.of(
                                                "model",
                                                entry.getKey().model(),
                                                "direction",
                                                entry.getKey().direction()),
                                        Long.toString(entry.getValue().sum())));
        text.family("demur_http_replies_total", Kind.COUNTER, "Replies over HTTP, by status.");
        replies.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        entry ->
                                text.sample(
                                        "demur_http_replies_total",
                                        List.of("status", Integer.toString(entry.getKey())),
                                        Long.toString(entry.getValue().sum())));
        text.single(
                "demur_attempts_total",
                Kind.COUNTER,
                "Attempts that are in the log.",
                attempts.sum());
        text.single(
                "demur_log_failures_total",
                Kind.COUNTER,
                "Attempts and outcomes that the log did not take.",
                unwritten.sum());
        text.family(
                "demur_second_judge_lost_total",
                Kind.COUNTER,
                "Answers of the second judge of requests that were wanted and did not come.");
        new TreeMap<>(lost.get())
                .forEach(
                        (cause, count) ->
                                text.sample(
                                        "demur_second_judge_lost_total",
                                        List.of("cause", cause),
                                        Long.toString(count)));
        notices(text, told.get());
    }

    private static void write(
            PrometheusText text, String name, String help, Map<String, Histogram> byProtocol) {
        text.family(name, Kind.HISTOGRAM, help);
        byProtocol.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        entry ->
                                entry.getValue()
                                        .write(text, name, List.of("protocol", entry.getKey())));
    }

    private static void notices(PrometheusText text, List<Standing> standings) {
        text.family(
                "demur_notices_total",
                Kind.COUNTER,
                "Notices of alarms by recipient and what became of them, since the first one.");
        for (Standing each : standings) {
            text.sample(
                    "demur_notices_total",
                    List.of("to", each.to(), "what", "told"),
                    Long.toString(each.told()));
            text.sample(
                    "demur_notices_total",
                    List.of("to", each.to(), "what", "given-up"),
                    Long.toString(each.givenUp()));
        }
        text.family("demur_notices_waiting", Kind.GAUGE, "Notices that a recipient lacks as yet.");
        for (Standing each : standings) {
            text.sample(
                    "demur_notices_waiting",
                    List.of("to", each.to()),
                    Integer.toString(each.waiting()));
        }
    }

    private static List<String> labels(Sort sort) {
        return List.of(
                "protocol",
                sort.protocol(),
                "decision",
                sort.decision(),
                "origin",
                sort.origin(),
                "result",
                sort.result());
    }
}
