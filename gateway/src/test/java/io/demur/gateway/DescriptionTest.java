package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.gateway.drill.Drills;
import io.demur.gateway.drill.Watch;
import io.demur.gateway.offload.Offload;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is served under {@code /demur/v1/} is described, as it is. */
class DescriptionTest {

    private final String yaml = new String(Description.yaml(), StandardCharsets.UTF_8);

    private Set<String> described() {
        Set<String> found = new TreeSet<>();
        String path = "";
        for (String line : yaml.lines().toList()) {
            Matcher first = Pattern.compile("  (/\\S+):").matcher(line);
            Matcher second = Pattern.compile("    (get|post|put|delete):").matcher(line);
            if (first.matches()) {
                path = first.group(1);
            } else if (second.matches()) {
                found.add(second.group(1).toUpperCase(Locale.ROOT) + " " + path);
            }
        }
        return found;
    }

    private List<String> required(String schema) {
        Matcher found =
                Pattern.compile(
                                "\n    "
                                        + schema
                                        + ":\n      type: object\n      required: \\[(.*)]")
                        .matcher(yaml);
        assertTrue(found.find(), schema);
        return List.of(found.group(1).split(", ", -1));
    }

    private void answers(String schema, String reply) {
        String body = reply.substring(reply.indexOf("\r\n\r\n"));
        for (String field : required(schema)) {
            assertTrue(body.contains("\"" + field + "\":"), () -> field + ": " + reply);
        }
    }

    @Test
    void theReferenceIsWhatIsServed() throws Exception {
        assertEquals(
                Files.readString(Repository.root().resolve("docs/reference/openapi.yaml")), yaml);
    }

    @Test
    void everyRouteIsDescribedAndAnswersAsItSays(@TempDir Path folder) throws Exception {
        AtomicReference<Foundations> seen = new AtomicReference<>();
        try (House house =
                new House(
                        folder,
                        Map.of(),
                        on -> {
                            seen.set(on);
                            return on;
                        },
                        GatewaySettings.USUAL)) {
            Foundations on = requireNonNull(seen.get());
            var running = on.running();
            var ruling =
                    new io.demur.gateway.running.Running(
                                    java.util.Optional.of(note -> new CompletableFuture<>()),
                                    running.stale(),
                                    () -> 0,
                                    running.servers(),
                                    Map.of(),
                                    running.metrics(),
                                    running.also(),
                                    false,
                                    "1")
                            .with((window, axis) -> new CompletableFuture<>());
            Set<String> served = new TreeSet<>();
            try (Offload parsing = new Offload("parsing", 1, 1)) {
                for (Routes.Route route :
                        Gateway.routes(
                                        GatewaySettings.USUAL,
                                        on.with(ruling).with(new Drills(new Watch())),
                                        parsing)
                                .all()) {
                    if (route.path().startsWith("/demur/")) {
                        served.add(route.method() + " " + route.path().replace("/*", "/{id}"));
                    }
                }
            }
            assertEquals(served, described());
            answers("Models", get(house, house.key, "/demur/v1/models"));
            answers("Model", get(house, house.key, "/demur/v1/models"));
            answers("Error", get(house, house.key, "/demur/v1/holds/att_x"));
            answers("Error", get(house, "nobody", "/demur/v1/models"));
            assertTrue(get(house, "nobody", "/demur/v1/openapi.yaml").endsWith(yaml));
        }
    }

    private static String get(House house, String key, String path) throws Exception {
        try (Socket socket = new Raw(house).open()) {
            Raw.send(
                    socket,
                    "GET %s HTTP/1.1\r\nhost: x\r\nconnection: close\r\n".formatted(path)
                            + "authorization: Bearer %s\r\n\r\n".formatted(key));
            return Raw.untilEnd(socket);
        }
    }

    /** For the test of holds, which has one. */
    static void holds(String reply) {
        new DescriptionTest().answers("Hold", reply);
    }

    /** For the test of incidents, likewise. */
    static void incidents(String reply) {
        new DescriptionTest().answers("Incident", reply);
    }
}
