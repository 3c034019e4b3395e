package io.demur.cli;

import io.demur.core.access.KeyText;
import io.demur.core.charter.Charter;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.memory.Bounds;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderAnswers;
import io.demur.encoder.EncoderHarm;
import io.demur.encoder.EncoderScope;
import io.demur.encoder.EncoderSubject;
import io.demur.files.serve.ServeConfig;
import io.demur.gateway.Gateway;
import io.demur.gateway.GatewaySettings;
import io.demur.gateway.Refusals;
import io.demur.gateway.judge.Judgements;
import io.demur.gateway.judge.Judges;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.profile.Profile;
import io.demur.gateway.profile.Profiles;
import io.demur.gateway.rehearsal.WithRehearsal;
import io.demur.gateway.review.JudgeReader;
import io.demur.gateway.review.OffloadedReader;
import io.demur.gateway.review.Reader;
import io.demur.gateway.review.Reviewing;
import io.demur.gateway.review.Reviews;
import io.demur.gateway.upstream.Discovery;
import io.demur.gateway.upstream.Models;
import io.demur.gateway.upstream.ServedModels;
import io.demur.gateway.upstream.UpstreamSettings;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.record.policy.InForce;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Builds a gateway of an installation, says where it is, and waits until it is to stop. */
final class Server {

    private static final int JUDGING_ROOM = 256;
    private static final int LONG_THREADS =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final System.Logger LOGGER = System.getLogger(Server.class.getName());

    private static final int DISCOVERY_SECONDS = 15;
    private static final long LOOK_AGAIN_MILLIS = 30_000;

    private final Installation installation;
    private final Surroundings surroundings;
    private final PrintWriter out;
    private final String said;

    /**
     * What the command line says before the configuration.
     *
     * @param rehearsal whether the rehearsal model is there
     * @param lines whether each exchange is a line on standard error
     */
    record Overrides(
            Optional<String> host, Optional<Integer> port, boolean rehearsal, boolean lines) {}

    /**
     * A gateway of an installation.
     *
     * @param said what has to be said behind a command so that it works on the same one
     */
    Server(Installation installation, Surroundings surroundings, PrintWriter out, String said) {
        this.installation = installation;
        this.surroundings = surroundings;
        this.out = out;
        this.said = said;
    }

    /** Serves until the process is told to stop. */
    @SuppressWarnings("try") // the lines of the program's log are only to be taken back at the end
    int run(ServeConfig config, Overrides overrides)
            throws IOException, LogRefused, Malformed, StoreFailed, StoreRefused {
        Begun begun = begin();
        GatewaySettings settings = settings(config, overrides);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        try (LogLines lines = LogLines.install();
                Stopping stopping = Stopping.listen();
                Offload offload =
                        new Offload(
                                "demur-judge",
                                Runtime.getRuntime().availableProcessors(),
                                JUDGING_ROOM);
                Offload lengthy = new Offload("demur-judge-long", LONG_THREADS, JUDGING_ROOM);
                Serving serving = Serving.open(installation, surroundings.clock())) {
            Optional<String> keyless = Optional.empty();
            if (config.keyless().isPresent()) {
                keyless = serving.principal(config.keyless().get());
                if (keyless.isEmpty()) {
                    throw new IOException(
                            "`keyless`: there is no principal `%s`; see `demur admin principal"
                                            .formatted(config.keyless().get())
                                    + " list`");
                }
            }
            boolean probing = config.profiles().orElse(true);
            Profiles profiles = probing ? profiles() : new Profiles(List.of(), all -> {});
            try (ServedModels served = served(vertx, config, settings, profiles)) {
                Models models =
                        overrides.rehearsal()
                                ? new WithRehearsal(
                                        served, Rehearsal.shipped(), surroundings.clock())
                                : served;
                ServedDrills drills = serving.drills(installation, config);
                Judgements judgements = judging(serving, offload, lengthy);
                try (Gateway gateway =
                        Gateway.start(
                                vertx,
                                settings,
                                serving.foundations(models, judgements, reviewing(offload), keyless)
                                        .with(serving.incidents(config))
                                        .with(
                                                serving.running(
                                                        served,
                                                        offload,
                                                        lengthy,
                                                        overrides.lines()))
                                        .with(drills.drills())
                                        .with(serving.redress(installation, judgements)))) {
                    // once it listens, so that a start that fails does not cost the one showing
                    Optional<KeyText> first = serving.firstKey();
                    if (probing) {
                        // in the background, and as patient as it is late
                        var unused =
                                vertx.deployVerticle(
                                        serving.prober(served, profiles, offload),
                                        new DeploymentOptions()
                                                .setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
                    }
                    drills.begin(vertx, serving, models, settings, gateway.port());
                    serve(
                            gateway,
                            settings,
                            () -> {
                                say(serving, settings, gateway.port(), models, first, begun);
                                stopping.await();
                            });
                }
            }
        }
        return ExitCode.OK;
    }

    /** Lets other programs of this machine know where it is, as long as it is there. */
    private void serve(Gateway gateway, GatewaySettings settings, Runnable until)
            throws IOException {
        ServingNote note =
                ServingNote.ours(
                        settings.host(),
                        gateway.port(),
                        settings.tls().map(GatewaySettings.Tls::certificate));
        note.write(installation.folder());
        try {
            until.run();
        } finally {
            note.remove(installation.folder());
        }
    }

    /** What an installation lacked, in words. */
    private record Begun(String what) {}

    /** Makes what an empty folder lacks. */
    private Begun begin() throws IOException, LogRefused, Malformed, StoreFailed {
        boolean begun = !InitCommand.isComplete(installation);
        if (begun) {
            InitCommand.make(installation, Optional.empty(), "demur serve");
        }
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            if (!session.keeper().history().isEmpty()) {
                return new Begun(begun ? "what was missing of keys, log and store" : "");
            }
        }
        FirstPolicy.put(installation, surroundings).forEach(this::notInForce);
        return new Begun((begun ? "keys, a log, a store, and " : "") + "the default policy");
    }

    /** A document that somebody has laid there is not what is decided by; that is said plainly. */
    private void notInForce(Path document) {
        String file = Terminal.plain(document);
        out.printf(
                "`%s` was there already and is NOT in force: the default is. This puts it in force:"
                        + "%n%n  demur policy sign %s%s%n  demur policy activate %s%s%n%n",
                file, file, said, file.replaceFirst("\\.yaml$", ".note"), said);
    }

    private static GatewaySettings settings(ServeConfig config, Overrides overrides) {
        GatewaySettings usual = GatewaySettings.USUAL;
        int body = config.bodyBytesMax().orElse(usual.bodyBytesMax());
        GatewaySettings.Intake intake = GatewaySettings.Intake.usual(body);
        return new GatewaySettings(
                overrides.host().or(config::host).orElse(usual.host()),
                overrides.port().or(config::port).orElse(usual.port()),
                usual.instances(),
                body,
                usual.bodyWithin(),
                usual.answeredWithin(),
                config.stopWithin().orElse(usual.stopWithin()),
                config.structured().orElse(false) ? Refusals.Form.STRUCTURED : Refusals.Form.TURN,
                config.tls()
                        .map(
                                it ->
                                        new GatewaySettings.Tls(
                                                Path.of(it.certificate()), Path.of(it.key()))),
                config.address().map(URI::toString),
                config.connectionsMax().map(intake::withConnections).orElse(intake));
    }

    /** What is known of local models, kept in the data folder. */
    private Profiles profiles() {
        return new Profiles(
                ProfileFile.read(installation.folder()),
                all -> {
                    try {
                        ProfileFile.write(installation.folder(), all);
                    } catch (IOException e) {
                        LOGGER.log(
                                Level.WARNING,
                                "profiles of models are not kept: {0}",
                                Guarded.words(e));
                    }
                });
    }

    /** The servers that are configured; where none is, those that are found on this machine. */
    private ServedModels served(
            Vertx vertx, ServeConfig config, GatewaySettings settings, Profiles profiles)
            throws IOException {
        List<UpstreamSettings> servers = new ArrayList<>(ConfiguredServers.of(config));
        if (servers.isEmpty()) {
            await(Discovery.look(vertx, Discovery.USUAL, Set.of(settings.port())))
                    .forEach(found -> servers.add(found.server()));
        }
        ServedModels served =
                new ServedModels(vertx, servers, surroundings.clock(), Optional.of(profiles));
        refresh(served);
        // a server that is started later, or has another model by then
        vertx.setPeriodic(
                LOOK_AGAIN_MILLIS,
                timer -> {
                    var unused = served.refresh();
                });
        return served;
    }

    /** Whoever does not answer in time is asked again later; the gateway does not wait for it. */
    private static void refresh(ServedModels served) {
        try {
            await(served.refresh());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e.getMessage());
        }
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws IOException {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(DISCOVERY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("not all servers of models have said which models they have", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Judgements judging(Serving serving, Offload offload, Offload lengthy)
            throws StoreFailed {
        Judges judges = Judges.quickAlone();
        if (Encoder.isShipped()) {
            judges =
                    judges.with(new EncoderHarm(Encoder.shipped()))
                            .with(scope -> new EncoderScope(Encoder.shipped(), scope));
        }
        Judgements judgements =
                new Judgements(
                        judges,
                        Judgements.key(serving.keys().pseudonyms().getFirst()),
                        Bounds.USUAL,
                        serving.refusals(),
                        offload,
                        lengthy);
        serving.metrics().judges(judgements::lost);
        return judgements;
    }

    private static Reviewing reviewing(Offload offload) {
        LinearAnswerJudge quick = LinearAnswerJudge.shipped();
        Reader reader = new JudgeReader(quick, LinearHarm.shipped());
        if (!Encoder.isShipped()) {
            return new Reviews(reader, Optional.empty());
        }
        Encoder encoder = Encoder.shipped();
        Reader second =
                JudgeReader.second(
                        quick,
                        new EncoderAnswers(encoder, quick),
                        new EncoderSubject(encoder),
                        EncoderSubject::reads);
        return new Reviews(
                reader, Optional.of(new OffloadedReader(second, offload, Judges.PATIENCE)));
    }

    private void say(
            Serving serving,
            GatewaySettings settings,
            int port,
            Models models,
            Optional<KeyText> key,
            Begun begun) {
        String at =
                "http%s://%s:%d"
                        .formatted(settings.tls().isPresent() ? "s" : "", settings.host(), port);
        if (!begun.what().isEmpty()) {
            out.printf(
                    "Began in `%s`: %s.%n%n",
                    Terminal.plain(installation.folder().root()), begun.what());
        }
        out.printf("Demur listens at %s%n%n", at);
        out.printf("  OpenAI      %s/v1%n", at);
        out.printf("  Anthropic   %s%n", at);
        out.printf("  Ollama      %s (or %s/k/KEY, for clients that show no key)%n", at, at);
        out.printf(
                "  models      %s%n",
                models.names().isEmpty() ? "none as yet" : String.join(", ", models.names()));
        for (Profile profile :
                models.names().stream()
                        .flatMap(it -> models.profiles(it).stream())
                        .distinct()
                        .toList()) {
            out.printf("  profile     %s %s%n", profile.subject().model(), profile.words());
        }
        switch (serving.keeper().inForce()) {
            case InForce.Active active -> policy(active.charter(), active.settingUp());
            case InForce.RefuseAll none ->
                    out.printf(
                            "  policy      none in force: everything is refused; see `demur policy"
                                    + " status%s`%n",
                            said);
        }
        if (models.names().isEmpty()) {
            out.printf(
                    "%nNo server of models was found on this machine. Name one in `%s`:%n%n",
                    Terminal.plain(installation.folder().root().resolve("demur.yaml")));
            out.println("  upstreams:");
            out.println("    - {name: ollama, kind: ollama, url: \"http://127.0.0.1:11434\"}");
            out.printf("%nor try `demur serve --rehearsal`, which brings a model of its own.%n");
        }
        key.ifPresent(
                text ->
                        out.printf(
                                "%nA key to ask with, which is shown this once:%n%n  %s%n%n"
                                        .concat(
                                                "More: `demur admin key create local --model"
                                                        + " '*'%s`; taken back: `demur admin key"
                                                        + " revoke %s%s`.%n"),
                                text.text(),
                                said,
                                text.id(),
                                said));
        out.flush();
    }

    private void policy(Charter charter, boolean settingUp) {
        out.printf(
                "  policy      %s, posture %d%s%n",
                charter.name(),
                charter.policy().posture().level(),
                settingUp
                        ? "; still being set up: `demur policy seal%s` ends that".formatted(said)
                        : "");
    }
}
