package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;

import io.demur.core.access.Authentication;
import io.demur.core.access.Authentication.Known;
import io.demur.core.access.Authentication.Rejected;
import io.demur.core.access.Authentication.Why;
import io.demur.core.access.KeyText;
import io.demur.core.access.Limits;
import io.demur.core.access.Scope;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.profile.Profiles;
import io.demur.gateway.running.Metrics;
import io.demur.gateway.running.PrometheusText;
import io.demur.gateway.upstream.Kind;
import io.demur.gateway.upstream.ServedModels;
import io.demur.gateway.upstream.Timeouts;
import io.demur.gateway.upstream.UpstreamSettings;
import io.demur.record.DataFolder;
import io.demur.record.keys.KeyRing;
import io.demur.store.AccessBook;
import io.demur.store.AccessBook.By;
import io.demur.store.Store;
import io.demur.store.Subjects;
import io.demur.wire.Address;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Who is let in by a gateway that is started on what is there. */
class ServingTest {

    private static final By ADA = By.of("ada");

    @TempDir private Path folder = Path.of("");

    private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void begin() throws Exception {
        InitCommand.make(installation(), Optional.empty(), "test");
    }

    private Surroundings surroundings() {
        return new Surroundings(
                Map.of(
                        "HOME", folder.toString(),
                        "XDG_STATE_HOME", folder.resolve("state").toString(),
                        "XDG_CONFIG_HOME", folder.resolve("config").toString()),
                () -> now);
    }

    private Installation installation() {
        return new Installation(new DataFolder(folder.resolve("data")), surroundings());
    }

    private Path store() {
        return installation().folder().store();
    }

    private AccessBook book(Store store) throws Exception {
        KeyRing keys = installation().keys();
        Subjects subjects =
                new Subjects(
                        store, keys.bodies(), keys.pseudonyms(), new SecureRandom(), () -> now);
        return new AccessBook(store, subjects, new SecureRandom(), () -> now);
    }

    private Serving serve() throws Exception {
        return Serving.open(installation(), () -> now);
    }

    private static void soon(Callable<Boolean> holds) throws Exception {
        for (int i = 0; !holds.call(); i++) {
            assertTrue(i < 3_000, "it does not come");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static void rejected(Why why, Authentication found) {
        assertEquals(why, assertInstanceOf(Rejected.class, found).why());
    }

    @Test
    void aStoreThatIsPutBackFromACopyBringsNoRevokedKeyBack() throws Exception {
        KeyText revoked;
        KeyText good;
        try (Serving serving = serve();
                Store store = installation().store()) {
            AccessBook book = book(store);
            String ada = book.addPrincipal("ada", "other", Limits.NONE, ADA);
            soon(() -> book.pending() == 0);
            revoked = book.createKey(ada, Optional.empty(), Scope.ASKING, Optional.empty(), ADA);
            good = book.createKey(ada, Optional.empty(), Scope.ASKING, Optional.empty(), ADA);
            soon(() -> serving.authenticate(good.text(), now) instanceof Known);
        }
        Path copy = folder.resolve("copy.db");
        Files.copy(store(), copy);
        try (Serving serving = serve();
                Store store = installation().store()) {
            AccessBook book = book(store);
            book.revokeKey(revoked.id(), ADA);
            soon(() -> serving.authenticate(revoked.text(), now) instanceof Rejected);
            soon(() -> book.pending() == 0);
        }
        for (String beside : List.of("-wal", "-shm")) {
            Files.deleteIfExists(Path.of(store() + beside));
        }
        Files.copy(copy, store(), StandardCopyOption.REPLACE_EXISTING);
        try (Serving serving = serve()) {
            rejected(Why.REVOKED, serving.authenticate(revoked.text(), now));
            assertInstanceOf(Known.class, serving.authenticate(good.text(), now));
        }
    }

    @Test
    void aClockThatGoesBackRevivesNoKeyThatHasExpired() throws Exception {
        Instant began = now;
        try (Serving serving = serve();
                Store store = installation().store()) {
            AccessBook book = book(store);
            String ada = book.addPrincipal("ada", "other", Limits.NONE, ADA);
            soon(() -> book.pending() == 0);
            KeyText key =
                    book.createKey(
                            ada,
                            Optional.empty(),
                            Scope.ASKING,
                            Optional.of(now.plusSeconds(60)),
                            ADA);
            soon(() -> serving.authenticate(key.text(), now) instanceof Known);
            now = began.plus(Duration.ofHours(1));
            rejected(Why.EXPIRED, serving.authenticate(key.text(), now));
            // something is written at that time
            book.addProject("audit", Optional.empty(), Limits.NONE, ADA);
            soon(() -> book.pending() == 0);
            now = began;
            rejected(Why.EXPIRED, serving.authenticate(key.text(), now));
        }
    }

    /** Probes stood in the log, and nobody had counted them. */
    @Test
    void whatIsCountedIsWhatTheLogHasProbesIncluded() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        server.createContext(
                "/v1/",
                exchange -> {
                    exchange.sendResponseHeaders(500, -1);
                    exchange.close();
                });
        server.start();
        FirstPolicy.put(installation(), surroundings());
        Vertx vertx = Vertx.vertx();
        UpstreamSettings near =
                new UpstreamSettings(
                        "near",
                        Kind.OPENAI,
                        Address.of("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"),
                        Optional.empty(),
                        Map.of(),
                        Map.of("m", "m"),
                        false,
                        Timeouts.USUAL);
        try (Serving serving = serve();
                ServedModels served = new ServedModels(vertx, List.of(near), () -> now);
                Offload offload = new Offload("test", 1, 8)) {
            Metrics metrics = serving.running(served, offload, offload, false).metrics();
            vertx.deployVerticle(
                            serving.prober(served, new Profiles(List.of(), all -> {}), offload),
                            new DeploymentOptions()
                                    .setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            soon(
                    () -> {
                        PrometheusText text = new PrometheusText();
                        metrics.write(text);
                        String said = new String(text.bytes(), StandardCharsets.UTF_8);
                        return said.contains("protocol=\"demur.probe\"")
                                && said.contains("\ndemur_attempts_total 3\n");
                    });
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            server.stop(0);
        }
    }
}
