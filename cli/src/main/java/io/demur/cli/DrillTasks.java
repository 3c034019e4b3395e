package io.demur.cli;

import io.demur.gateway.drill.Planned;
import io.demur.gateway.drill.Segment;
import io.demur.gateway.drill.Stream;
import io.demur.gateway.drill.Watch;
import io.demur.gateway.notice.Standing;
import io.demur.gateway.practice.Proposal;
import io.demur.log.note.Malformed;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.store.AccessBook;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** What {@code demur drill} can be told to do. */
final class DrillTasks {

    private DrillTasks() {}

    @Command(
            name = "schedule",
            description = {
                "Says how soon a fall would be noticed, by simulation.",
                "A policy's `drills` says how many there are; 25 of each sort a day at least."
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Schedule implements Callable<Integer> {

        @Option(
                names = "--rate",
                paramLabel = "PERCENT",
                defaultValue = "95",
                description = "Refused now, in percent (default: ${DEFAULT-VALUE}).")
        private double rate;

        @Option(
                names = "--fall",
                paramLabel = "POINTS",
                defaultValue = "5",
                description = "By how much it falls (default: ${DEFAULT-VALUE}).")
        private double fall;

        @Option(
                names = "--a-day",
                paramLabel = "N",
                defaultValue = "25",
                description = "Drills of that sort each day (default: ${DEFAULT-VALUE}).")
        private int aDay;

        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            return Guarded.run(
                    spec,
                    () -> {
                        List<Planned> planned = Planned.of(rate / 100, fall / 100, aDay);
                        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
                        out.printf(
                                "From %s %% to %s %%, with %d drills of that sort a day, days until"
                                        + " it is noticed%n(median, and nine of ten within):%n%n",
                                plain(rate), plain(rate - fall), aDay);
                        for (Planned days : planned) {
                            out.printf(
                                    "  after %3d days of drills   hint %s (%s)   alarm %s (%s)%n",
                                    days.days(),
                                    words(days.hint()),
                                    words(days.hintNinth()),
                                    words(days.alarm()),
                                    words(days.alarmNinth()));
                        }
                        double years = (double) aDay * 365 / Stream.YEAR;
                        out.printf(
                                "%nOf streams that do not change at most %.1f %% give an alarm"
                                        + " within a year; a hint errs%nonce in %.1f years on"
                                        + " average.%n",
                                100 * (1 - Math.pow(1 - Stream.ALPHA, years)), 1 / years);
                        out.flush();
                        return ExitCode.OK;
                    });
        }

        private static String plain(double number) {
            return "%.4g".formatted(number).replaceAll("\\.?0+$", "");
        }

        private static String words(double days) {
            return Double.isInfinite(days) ? "not in time" : "%.1f".formatted(days);
        }
    }

    @Command(
            name = "status",
            description = "Shows what is known by drills: rates with their bands, and alarms.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Status extends AdminTask {

        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        @Override
        StoreSession open(Installation installation, String program)
                throws IOException, StoreFailed, Malformed {
            return StoreSession.open(installation, program);
        }

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, IOException, Malformed {
            Watch.Snapshot known = session.drills().snapshot();
            if (json) {
                say("%s", Canonical.text(json(known, session.notices())));
            } else {
                print(known);
                practice(session.proposals());
                List<Standing> told = session.notices();
                if (!told.isEmpty()) {
                    say("");
                }
                told.forEach(it -> say("%-8s %s", it.to(), it.words()));
            }
            return ExitCode.OK;
        }

        private void print(Watch.Snapshot known) {
            if (known.drills() == 0) {
                say("No drill is in the log as yet.");
            } else {
                say(
                        "%d drills, %d of them failed; the last one %s, the last that passed %s",
                        known.drills(),
                        known.failed(),
                        known.last().map(Status::time).orElse("never"),
                        known.passed().map(Status::time).orElse("never"));
            }
            known.ranking()
                    .now()
                    .ifPresent(
                            it ->
                                    say(
                                            "the judges of requests rank harmful above harmless in"
                                                    + " %.1f %% of pairs  (%.1f to %.1f)",
                                            100 * it.rate(), 100 * it.low(), 100 * it.high()));
            for (Watch.State model : known.models()) {
                say("");
                say("%s", model.model());
                new TreeMap<>(model.streams())
                        .forEach(
                                (kind, stream) ->
                                        say(
                                                "  %-42s %5.1f %%  (%.1f to %.1f)  of %d%s",
                                                kind.words(),
                                                100 * stream.rate().rate(),
                                                100 * stream.rate().low(),
                                                100 * stream.rate().high(),
                                                stream.results(),
                                                stream.missing() == 0
                                                        ? ""
                                                        : "; %d more until it is watched"
                                                                .formatted(stream.missing())));
                segments(model.segments());
            }
            if (!known.alarms().isEmpty()) {
                say("");
                known.alarms()
                        .forEach(told -> say("%s  %s", time(told.at()), told.alarm().words()));
            }
        }

        /** The rates of each, where there were several: before and after, side by side. */
        private void segments(List<Segment> segments) {
            for (Segment segment : segments) {
                say(
                        "  %s `%s`: %d, from %s to %s",
                        segment.equals(segments.getFirst())
                                ? "answered as"
                                : "another model answers under this name:",
                        segment.fingerprint(),
                        segment.drills(),
                        time(segment.since()),
                        time(segment.until()));
                if (segments.size() > 1) {
                    new TreeMap<>(segment.shares())
                            .forEach(
                                    (kind, share) ->
                                            say(
                                                    "    %-40s %5.1f %%  (%.1f to %.1f)  of %d",
                                                    kind.words(),
                                                    100 * share.rate().rate(),
                                                    100 * share.rate().low(),
                                                    100 * share.rate().high(),
                                                    share.all()));
                }
            }
        }

        private void practice(List<Proposal> proposals) {
            long open =
                    proposals.stream().filter(it -> it.state() == Proposal.State.PROPOSED).count();
            long accepted =
                    proposals.stream().filter(it -> it.state() == Proposal.State.ACCEPTED).count();
            long wrong =
                    proposals.stream()
                            .filter(it -> it.state() == Proposal.State.ACCEPTED)
                            .filter(it -> it.since().containsValue(false))
                            .count();
            if (open + accepted > 0) {
                say("");
                say(
                        "%d proposals wait for a person; %d were accepted and are asked each week,"
                                + " %d of them came out wrong again",
                        open, accepted, wrong);
            }
        }

        private static Json json(Watch.Snapshot known, List<Standing> told) {
            TreeMap<String, Json> fields = new TreeMap<>();
            fields.put("drills", new Json.Whole(known.drills()));
            fields.put("failed", new Json.Whole(known.failed()));
            known.last().ifPresent(it -> fields.put("last", new Json.Str(it.toString())));
            known.passed().ifPresent(it -> fields.put("passed", new Json.Str(it.toString())));
            fields.put(
                    "alarms",
                    new Json.Arr(
                            known.alarms().stream()
                                    .<Json>map(it -> new Json.Str(it.alarm().words()))
                                    .toList()));
            known.ranking()
                    .now()
                    .ifPresent(
                            it -> {
                                TreeMap<String, Json> auc = new TreeMap<>();
                                auc.put("rate_ppm", ppm(it.rate()));
                                auc.put("low_ppm", ppm(it.low()));
                                auc.put("high_ppm", ppm(it.high()));
                                fields.put("judge_auc", new Json.Obj(auc));
                            });
            TreeMap<String, Json> models = new TreeMap<>();
            TreeMap<String, Json> segments = new TreeMap<>();
            for (Watch.State model : known.models()) {
                TreeMap<String, Json> streams = new TreeMap<>();
                model.streams().forEach((kind, stream) -> streams.put(kind.word(), json(stream)));
                segments.put(
                        model.model(),
                        new Json.Arr(model.segments().stream().map(Status::json).toList()));
                models.put(model.model(), new Json.Obj(streams));
            }
            fields.put("models", new Json.Obj(models));
            fields.put("segments", new Json.Obj(segments));
            fields.put("notices", new Json.Arr(told.stream().<Json>map(Status::json).toList()));
            return new Json.Obj(fields);
        }

        private static Json json(Standing standing) {
            TreeMap<String, Json> fields = new TreeMap<>();
            fields.put("to", new Json.Str(standing.to()));
            fields.put("told", new Json.Whole(standing.told()));
            fields.put("given_up", new Json.Whole(standing.givenUp()));
            fields.put("waiting", new Json.Whole(standing.waiting()));
            standing.trouble().ifPresent(it -> fields.put("trouble", new Json.Str(it.words())));
            return new Json.Obj(fields);
        }

        private static Json json(Stream stream) {
            TreeMap<String, Json> fields = new TreeMap<>();
            fields.put("rate_ppm", ppm(stream.rate().rate()));
            fields.put("low_ppm", ppm(stream.rate().low()));
            fields.put("high_ppm", ppm(stream.rate().high()));
            fields.put("results", new Json.Whole(stream.results()));
            fields.put("missing", new Json.Whole(stream.missing()));
            return new Json.Obj(fields);
        }

        private static Json json(Segment segment) {
            TreeMap<String, Json> fields = new TreeMap<>();
            fields.put("fingerprint", new Json.Str(segment.fingerprint()));
            fields.put("since", new Json.Str(segment.since().toString()));
            fields.put("until", new Json.Str(segment.until().toString()));
            fields.put("drills", new Json.Whole(segment.drills()));
            segment.shares()
                    .forEach(
                            (kind, share) ->
                                    fields.put(
                                            kind.word(),
                                            new Json.Arr(
                                                    List.of(
                                                            new Json.Whole(share.refused()),
                                                            new Json.Whole(share.all())))));
            return new Json.Obj(fields);
        }

        private static Json ppm(double share) {
            return new Json.Whole(Math.round(1e6 * share));
        }

        private static String time(Instant at) {
            return at.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }
}
