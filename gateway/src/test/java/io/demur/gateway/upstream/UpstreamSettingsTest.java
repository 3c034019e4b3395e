package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.wire.Address;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Addresses, keys and headers: what may be configured. */
class UpstreamSettingsTest {

    private static final String CHAT = "/v1/chat/completions";

    @ParameterizedTest
    @CsvSource({
        "OPENAI,http://localhost:8000,/v1/chat/completions",
        "OPENAI,http://localhost:8000/,/v1/chat/completions",
        "OPENAI,https://api.openai.com/v1,/v1/chat/completions",
        "OPENAI,https://api.openai.com/v1/,/v1/chat/completions",
        "OPENAI,https://openrouter.ai/api/v1,/api/v1/chat/completions",
        "OPENAI,https://host/v1beta/openai/,/v1beta/openai/chat/completions",
        "ANTHROPIC,https://api.anthropic.com,/v1/messages",
        "ANTHROPIC,https://api.anthropic.com/v1,/v1/messages",
        "ANTHROPIC,https://proxy/anthropic,/anthropic/v1/messages",
        "ANTHROPIC,https://proxy/anthropic/v1,/anthropic/v1/messages",
        "OLLAMA,http://localhost:11434,/api/chat",
        "OLLAMA,http://proxy/ollama,/ollama/api/chat"
    })
    void pathsAreThoseThatTheProvidersLibrariesMean(Kind kind, String url, String path) {
        String operation =
                switch (kind) {
                    case OPENAI -> CHAT;
                    case ANTHROPIC -> "/v1/messages";
                    case OLLAMA -> "/api/chat";
                };
        assertEquals(path, kind.pathOf(Address.of(url), operation));
    }

    @Test
    void addressesThatMeanTheSameAreEqual() {
        assertEquals(Address.of("HTTP://LocalHost:80/v1/"), Address.of("http://localhost"));
        assertEquals("http://localhost:8000", Address.of("http://localhost:8000/v1").toString());
        assertEquals("https://a.example/b", Address.of("https://a.example:443/b").toString());
        assertEquals("http://[::1]:8000", Address.of("http://[::1]:8000").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:8000",
                "file:///etc/passwd",
                "ftp://host/",
                "unix:/run/x.sock",
                "http://",
                "http:///v1",
                "http://user:hunter2@host/",
                "http://hunter2@host/",
                "http://host/?key=1",
                "http://host/#x",
                "http://host:0/",
                "http://host:70000/",
                "http://host/a b",
                "http://host/\r\nx-evil: 1",
                "http://host\r\n/"
            })
    void whatIsNoAddressIsNotTaken(String url) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Address.of(url));
        assertFalse(String.valueOf(e.getMessage()).contains("hunter2"), e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\r\nx: y", "a\0b", "schlüssel", "a\tb"})
    void whatNoHeaderMayHoldIsNoSecret(String value) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Secret.of(value));
        assertFalse(String.valueOf(e.getMessage()).contains("schl"));
    }

    @Test
    void aSecretIsNotShown() {
        assertEquals("(kept secret)", Secret.of("sk-1").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host", "content-length", "Transfer-Encoding", "a b", "a\r\nb", "", "ü:"})
    void headersThatAreNotForTheConfigurationAreNotTaken(String header) {
        UpstreamSettings one = UpstreamSettings.of("one", Kind.OPENAI, "http://localhost");
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new UpstreamSettings(
                                one.name(),
                                one.kind(),
                                one.url(),
                                Optional.empty(),
                                Map.of(header, Secret.of("x")),
                                Map.of(),
                                false,
                                Timeouts.USUAL));
    }

    @Test
    void namesAndTimesHaveBounds() {
        assertThrows(
                IllegalArgumentException.class,
                () -> UpstreamSettings.of("a b", Kind.OPENAI, "http://localhost"));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        UpstreamSettings.of("one", Kind.OPENAI, "http://localhost")
                                .withModels(Map.of("m", " ")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Timeouts(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Timeouts(
                                Duration.ofSeconds(1), Duration.ofHours(2), Duration.ofSeconds(1)));
    }
}
