package io.demur.wire.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.StopReason.ContentFilter;
import io.demur.core.StopReason.Failed;
import io.demur.wire.Json;
import io.demur.wire.MalformedBody;
import io.demur.wire.MalformedJson;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

class BatchLineTest {

    private static final String LINE = "{'custom_id':'1','response':{'status_code':%d%s}}";

    @Test
    void aStatusOfAnErrorIsAFailedCallWhateverTheBody() throws Exception {
        for (String body : List.of("", ",'body':''", ",'body':null", ",'body':{}")) {
            stop(new Failed("HTTP status 503"), LINE.formatted(503, body));
        }
        stop(
                new Failed("HTTP status 429: slow down"),
                LINE.formatted(429, ",'body':{'message':'slow down'}"));
        stop(new Failed("HTTP status 502: <html>"), LINE.formatted(502, ",'body':'<html>'"));
    }

    @Test
    void anErrorThatSaysWhatItIsGoesBeforeItsStatus() throws Exception {
        stop(new Failed("m"), LINE.formatted(400, ",'body':{'error':{'message':'m'}}"));
        stop(
                new ContentFilter("error.code: content_filter", Optional.empty()),
                LINE.formatted(400, ",'body':{'code':'content_filter','message':'m'}"));
    }

    @Test
    void aBodyOfResponsesSaysThatItIsOne() {
        String line = LINE.formatted(200, ",'body':{'object':'response','output':[]}");
        assertEquals(
                "this is an OpenAI Responses body, which is not read yet",
                assertThrows(MalformedBody.class, () -> BatchLine.read(json(line))).getMessage());
    }

    private static void stop(StopReason expected, String line) throws Exception {
        assertTrue(BatchLine.fits(json(line)), line);
        assertEquals(List.of(new Response("", expected)), BatchLine.read(json(line)).responses());
    }

    private static JsonNode json(String text) throws MalformedJson {
        return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
