package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.charter.Settings;
import io.demur.files.serve.Secrets;
import io.demur.files.serve.ServeConfig;
import io.demur.files.serve.ServeFile;
import io.demur.gateway.drill.Watch;
import io.demur.log.note.Malformed;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.policy.InForce;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code demur doctor}: whether it holds what it is there for. */
@Command(
        name = "doctor",
        description = {
            "Looks whether models can be reached around the gateway, and whether keys, policy, log,"
                    + " clock and disk are as they should be. Changes nothing.",
            "Exits with 1 where something is bad.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class DoctorCommand implements Callable<Integer> {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final int READY_MILLIS = 5_000;

    @Mixin private DataOptions data = new DataOptions();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: demur.yaml in the data folder, if there).")
    private @Nullable Path config;

    @Option(names = "--json", description = "Writes one line of JSON rather than lines of text.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    private final Surroundings surroundings;
    private final List<Finding> findings = new ArrayList<>();

    /** As the program runs it. */
    DoctorCommand() {
        this(Surroundings.ours());
    }

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        return Guarded.run(spec, this::examine);
    }

    /** One thing to look at. */
    @FunctionalInterface
    private interface Look {
        List<Finding> findings() throws IOException, Malformed, StoreFailed;
    }

    /** What cannot be looked at is bad, and hides nothing of the rest. */
    private void look(String topic, Look look) {
        try {
            findings.addAll(look.findings());
        } catch (IOException | Malformed | StoreFailed | RuntimeException e) {
            findings.add(
                    Finding.bad(
                            topic,
                            "it cannot be looked at: " + Guarded.words(e),
                            "mend that, or run this as the user that serves"));
        }
    }

    private int examine() throws IOException {
        Installation installation = new Installation(data.folder(), surroundings);
        Path root = installation.folder().root();
        if (!Files.isDirectory(installation.folder().log())) {
            throw new IOException(
                    "`%s` holds no installation; `demur serve` begins one".formatted(root));
        }
        Instant now = surroundings.clock().instant();
        Optional<Path> file =
                Optional.ofNullable(config)
                        .or(() -> Optional.of(root.resolve("demur.yaml")))
                        .filter(Files::exists);
        ServeConfig read = config(file);
        String text = file.isPresent() ? Files.readString(file.get()) : "";
        DoctorFolder folder = new DoctorFolder(installation, now);
        DoctorWays ways =
                new DoctorWays(read, surroundings, name -> text.contains("${env:" + name + "}"));
        look("gateway", () -> List.of(gateway(installation)));
        look("keyless", () -> keyless(read));
        look("policy", () -> policy(installation));
        look("profiles", () -> profiles(installation, read));
        look("bypass", ways::servers);
        look("keys", () -> ways.keys(Path.of("")));
        look("keys", () -> secrets(text));
        look("modes", () -> folder.modes(file, surroundings.signingKeys()));
        look("log", () -> folder.log(witnesses(installation)));
        look("access", () -> DoctorAccess.findings(installation, now));
        look("drills", () -> List.of(drills(installation, now)));
        look("alarms", () -> DoctorAlarms.of(read, installation.folder(), now));
        look("disk", () -> List.of(folder.disk()));
        DoctorUsage[] usage = {new DoctorUsage()};
        look(
                "usage",
                () -> {
                    usage[0] = DoctorUsage.read(installation);
                    List<Finding> found = new ArrayList<>(List.of(usage[0].finding()));
                    found.addAll(DoctorCounts.of(DoctorWays.servers(read), usage[0]));
                    return found;
                });
        look("clock", () -> List.of(folder.clock(usage[0].last())));
        print(usage[0]);
        return findings.stream().anyMatch(it -> it.grade() == Finding.Grade.BAD)
                ? ExitCode.PROBLEMS_FOUND
                : ExitCode.OK;
    }

    /** What can be read of it: secrets that are the gateway's alone may be out of reach here. */
    private ServeConfig config(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return ServeConfig.NONE;
        }
        List<Problem> problems = new ArrayList<>();
        Optional<ServeConfig> read =
                ServeFile.read(
                        file.get().toString(),
                        Files.readAllBytes(file.get()),
                        new Secrets(name -> Optional.of("unread"), name -> Optional.of("unread")),
                        problems);
        for (Problem problem : problems) {
            findings.add(
                    Finding.bad("config", problem.toString(), "`demur serve` does not begin so"));
        }
        return read.orElse(ServeConfig.NONE);
    }

    /** Whether drills go on, and what they have shown of late. */
    private static Finding drills(Installation installation, Instant now)
            throws IOException, StoreFailed, Malformed {
        Watch.Snapshot known;
        try (StoreSession session = StoreSession.openBehind(installation, "demur doctor")) {
            known = session.drills().snapshot();
        }
        Optional<Watch.Told> last =
                known.alarms().stream()
                        .filter(it -> it.at().plus(Duration.ofDays(7)).isAfter(now))
                        .reduce((one, other) -> other);
        if (last.isPresent()) {
            return Finding.bad(
                    "drills", last.get().alarm().words(), "`demur drill status` says more");
        }
        if (known.drills() == 0) {
            return Finding.warn(
                    "drills",
                    "there was none as yet",
                    "`demur drill run` asks a gateway that runs");
        }
        return known.passed().filter(it -> it.plus(Duration.ofDays(1)).isAfter(now)).isPresent()
                ? Finding.ok("drills", "the last one passed at " + known.passed().get())
                : Finding.warn(
                        "drills",
                        "none has passed for a day",
                        "a gateway drills models that callers ask: see `demur drill status`");
    }

    /** How local models refused when they were probed. */
    private static List<Finding> profiles(Installation installation, ServeConfig config) {
        if (!config.profiles().orElse(true)) {
            return List.of(
                    Finding.warn(
                            "profiles",
                            "local models are not probed: those that the policy does not name have"
                                    + " the strictest class",
                            "take `profiles: off` out of the configuration, or name them"));
        }
        return ProfileFile.read(installation.folder()).stream()
                .map(
                        it ->
                                it.refusesEnough()
                                        ? Finding.ok(
                                                "profiles",
                                                "`%s` %s"
                                                        .formatted(
                                                                it.subject().model(), it.words()))
                                        : Finding.warn(
                                                "profiles",
                                                "`%s` %s, which is too few for any but the"
                                                                .formatted(
                                                                        it.subject().model(),
                                                                        it.words())
                                                        + " strictest class",
                                                "name its class in the policy if you know better"))
                .toList();
    }

    /** Nothing here can see whether a proxy of this machine passes strangers on. */
    private static List<Finding> keyless(ServeConfig config) {
        return config.keyless().stream()
                .map(
                        who ->
                                Finding.warn(
                                        "keyless",
                                        "whoever sends from this machine without a key is `%s`; so"
                                                        .formatted(who)
                                                + " is everybody behind a proxy of this machine"
                                                + " that names no client",
                                        "where others reach this machine through a proxy or a"
                                                + " tunnel, take `keyless` out of demur.yaml"))
                .toList();
    }

    private static List<Finding> secrets(String text) throws IOException {
        List<Finding> found = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            Path path = Path.of(matcher.group(2));
            if (matcher.group(1).equals("file") && Files.exists(path) && Modes.isOpen(path)) {
                found.add(
                        Finding.bad(
                                "keys",
                                "`%s`, which holds a provider's key, is open to others (%s)"
                                        .formatted(path, Modes.said(path)),
                                "chmod go= '%s', and have the provider give another"
                                        .formatted(path)));
            }
        }
        return found;
    }

    private static Finding gateway(Installation installation) {
        Optional<ServingNote> note = ServingNote.read(installation.folder());
        if (note.isEmpty() || !note.get().isAlive()) {
            return Finding.warn(
                    "gateway",
                    note.isEmpty()
                            ? "none runs on this folder"
                            : "none runs on this folder, and the last one was killed",
                    "`demur serve` starts it");
        }
        String url = note.get().url();
        try {
            NearbyHttp.Reply reply =
                    NearbyHttp.get(url + "/readyz", note.get().certificate(), READY_MILLIS);
            if (reply.status() != 200) {
                return Finding.bad(
                        "gateway",
                        "%s is not ready: %s"
                                .formatted(url, new String(reply.body(), StandardCharsets.UTF_8)),
                        "nothing is answered until that is mended");
            }
        } catch (IOException e) {
            return Finding.bad(
                    "gateway",
                    "%s does not answer: %s".formatted(url, e.getMessage()),
                    "look at what it wrote to standard error");
        }
        return note.get().certificate().isEmpty() && !note.get().isLoopback()
                ? Finding.warn(
                        "gateway",
                        "%s is ready; it listens at `%s` without TLS"
                                .formatted(url, note.get().listens()),
                        "keys travel in the clear: configure `tls`, or a proxy that has it")
                : Finding.ok("gateway", url + " is ready");
    }

    private List<Finding> policy(Installation installation) throws IOException, Malformed {
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            return switch (session.keeper().inForce()) {
                case InForce.RefuseAll none ->
                        List.of(
                                Finding.bad(
                                        "policy",
                                        "none is in force: "
                                                + (none.problems().isEmpty()
                                                        ? "no reason is known"
                                                        : none.problems().getFirst().message()),
                                        "see `demur policy status%s`".formatted(data.said())));
                case InForce.Active active ->
                        List.of(
                                Finding.ok("policy", StatementWords.name(active) + " is in force"),
                                active.settingUp()
                                        ? Finding.warn(
                                                "seal",
                                                "the set-up phase goes on: one author changes all"
                                                        + " of it alone",
                                                "`demur policy seal%s` ends that"
                                                        .formatted(data.said()))
                                        : Finding.ok("seal", "the policy is sealed"));
            };
        }
    }

    /** Those that the policy in force names; nothing where none is. */
    private Settings.Witnesses witnesses(Installation installation) throws IOException, Malformed {
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            return session.keeper().inForce() instanceof InForce.Active active
                    ? active.charter().settings().witnesses()
                    : new Settings.Witnesses(Set.of(), 0);
        }
    }

    private void print(DoctorUsage usage) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            TreeMap<String, Json> fields = new TreeMap<>();
            fields.put(
                    "findings", new Json.Arr(findings.stream().<Json>map(Finding::json).toList()));
            fields.put("usage", usage.json());
            out.println(Canonical.text(new Json.Obj(fields)));
        } else {
            findings.forEach(it -> out.println(Terminal.plain(it.line())));
        }
        out.flush();
    }
}
