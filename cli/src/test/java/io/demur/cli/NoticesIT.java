package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;

import io.demur.record.DataFolder;
import io.demur.record.Trail;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Ids;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An alarm of the log reaches a receiver that was down while the gateway was killed. */
class NoticesIT {

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AtomicInteger answer = new AtomicInteger(503);

    @Test
    void anAlarmOutlivesThePlugBeingPulled(@TempDir Path folder) throws Exception {
        Beside beside = new Beside(folder);
        Installation installation =
                new Installation(
                        new DataFolder(beside.data()),
                        Map.of("XDG_STATE_HOME", folder.resolve("XDG_STATE_HOME").toString()));
        InitCommand.make(installation, Optional.empty(), "test");
        String alarm = alarm(installation);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    told.add(requireNonNull(exchange.getRequestHeaders().getFirst("webhook-id")));
                    exchange.sendResponseHeaders(answer.get(), -1);
                    exchange.close();
                });
        server.start();
        try {
            Files.writeString(
                    folder.resolve("secret"), "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
            Files.writeString(
                    beside.data().resolve("demur.yaml"),
                    "alarms: {webhook: {url: 'http://127.0.0.1:%d/', secret: '${file:%s}'}}\n"
                            .formatted(server.getAddress().getPort(), folder.resolve("secret")));
            Process gateway = beside.serve();
            assertEquals(alarm, told.poll(60, TimeUnit.SECONDS));
            gateway.destroyForcibly().waitFor();
            Files.delete(beside.note());
            answer.set(204);
            gateway = beside.serve();
            try {
                assertEquals(alarm, told.poll(60, TimeUnit.SECONDS));
                String metrics = "";
                String line = "demur_notices_total{to=\"webhook\",what=\"told\"} 1\n";
                for (int i = 0; i < 600 && !metrics.contains(line); i++) {
                    Thread.sleep(100);
                    String url =
                            ServingNote.read(new DataFolder(beside.data())).orElseThrow().url();
                    metrics =
                            new String(
                                    NearbyHttp.get(url + "/metrics", 10_000).body(),
                                    StandardCharsets.UTF_8);
                }
                assertTrue(metrics.contains(line), metrics);
            } finally {
                gateway.destroy();
                gateway.waitFor();
            }
            Beside.Result status = beside.run("drill", "status");
            assertTrue(status.out().contains("webhook  1 told, the last at "), status.out());
        } finally {
            server.stop(0);
        }
    }

    private static String alarm(Installation installation) throws Exception {
        String id = new Ids(InstantSource.system(), new SecureRandom()).next("run");
        try (Trail trail = installation.open(installation.keys(), "test")) {
            trail.append(
                            List.of(
                                    new DrillRun(
                                            trail.last(),
                                            id,
                                            "harmful",
                                            Optional.empty(),
                                            "steady",
                                            "falling",
                                            false,
                                            Optional.of("m"),
                                            Optional.empty(),
                                            Optional.of("model"))))
                    .get();
        }
        return id;
    }
}
