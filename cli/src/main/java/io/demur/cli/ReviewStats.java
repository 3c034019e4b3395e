package io.demur.cli;

import io.demur.desk.CaseView;
import io.demur.desk.Statistics;
import io.demur.files.output.Json;
import io.demur.store.AccessBook;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code demur review stats}: how it stands with the queue and with those who look at it. */
@Command(
        name = "stats",
        description = {
            "Shows how it stands with the queue: what is open, how old, who has decided how much.",
            "Two who look at the same case independently: how far they agree. Known cases: how many"
                    + " were missed."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class ReviewStats extends AdminTask {

    @Option(
            names = "--last",
            paramLabel = "LENGTH",
            converter = AdminKeys.Length.class,
            defaultValue = "30d",
            description = "How far back decisions count (default: ${DEFAULT-VALUE}).")
    private @Nullable Duration last;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    int run(StoreSession session, AccessBook book) throws StoreFailed {
        Duration back = last == null ? Duration.ofDays(30) : last;
        Statistics found = session.queue().statistics(Instant.now().minus(back));
        Map<String, String> names = AdminKeys.names(book);
        if (json) {
            say("%s", Json.value(row(found)));
            return ExitCode.OK;
        }
        int open = found.open().values().stream().mapToInt(Integer::intValue).sum();
        say("open        %d, of these %d late", open, found.late());
        found.open().forEach((kind, count) -> say("  %-10s %d", CaseView.word(kind), count));
        found.oldest()
                .ifPresent(it -> say("oldest      since %s", it.truncatedTo(ChronoUnit.SECONDS)));
        found.ages()
                .half()
                .ifPresent(
                        it ->
                                say(
                                        "age         half up to %s, 90 %% up to %s, all up to %s",
                                        length(found.ages().half()),
                                        length(found.ages().ninety()),
                                        length(found.ages().all())));
        say("");
        say("%-40s  %7s  %6s  %6s  %6s", "REVIEWER", "DECIDED", "SECOND", "KNOWN", "MISSED");
        found.reviewers()
                .forEach(
                        (who, work) ->
                                say(
                                        "%-40s  %7d  %6d  %6d  %6d",
                                        names.getOrDefault(who, who),
                                        work.decided(),
                                        work.second(),
                                        work.seeded(),
                                        work.missed()));
        say("");
        say(
                "agreement   on %d of %d cases that two have looked at%s",
                found.agreement().same(),
                found.agreement().cases(),
                found.agreement()
                        .kappa()
                        .map(
                                it ->
                                        "; kappa %.2f (%.2f to %.2f)"
                                                .formatted(it.value(), it.low(), it.high()))
                        .orElse(""));
        say("");
        say("%-28s  %7s  %8s  %s", "HAZARD", "DECIDED", "REVERSED", "SHARE");
        new TreeMap<>(found.reversals())
                .forEach(
                        (hazard, it) ->
                                say(
                                        "%-28s  %7d  %8d  %s",
                                        hazard, it.decided(), it.reversed(), share(it)));
        return ExitCode.OK;
    }

    private static String length(Optional<Duration> it) {
        return it.map(
                        age ->
                                "%dd %dh %dmin"
                                        .formatted(
                                                age.toDays(),
                                                age.toHoursPart(),
                                                age.toMinutesPart()))
                .orElse("-");
    }

    private static String share(Statistics.Reversals it) {
        return it.share()
                .map(
                        share ->
                                "%.0f %% (%.0f to %.0f)"
                                        .formatted(
                                                share.rate() * 100,
                                                share.low() * 100,
                                                share.high() * 100))
                .orElse("-");
    }

    private static Map<String, Object> row(Statistics found) {
        Map<String, Object> row = new LinkedHashMap<>();
        Map<String, Object> open = new LinkedHashMap<>();
        found.open().forEach((kind, count) -> open.put(CaseView.word(kind), count));
        row.put("open", open);
        row.put("late", found.late());
        found.oldest().ifPresent(it -> row.put("oldest", it.toString()));
        found.ages().half().ifPresent(it -> row.put("age_seconds_p50", it.toSeconds()));
        found.ages().ninety().ifPresent(it -> row.put("age_seconds_p90", it.toSeconds()));
        found.ages().all().ifPresent(it -> row.put("age_seconds_max", it.toSeconds()));
        Map<String, Object> reviewers = new LinkedHashMap<>();
        found.reviewers()
                .forEach(
                        (who, work) -> {
                            Map<String, Object> of = new LinkedHashMap<>();
                            of.put("decided", work.decided());
                            of.put("second", work.second());
                            of.put("known", work.seeded());
                            of.put("missed", work.missed());
                            reviewers.put(who, of);
                        });
        row.put("reviewers", reviewers);
        Map<String, Object> agreement = new LinkedHashMap<>();
        agreement.put("cases", found.agreement().cases());
        agreement.put("same", found.agreement().same());
        found.agreement()
                .kappa()
                .ifPresent(
                        it -> {
                            agreement.put("kappa", it.value());
                            agreement.put("kappa_low", it.low());
                            agreement.put("kappa_high", it.high());
                        });
        row.put("agreement", agreement);
        Map<String, Object> reversals = new LinkedHashMap<>();
        found.reversals()
                .forEach(
                        (hazard, it) -> {
                            Map<String, Object> of = new LinkedHashMap<>();
                            of.put("decided", it.decided());
                            of.put("reversed", it.reversed());
                            reversals.put(hazard.toLowerCase(Locale.ROOT), of);
                        });
        row.put("reversals", reversals);
        return row;
    }
}
