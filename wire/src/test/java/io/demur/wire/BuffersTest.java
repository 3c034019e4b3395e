package io.demur.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.BufferRecyclers;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Each exchange has a thread of its own, and thousands of them wait for slow answers. */
class BuffersTest {

    /** Where Jackson leaves buffers that it takes from nowhere else. */
    @SuppressWarnings("deprecation") // the only way to see what lies there
    private static final class OfThread extends BufferRecyclers {
        static SoftReference<BufferRecycler> here() {
            return _recyclerRef.get();
        }
    }

    @Test
    void fiveThousandSlowStreamsFilledTheHeapWithBuffersOfTheirThreads() throws Exception {
        AtomicReference<Object> left = new AtomicReference<>();
        AtomicReference<String> read = new AtomicReference<>();
        Thread exchange =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    ObjectNode body = ClientBody.object().put("model", "m");
                                    byte[] bytes = ClientBody.bytes(body);
                                    try {
                                        read.set(Json.strict(bytes).path("model").asText());
                                        read.accumulateAndGet(
                                                Json.read(bytes).path("model").asText(),
                                                String::concat);
                                    } catch (MalformedJson e) {
                                        read.set(e.getMessage());
                                    }
                                    left.set(OfThread.here());
                                });
        exchange.join();
        assertEquals("mm", read.get());
        assertNull(left.get());
        assertEquals(
                "{\"model\":\"m\"}",
                new String(
                        ClientBody.bytes(ClientBody.object().put("model", "m")),
                        StandardCharsets.UTF_8));
    }
}
