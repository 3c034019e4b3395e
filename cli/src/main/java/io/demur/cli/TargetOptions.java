package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.eval.run.AnswerCache;
import io.demur.eval.run.PlayedModel;
import io.demur.eval.run.Rates;
import io.demur.eval.run.Recording;
import io.demur.eval.run.ServedModel;
import io.demur.eval.run.Target;
import io.demur.files.Input;
import io.demur.files.Nearest;
import io.demur.files.ReadOptions;
import io.demur.files.TextFile;
import io.demur.remote.ApiKey;
import io.demur.remote.ModelClient;
import io.demur.remote.ModelServer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whom a suite is asked: a model behind a server, one that is played, or a recording. */
final class TargetOptions {

    /** Demur at its usual address. */
    private static final String GATEWAY = "gateway";

    private static final String GATEWAY_ADDRESS = "http://127.0.0.1:8787";
    private static final String GATEWAY_KEY = "DEMUR_API_KEY";
    private static final int UNAUTHORIZED = 401;
    private static final int KNOCK_MILLIS = 10_000;
    private static final String REHEARSAL = "rehearsal";
    private static final String REPLAY = "replay";

    /** Where a key is looked for that nobody named. */
    private static final Map<String, String> USUAL_KEYS =
            Map.of(
                    "api.openai.com", "OPENAI_API_KEY",
                    "api.anthropic.com", "ANTHROPIC_API_KEY");

    @Option(
            names = "--target",
            paramLabel = "WHERE",
            description =
                    "Whom to ask: the URL of a server, `gateway` (this Demur) or `rehearsal` (a"
                            + " model that is played).")
    private @Nullable String target;

    @Option(names = "--model", paramLabel = "NAME", description = "As the target names it.")
    private @Nullable String model;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Take recorded answers instead of asking; --model says whose.")
    private @Nullable Path replay;

    @Option(
            names = "--api-key",
            paramLabel = "VARIABLE",
            description = "The environment variable with the key that the target wants.")
    private @Nullable String apiKey;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The file with the key that the target wants.")
    private @Nullable Path keyFile;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long one answer may take (default: 120).")
    private int wait;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Keep answers there, and ask nothing that is kept there.")
    private @Nullable Path cache;

    @Option(
            names = "--rates",
            paramLabel = "FILE",
            description = "What the rehearsal target does (default: what ships).")
    private @Nullable Path rates;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** Whether the user says whom to ask. */
    boolean given() {
        return target != null || replay != null;
    }

    /** Whether answers are taken from a recording. */
    boolean replays() {
        return replay != null;
    }

    /** Whether answers are kept for whoever asks the same. */
    boolean caches() {
        return cache != null;
    }

    /** What a run's plan says of it. */
    String place() {
        if (replay != null) {
            if (target != null) {
                throw wrong("--replay takes the place of --target; leave one of them out");
            }
            return REPLAY;
        }
        String named = target;
        if (named == null) {
            throw wrong("--target: whom to ask? a URL, `gateway` or `rehearsal`");
        }
        return named.equals(GATEWAY) || named.equals(REHEARSAL) ? named : server(named).toString();
    }

    /** The model's name; that of a recording may be found in it. */
    String model(String place) {
        if (model != null) {
            return model;
        }
        return switch (place) {
            case REHEARSAL -> Rehearsal.MODEL;
            case REPLAY -> "";
            default -> throw wrong("--model: which model of `%s`?".formatted(place));
        };
    }

    /**
     * Makes it.
     *
     * @param place as a plan says
     * @param model as a plan says
     * @param seed by which a played model decides
     */
    Target open(String place, String model, long seed) throws IOException {
        return switch (place) {
            case REHEARSAL -> {
                uncached("what is played costs nothing, and plays otherwise by other --rates");
                yield new PlayedModel(rates(), seed);
            }
            case REPLAY -> {
                uncached("a recording costs nothing, and lies there already");
                yield recording(model);
            }
            case GATEWAY -> {
                knock(GATEWAY_ADDRESS);
                yield cached(place, model, served(GATEWAY_ADDRESS, model));
            }
            default -> cached(place, model, served(place, model));
        };
    }

    /** No answer is kept that need not be paid for: what would answer otherwise has to be heard. */
    private void uncached(String why) {
        if (cache != null) {
            throw wrong("--cache: %s; leave it out".formatted(why));
        }
    }

    private Target cached(String place, String model, Target made) throws IOException {
        if (cache == null) {
            return made;
        }
        Files.createDirectories(cache);
        return new AnswerCache(cache, place, model, made);
    }

    private Target served(String address, String model) throws IOException {
        return new ServedModel(new ModelClient(server(address)), model);
    }

    /** Before anything is asked: a gateway may let this machine's programs in without a key. */
    private void knock(String address) {
        if (key(address).isEmpty()) {
            keyWanted(address)
                    .ifPresent(
                            message -> {
                                throw wrong(message);
                            });
        }
    }

    /** What to do where a gateway wants a key. Where nobody answers, it is the run that says so. */
    static Optional<String> keyWanted(String address) {
        try {
            if (NearbyHttp.get(address + "/v1/models", KNOCK_MILLIS).status() != UNAUTHORIZED) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(
                ("--target: the gateway at `%s` wants a key, and `%s` is not set; `demur admin key"
                                + " create` makes one, and --api-key or --key-file says where"
                                + " another is")
                        .formatted(address, GATEWAY_KEY));
    }

    private ModelServer server(String url) {
        try {
            return ModelServer.at(url, key(url), Duration.ofSeconds(Math.max(1, wait)));
        } catch (IllegalArgumentException e) {
            throw wrong("--target: " + e.getMessage());
        }
    }

    private Optional<ApiKey> key(String url) {
        try {
            if (keyFile != null) {
                return Optional.of(ApiKey.in(keyFile));
            }
            if (apiKey != null) {
                return Optional.of(ApiKey.from(apiKey, System::getenv));
            }
            return usualKey(url)
                    // this machine's own programs may need none
                    .filter(name -> !name.equals(GATEWAY_KEY) || System.getenv(name) != null)
                    .map(name -> ApiKey.from(name, System::getenv));
        } catch (IOException e) {
            throw wrong("--key-file: " + Guarded.words(e));
        }
    }

    /** A key goes to its maker's own host, whole, and never in clear. */
    static Optional<String> usualKey(String url) {
        if (url.equals(GATEWAY_ADDRESS)) {
            return Optional.of(GATEWAY_KEY);
        }
        try {
            URI at = URI.create(url);
            return "https".equalsIgnoreCase(at.getScheme()) && at.getHost() != null
                    ? Optional.ofNullable(USUAL_KEYS.get(at.getHost().toLowerCase(Locale.ROOT)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // it is said where the address is read
        }
    }

    private Rates rates() throws IOException {
        if (rates == null) {
            return Rates.shipped();
        }
        try {
            return Rates.parse(TextFile.read(rates));
        } catch (IllegalArgumentException e) {
            throw wrong("--rates: `%s`: %s".formatted(rates, e.getMessage()));
        }
    }

    private Recording recording(String model) {
        Path file = replay;
        if (file == null) {
            throw wrong("--replay: which recording?");
        }
        List<Problem> problems = new ArrayList<>();
        Optional<String> wanted = model.isEmpty() ? Optional.empty() : Optional.of(model);
        Recording read = Recording.read(Input.of(file), ReadOptions.AUTO, wanted, problems);
        ProblemPrinter.print(Objects.requireNonNull(spec).commandLine().getErr(), problems);
        if (wanted.isEmpty() ? read.models().size() > 1 : !read.models().contains(model)) {
            throw wrong(
                    "--model: `%s` holds answers of %s"
                            .formatted(
                                    file,
                                    read.models().isEmpty()
                                            ? "nobody it names"
                                            : Nearest.list(read.models())));
        }
        return read;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
