package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;

import io.demur.core.StopReason;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.keep.Keeping.Filed;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.probe.Prober;
import io.demur.gateway.profile.Profile;
import io.demur.gateway.profile.Profiles;
import io.demur.gateway.profile.Subject;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.ServedModels.Local;
import io.demur.record.DataFolder;
import io.demur.record.Trail;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Usage;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What local models are asked to see how they refuse is counted like everything else. */
class DoctorProbesTest {

    private static final int READ = 7;

    /** One answer, with the tokens that it was. */
    private static final class Counting implements Answer {

        @Override
        public List<Event> next() {
            return List.of(
                    new Event.Began("", "m"),
                    new Event.Text("I cannot help with that."),
                    new Event.Counted(Usage.of(READ, 5)),
                    Event.Stop.of(StopReason.END));
        }

        @Override
        public String server() {
            return "near";
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }

    private static InForce.Active policy() {
        Charter charter =
                new Charter(
                        "test",
                        Policy.at(Policy.defaultPosture()),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        new Models(Map.of(), ModelClass.LOCAL),
                        Wording.NONE,
                        Settings.USUAL,
                        Optional.empty());
        return new InForce.Active(charter, "0".repeat(64), 1, Optional.empty(), false);
    }

    private static Kept kept() {
        return new Kept(
                Kept.Mode.HASH_ONLY,
                0,
                Commitment.to(new byte[Commitment.SALT_BYTES], new byte[0]),
                Optional.empty());
    }

    /** Probes the model whose answers count themselves, until its profile is there. */
    private static Profile probed(Trail trail) throws Exception {
        InstantSource clock = InstantSource.system();
        CompletableFuture<Profile> found = new CompletableFuture<>();
        Profiles profiles = new Profiles(List.of(), all -> found.complete(all.getFirst()));
        Local near = new Local(new Subject("near", "m", ""), it -> new Counting(), () -> false);
        Vertx vertx = Vertx.vertx();
        try (Offload offload = new Offload("profiles", 1, 8)) {
            Prober prober =
                    new Prober(
                            new Gate(trail, clock),
                            (attempt, part, subject, body, retention, beside) ->
                                    CompletableFuture.completedFuture(
                                            new Filed(
                                                    kept(),
                                                    CompletableFuture.completedFuture(kept()))),
                            new StopReasonDetector(LinearJudge.shipped()),
                            new Ids(clock, new SecureRandom()),
                            clock,
                            new Prober.As("sub_x", DoctorProbesTest::policy),
                            () -> List.of(near),
                            profiles,
                            offload,
                            new Prober.Pace(
                                    Duration.ofMillis(1),
                                    Duration.ofDays(1),
                                    Duration.ofMillis(1),
                                    Duration.ofSeconds(20)));
            vertx.deployVerticle(
                            prober,
                            new DeploymentOptions()
                                    .setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            return found.get(120, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private static Finding usage(DoctorUsage usage, int read) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        byte[] counts =
                "vllm:prompt_tokens_total{model=\"m\"} %d.0\n"
                        .formatted(read)
                        .getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/metrics",
                exchange -> {
                    exchange.sendResponseHeaders(200, counts.length);
                    exchange.getResponseBody().write(counts);
                    exchange.close();
                });
        server.start();
        try {
            URI near = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            return DoctorCounts.of(Map.of("near", near), usage).getFirst();
        } finally {
            server.stop(0);
        }
    }

    /** Probes stood in the log uncounted, so that there was always somebody who might be it. */
    @Test
    void whereTheLogHasProbesAServerThatCountsMoreIsStillAccused(@TempDir Path folder)
            throws Exception {
        Files.createDirectories(folder.resolve("home"));
        Installation installation =
                new Installation(
                        new DataFolder(folder.resolve("data")),
                        new Surroundings(
                                Map.of(
                                        "HOME", folder.resolve("home").toString(),
                                        "XDG_STATE_HOME", folder.resolve("state").toString()),
                                InstantSource.system()));
        InitCommand.make(installation, Optional.empty(), "test");
        try (Trail trail = installation.open(installation.keys(), "test")) {
            assertEquals(20, probed(trail).refused());
            var unused = trail.publish();
        }
        DoctorUsage usage = DoctorUsage.read(installation);
        assertEquals(0, usage.unknown());
        int all = 40 * READ;
        assertEquals(Finding.Grade.OK, usage(usage, all).grade());
        assertEquals(Finding.Grade.BAD, usage(usage, all + 1).grade());
    }
}
