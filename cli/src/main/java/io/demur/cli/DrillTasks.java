package io.demur.cli;

import io.demur.gateway.drill.Planned;
import io.demur.gateway.drill.Stream;
import io.demur.gateway.drill.Watch;
import io.demur.log.note.Malformed;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;
import io.demur.store.AccessBook;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** What {@code demur drill} can be told to do. */
final class DrillTasks {

    private static final int WITHIN_MILLIS = 1_800_000;

    private DrillTasks() {}

    @Command(
            name = "run",
            description = "Has the gateway that runs on this folder drill its models now.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Now implements Callable<Integer> {

        @Mixin private DataOptions data = new DataOptions();

        @Option(
                names = "--model",
                paramLabel = "NAME",
                description = "Which model (default: all that callers have asked lately).")
        private @Nullable String model;

        @Option(
                names = "--each",
                paramLabel = "N",
                defaultValue = "5",
                description = "So many harmful and so many harmless (default: ${DEFAULT-VALUE}).")
        private int each;

        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            return Guarded.run(spec, this::run);
        }

        private int run() throws IOException {
            Installation installation = new Installation(data.folder(), Surroundings.ours());
            ServingNote note =
                    ServingNote.read(installation.folder())
                            .filter(ServingNote::isAlive)
                            .orElseThrow(
                                    () ->
                                            new IOException(
                                                    "no gateway runs on this folder; `demur serve`"
                                                            + " starts one"));
            String url = note.url() + "/demur/v1/drills?each=" + each;
            if (model != null) {
                url += "&model=" + URLEncoder.encode(model, StandardCharsets.UTF_8);
            }
            NearbyHttp.Reply reply =
                    NearbyHttp.post(url, new byte[0], note.certificate(), WITHIN_MILLIS);
            String body = new String(reply.body(), StandardCharsets.UTF_8);
            if (reply.status() != 200) {
                throw new IOException(
                        "the gateway at %s did not (HTTP %d): %s"
                                .formatted(note.url(), reply.status(), body.strip()));
            }
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            int failed = print(out, body, reply.body());
            out.flush();
            return failed == 0 ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
        }

        private static int print(PrintWriter out, String body, byte[] bytes) throws IOException {
            try {
                int failed = 0;
                int all = 0;
                for (Json each : drills(Canonical.read(bytes))) {
                    Map<String, Json> drill = ((Json.Obj) each).fields();
                    boolean passed =
                            drill.get("passed") instanceof Json.Bool given && given.value();
                    failed += passed ? 0 : 1;
                    all++;
                    out.println(
                            Terminal.plain(
                                    "%-6s  %-16s  %-28s  should be %-9s was %s"
                                            .formatted(
                                                    passed ? "passed" : "FAILED",
                                                    text(drill, "name"),
                                                    text(drill, "model"),
                                                    text(drill, "expected"),
                                                    text(drill, "found"))));
                }
                out.println(
                        all == 0
                                ? "nothing was asked: callers have asked no model lately, and"
                                        + " --model names none"
                                : "%d of %d passed".formatted(all - failed, all));
                return failed;
            } catch (NotCanonical | ClassCastException e) {
                throw new IOException("the gateway's answer cannot be read: " + body.strip(), e);
            }
        }

        private static List<Json> drills(Json whole) {
            return whole instanceof Json.Obj all
                            && all.fields().get("drills") instanceof Json.Arr drills
                    ? drills.items()
                    : List.of();
        }

        private static String text(Map<String, Json> drill, String name) {
            return drill.get(name) instanceof Json.Str text ? text.text() : "";
        }
    }

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
                say("%s", Canonical.text(json(known)));
            } else {
                print(known);
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
                model.fingerprints()
                        .forEach((print, count) -> say("  answered as `%s`: %d", print, count));
            }
            if (!known.alarms().isEmpty()) {
                say("");
                known.alarms()
                        .forEach(told -> say("%s  %s", time(told.at()), told.alarm().words()));
            }
        }

        private static Json json(Watch.Snapshot known) {
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
            TreeMap<String, Json> models = new TreeMap<>();
            for (Watch.State model : known.models()) {
                TreeMap<String, Json> streams = new TreeMap<>();
                model.streams().forEach((kind, stream) -> streams.put(kind.word(), json(stream)));
                models.put(model.model(), new Json.Obj(streams));
            }
            fields.put("models", new Json.Obj(models));
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

        private static Json ppm(double share) {
            return new Json.Whole(Math.round(1e6 * share));
        }

        private static String time(Instant at) {
            return at.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }
}
