package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Requests that one reader takes for one and another for two. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingTest {

    private final Wrong.Speaker speaker = new Wrong.Speaker(1);
    private House house;
    private Raw raw;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house = new House(folder, Map.of("speaker", speaker), new Wrong(), GatewaySettings.USUAL);
        raw = new Raw(house);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    private String inner() {
        return raw.request(
                "/api/chat",
                "{\"model\": \"speaker\", \"stream\": false, \"messages\": [{\"role\": \"user\","
                        + " \"content\": \"hello\"}]}");
    }

    /** What cannot be read as a body at all may end without a word. */
    private void noMore(String head, String body) throws Exception {
        int before = speaker.asked.get();
        try (Socket socket = raw.open()) {
            socket.setSoTimeout(8_000);
            Raw.send(
                    socket,
                    head.replace("\n", "\r\n").replace("KEY", house.key) + "\r\n\r\n" + body);
            String all = Raw.untilEnd(socket);
            assertTrue(all.split("HTTP/1.1 ", -1).length <= 2, () -> head + "\n->\n" + all);
            assertFalse(all.startsWith("HTTP/1.1 2"), () -> head + "\n->\n" + all);
            assertFalse(all.endsWith("<silence>"), () -> head + "\n->\n" + all);
        }
        assertEquals(before, speaker.asked.get(), head);
    }

    private void alone(String head, String body) throws Exception {
        int before = speaker.asked.get();
        try (Socket socket = raw.open()) {
            socket.setSoTimeout(2_000);
            Raw.send(
                    socket,
                    head.replace("\n", "\r\n").replace("KEY", house.key) + "\r\n\r\n" + body);
            String all = Raw.untilEnd(socket);
            assertEquals(2, all.split("HTTP/1.1 ", -1).length, () -> head + "\n->\n" + all);
            assertTrue(all.startsWith("HTTP/1.1 4"), () -> head + "\n->\n" + all);
            assertFalse(all.endsWith("<silence>"), () -> head + "\n->\n" + all);
        }
        assertEquals(before, speaker.asked.get(), head);
    }

    @Test
    void oneRequestIsNeverTwo() throws Exception {
        String begin = "POST /v1/chat/completions HTTP/1.1\nhost: x\nauthorization: Bearer KEY\n";
        String chunked = "0\r\n\r\n" + inner();
        for (String lengths :
                List.of(
                        "content-length: " + chunked.length() + "\ntransfer-encoding: chunked",
                        "transfer-encoding: chunked\ncontent-length: " + chunked.length(),
                        "transfer-encoding: chunked\ncontent-length: 0",
                        "content-length: 0\ncontent-length: " + inner().length(),
                        "content-length: 0, " + inner().length(),
                        "content-length: +5",
                        "content-length: -1",
                        "content-length: 0x10",
                        "content-length: 99999999999999999999",
                        "transfer-encoding: xchunked",
                        "transfer-encoding: chunked, identity",
                        "transfer-encoding: gzip, chunked",
                        "transfer-encoding: chunked\ntransfer-encoding: identity",
                        "transfer-encoding: \u000bchunked",
                        "content-length : 0",
                        "transfer-encoding : chunked")) {
            alone(begin + lengths, chunked);
        }
        noMore(begin + "transfer-encoding: chunked", "ffffffffffffffff\r\n" + inner());
        noMore(begin + "transfer-encoding: chunked", "-1\r\n" + inner());
        noMore(begin + "transfer-encoding: chunked", "5;\n\r\n" + inner());
    }
}
