package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What comes in is bounded: the bodies of all, the connections of all, and the time of one. */
class IntakeTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final int BODY_MAX = 1_000_000;
    private static final int CONNECTIONS_MAX = 6;

    private final Wrong.Speaker speaker = new Wrong.Speaker(4);
    private House house;
    private Raw raw;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        start(folder, BODY_MAX);
    }

    private void start(Path folder, int bodyBytesMax) throws Exception {
        GatewaySettings usual = GatewaySettings.USUAL;
        GatewaySettings settings =
                new GatewaySettings(
                        usual.host(),
                        0,
                        2,
                        bodyBytesMax,
                        usual.bodyWithin(),
                        usual.answeredWithin(),
                        usual.stopWithin(),
                        usual.form(),
                        usual.tls(),
                        usual.address(),
                        new GatewaySettings.Intake(
                                CONNECTIONS_MAX,
                                Duration.ofMillis(500),
                                Duration.ofMillis(500),
                                BODY_MAX,
                                100,
                                Duration.ofSeconds(10)));
        house = new House(folder, Map.of("speaker", speaker), new Wrong(), settings);
        raw = new Raw(house);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private static String call(boolean stream, String more) {
        return "{\"model\": \"speaker\", \"stream\": %s, \"user\": \"%s\", \"messages\": [%s]}"
                .formatted(stream, more, "{\"role\": \"user\", \"content\": \"hello\"}");
    }

    private String ask(String body) throws IOException {
        try (Socket socket = raw.open()) {
            Raw.send(socket, raw.request(CHAT, body));
            return Raw.one(socket);
        }
    }

    /** Until it ends or is cut off; a test that waits here for longer than a minute is stuck. */
    private static String end(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        return Raw.untilEnd(socket);
    }

    @Test
    void halfSentHeadsAreNotWaitedForHoweverTheyDrip() throws Exception {
        for (String some : List.of("", "POST ", "POST /v1/chat/completions HTTP/1.1\r\nhost: x")) {
            try (Socket socket = raw.open()) {
                Raw.send(socket, some);
                assertFalse(end(socket).contains("<silence>"), some);
            }
        }
        try (Socket socket = raw.open()) {
            Raw.send(socket, "GET / HTTP/1.1\r\nhost: x\r\nx: ");
            int sent = 0;
            try {
                for (; sent < 500; sent++) {
                    Raw.send(socket, "a");
                    Thread.sleep(100);
                }
            } catch (SocketException e) {
                // it was closed, which is right
            }
            assertTrue(sent < 500, "a head that drips is waited for");
        }
    }

    @Test
    void aConnectionThatAsksNoMoreIsClosed() throws Exception {
        try (Socket socket = raw.open()) {
            Raw.send(socket, raw.request(CHAT, call(false, "")));
            assertTrue(Raw.one(socket).startsWith("HTTP/1.1 200"));
            Raw.send(socket, "GET / HTTP/1.1\r\nhost"); // half of the next
            assertEquals("", end(socket).replace("<reset>", ""));
        }
    }

    /** However much longer it takes than a connection may be idle. */
    @Test
    void aLongAnswerIsNotCutOff() throws Exception {
        speaker.between.set(Duration.ofMillis(700));
        try (Socket socket = raw.open()) {
            Raw.send(
                    socket,
                    raw.request(CHAT, call(true, ""))
                            .replace("host: x", "host: x\r\nconnection: close"));
            String answer = end(socket);
            assertTrue(answer.contains("data: [DONE]"), answer);
        }
    }

    @Test
    void thereAreOnlySoManyConnections() throws Exception {
        List<Socket> open = new ArrayList<>();
        speaker.between.set(Duration.ofMillis(500));
        try {
            for (int i = 0; i < CONNECTIONS_MAX; i++) {
                Socket socket = raw.open();
                Raw.send(socket, raw.request(CHAT, call(true, "")));
                open.add(socket);
                assertEquals('H', socket.getInputStream().read()); // its answer has begun
            }
            try (Socket socket = raw.open()) {
                assertEquals("", end(socket).replace("<reset>", ""));
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        speaker.between.set(Duration.ZERO);
        String answer = "";
        for (int i = 0; i < 100 && !answer.startsWith("HTTP/1.1 200"); i++) {
            Thread.sleep(100); // until it has seen that they are gone
            try {
                answer = ask(call(false, ""));
            } catch (SocketException e) {
                answer = ""; // not yet
            }
        }
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    }

    @Test
    void bodiesThatFindNoRoomAreToldToComeAgain() throws Exception {
        String large = call(true, "x".repeat(BODY_MAX * 2 / 3));
        speaker.between.set(Duration.ofMillis(500));
        try (Socket first = raw.open()) {
            Raw.send(first, raw.request(CHAT, large));
            assertEquals('H', first.getInputStream().read()); // its exchange is under way
            String second = ask(large);
            assertTrue(second.startsWith("HTTP/1.1 503"), second);
            assertTrue(second.toLowerCase(Locale.ROOT).contains("\r\nretry-after: 2\r\n"), second);
            assertTrue(ask(call(false, "")).startsWith("HTTP/1.1 200"));
        }
        speaker.between.set(Duration.ZERO);
        String again = ask(large);
        for (int i = 0; i < 100 && again.startsWith("HTTP/1.1 503"); i++) {
            Thread.sleep(100); // until it has seen that the first is gone
            again = ask(large);
        }
        assertTrue(again.startsWith("HTTP/1.1 200"), again);
    }

    /** A body takes room as it comes, so that what is only announced keeps nobody out. */
    @Test
    void whatIsAnnouncedAndNotSentTakesNoRoom() throws Exception {
        List<Socket> silent = new ArrayList<>();
        String large = call(false, "x".repeat(BODY_MAX * 2 / 3));
        String head = raw.request(CHAT, large).replaceFirst("(?s)\r\n\r\n.*", "\r\n\r\n");
        try {
            for (int i = 0; i < 3; i++) {
                Socket socket = raw.open();
                Raw.send(socket, head);
                silent.add(socket);
            }
            Thread.sleep(500); // until they are read
            String answer = ask(large);
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void theSlowBodiesOfOneKeyLeaveRoomForThoseOfOthers(@TempDir Path other) throws Exception {
        house.close();
        start(other, BODY_MAX / 4);
        String quarter = raw.request(CHAT, call(false, "x".repeat(BODY_MAX / 4 - 1_000)));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = raw.open();
                Raw.send(socket, quarter.substring(0, quarter.length() - 1));
                slow.add(socket);
            }
            int refused = 0;
            for (int i = 0; i < 100 && refused < 2; i++) {
                Thread.sleep(100);
                refused = 0;
                for (Socket socket : slow) {
                    refused += socket.getInputStream().available() > 0 ? 1 : 0;
                }
            }
            assertEquals(2, refused, "two of a quarter each are half of the room");
            try (Socket socket = raw.open()) {
                Raw.send(socket, quarter.replace(house.key(), house.limitedKey()));
                String answer = Raw.one(socket);
                assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
            }
            for (Socket socket : slow) {
                if (socket.getInputStream().available() == 0) {
                    Raw.send(socket, "}");
                    assertTrue(Raw.one(socket).startsWith("HTTP/1.1 200"));
                }
            }
            assertTrue(ask(call(false, "x".repeat(200_000))).startsWith("HTTP/1.1 200"));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void roomIsGivenBackWhateverBecomesOfABody() throws Exception {
        String large = "x".repeat(BODY_MAX * 2 / 3);
        for (int i = 0; i < 3; i++) {
            assertTrue(ask(large).startsWith("HTTP/1.1 400"));
            assertTrue(ask(call(false, large + large)).startsWith("HTTP/1.1 413"));
            try (Socket socket = raw.open()) {
                Raw.send(socket, raw.request(CHAT, large + large).substring(0, BODY_MAX / 2));
            }
        }
        String answer = ask(call(false, large));
        for (int i = 0; i < 100 && answer.startsWith("HTTP/1.1 503"); i++) {
            Thread.sleep(100);
            answer = ask(call(false, large));
        }
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    }
}
