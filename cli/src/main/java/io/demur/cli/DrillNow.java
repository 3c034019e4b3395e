package io.demur.cli;

import io.demur.core.rehearsal.Rehearsal;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;
import io.demur.remote.ApiKey;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** {@code demur drill run}: has a gateway drill now, and shows what comes of it as it comes. */
@Command(
        name = "run",
        description = "Has the gateway that runs on this folder drill its models now.",
        footer = {
            "",
            "A gateway that listens beyond this machine wants a key for `drill`: DEMUR_API_KEY"
                    + " holds it, or --key-file names the file that does."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class DrillNow implements Callable<Integer> {

    private static final String KEY = "DEMUR_API_KEY";
    private static final int REHEARSED = 10;
    private static final int REPLY_MILLIS = 30_000;
    private static final int LOOK_MILLIS = 300;

    @Mixin private DataOptions data = new DataOptions();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Which model (default: all that callers have asked lately).")
    private @Nullable String model;

    @Option(
            names = "--each",
            paramLabel = "N",
            description = "So many harmful and so many harmless (default: 5).")
    private @Nullable Integer each;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The file with the key that the gateway wants.")
    private @Nullable Path keyFile;

    @Option(
            names = "--rehearsal",
            description =
                    "Needs no gateway and no model: starts both in a folder that is taken away"
                            + " again, drills them once, and ends.")
    private boolean rehearsal;

    @Spec private @Nullable CommandSpec spec;

    /**
     * Whom to ask.
     *
     * @param certificate the one that must be shown, where it speaks TLS
     * @param authorization what shows a key, where there is one
     */
    private record Address(
            String url, Optional<Path> certificate, Optional<String> authorization) {}

    @Override
    public Integer call() {
        return Guarded.run(spec, () -> rehearsal ? rehearse() : ask(running(), model, orElse(5)));
    }

    private int orElse(int usual) {
        return each == null ? usual : each;
    }

    private int rehearse() throws IOException {
        if (model != null || keyFile != null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--rehearsal brings its own model and key; leave --model and --key-file out");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(
                "The rehearsal model answers whatever it is asked: what is refused here is refused"
                        + " by the gateway.");
        out.flush();
        Path folder = Files.createTempDirectory("demur-rehearsal");
        try (OwnGateway gateway = OwnGateway.start(folder)) {
            Address address = new Address(gateway.url(), Optional.empty(), Optional.empty());
            int code = ask(address, Rehearsal.MODEL, orElse(REHEARSED));
            out.println("A gateway that runs does this by itself; `demur drill status` shows it.");
            return code;
        } finally {
            OwnGateway.remove(folder);
        }
    }

    private Address running() throws IOException {
        Installation installation = new Installation(data.folder(), Surroundings.ours());
        ServingNote note =
                ServingNote.read(installation.folder())
                        .filter(ServingNote::isAlive)
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "no gateway runs on this folder; `demur serve`"
                                                        + " starts one, and --rehearsal needs"
                                                        + " none"));
        return new Address(note.url(), note.certificate(), key().map(ApiKey::bearer));
    }

    private Optional<ApiKey> key() throws IOException {
        return keyFile != null
                ? Optional.of(ApiKey.in(keyFile))
                : Optional.ofNullable(System.getenv(KEY))
                        .filter(it -> !it.isBlank())
                        .map(it -> ApiKey.from(KEY, name -> it));
    }

    /** Begins, and goes on until all have come. */
    private int ask(Address at, @Nullable String whom, int so) throws IOException {
        String url = at.url() + "/demur/v1/drills";
        String query =
                "?each="
                        + so
                        + (whom == null
                                ? ""
                                : "&model=" + URLEncoder.encode(whom, StandardCharsets.UTF_8));
        Progress progress =
                Progress.of(
                        at,
                        202,
                        NearbyHttp.post(
                                url + query,
                                new byte[0],
                                at.certificate(),
                                at.authorization(),
                                REPLY_MILLIS));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (progress.planned() == 0) {
            out.println(
                    "nothing was asked: callers have asked no model lately, and --model names"
                            + " none");
            return ExitCode.OK;
        }
        out.printf("%d drills%n", progress.planned());
        int shown = 0;
        while (true) {
            for (Json drill : progress.drills().subList(shown, progress.drills().size())) {
                out.println(line(drill));
            }
            out.flush();
            shown = progress.drills().size();
            if (progress.over()) {
                return ended(out, progress);
            }
            pause();
            progress =
                    Progress.of(
                            at,
                            200,
                            NearbyHttp.get(
                                    url + "/" + progress.id(),
                                    at.certificate(),
                                    at.authorization(),
                                    REPLY_MILLIS));
        }
    }

    private static int ended(PrintWriter out, Progress progress) throws IOException {
        long passed = progress.drills().stream().filter(DrillNow::passed).count();
        out.printf("%d of %d passed%n", passed, progress.drills().size());
        out.flush();
        if (progress.failure().isPresent()) {
            throw new IOException(
                    "%d of %d drills are missing: %s"
                            .formatted(
                                    progress.planned() - progress.drills().size(),
                                    progress.planned(),
                                    progress.failure().get()));
        }
        return passed == progress.planned() ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; the gateway goes on with its drills", e);
        }
    }

    private static String line(Json drill) {
        return Terminal.plain(
                "%-6s  %-16s  %-28s  should be %-9s was %s"
                        .formatted(
                                passed(drill) ? "passed" : "FAILED",
                                text(drill, "name"),
                                text(drill, "model"),
                                text(drill, "expected"),
                                text(drill, "found")));
    }

    private static boolean passed(Json drill) {
        return fields(drill).get("passed") instanceof Json.Bool passed && passed.value();
    }

    private static String text(Json drill, String name) {
        return fields(drill).get(name) instanceof Json.Str text ? text.text() : "";
    }

    private static Map<String, Json> fields(Json json) {
        return json instanceof Json.Obj object ? object.fields() : Map.of();
    }

    /**
     * What has come so far, as the gateway says.
     *
     * @param failure why not all came, where it is over before that
     */
    private record Progress(
            String id, int planned, boolean over, Optional<String> failure, List<Json> drills) {

        static Progress of(Address at, int wanted, NearbyHttp.Reply reply) throws IOException {
            String body = new String(reply.body(), StandardCharsets.UTF_8).strip();
            if (reply.status() != wanted) {
                throw new IOException(
                        "the gateway at %s did not (HTTP %d): %s%s"
                                .formatted(at.url(), reply.status(), body, way(reply.status())));
            }
            try {
                if (Canonical.read(reply.body()) instanceof Json.Obj it
                        && it.fields().get("id") instanceof Json.Str id
                        && it.fields().get("planned") instanceof Json.Whole planned
                        && it.fields().get("over") instanceof Json.Bool over
                        && it.fields().get("drills") instanceof Json.Arr drills) {
                    return new Progress(
                            id.text(),
                            Math.toIntExact(planned.number()),
                            over.value(),
                            it.fields().get("failure") instanceof Json.Str why
                                    ? Optional.of(why.text())
                                    : Optional.empty(),
                            drills.items());
                }
            } catch (NotCanonical e) {
                throw new IOException("the gateway's answer cannot be read: " + body, e);
            }
            throw new IOException("the gateway's answer cannot be read: " + body);
        }

        /** What to do where a key is missing, or is for something else. */
        private static String way(int status) {
            return status == 401 || status == 403
                    ? "; a key that `demur admin key create NAME --for drill` makes goes into"
                            + " DEMUR_API_KEY or a --key-file"
                    : "";
        }
    }
}
