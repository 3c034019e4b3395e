package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.Request;
import io.demur.remote.RemoteJudges.Settings;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What users write, and what they are told. */
class RemoteJudgesTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("KEY", "sk-secret-4711", "EMPTY", " ", "BROKEN", "sk-secret\n4711");

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000, http://localhost:8000/v1/chat/completions, OPENAI",
        "http://localhost:8000/, http://localhost:8000/v1/chat/completions, OPENAI",
        "https://example.org/v1, https://example.org/v1/chat/completions, OPENAI",
        "https://example.org/api/v1/, https://example.org/api/v1/chat/completions, OPENAI",
        "http://h/v1/chat/completions, http://h/v1/chat/completions, OPENAI",
        "http://h:11434/api/chat, http://h:11434/api/chat, OLLAMA",
        "http://h/ollama/api/chat/, http://h/ollama/api/chat, OLLAMA",
        "http://[::1]:8000, http://[::1]:8000/v1/chat/completions, OPENAI"
    })
    void aUrlMeansAnAddressAndAProtocol(String url, String address, Protocol protocol) {
        JudgeEndpoint endpoint =
                JudgeEndpoint.at(url, "m", Optional.empty(), Duration.ofSeconds(1), 1);
        assertEquals(address, endpoint.address().toString());
        assertEquals(protocol, endpoint.protocol());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h|`http://h` is no guard; one is given as `FORMAT=URL` or"
                        + " `FORMAT=URL#MODEL`",
                "alpaca=http://h|`alpaca` is no guard; there are `llama-guard`, `wildguard`,"
                        + " `granite-guardian`, `shieldgemma`, `qwen3guard`, `gpt-oss-safeguard`",
                "wildguard=h:8000|`h:8000` is no URL of a judge; one looks like"
                        + " `http://localhost:8000`",
                "wildguard=file:///x|`file:///x` is no URL of a judge; one looks like"
                        + " `http://localhost:8000`",
                "wildguard=http://a b|`http://a b` is no URL",
                "wildguard=http://u:pw@h|a judge's URL holds a user or password; a key is given by"
                        + " the name of an environment variable",
                "wildguard=http://h/?key=1|a judge's URL at `h` has a part after `?` or `#`, where"
                        + " none belongs",
                "wildguard=http://h#|the judge at `http://h/v1/chat/completions` has no model",
                "shieldgemma=http://h/api/chat|guard `shieldgemma` at `http://h/api/chat` has no"
                        + " model; Ollama needs its name, as in"
                        + " `shieldgemma=http://h/api/chat#NAME`"
            })
    void whatIsWrongIsSaid(String spec, String message) {
        IllegalArgumentException wrong =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> RemoteJudges.guard(spec, settings(Optional.empty())));
        assertEquals(message, wrong.getMessage());
    }

    @Test
    void aPasswordInAUrlIsNotRepeated() {
        for (String url : List.of("http://u:hush@h/v1", "http://u:hush@", "ftp://u:hush@h")) {
            IllegalArgumentException wrong =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> RemoteJudges.judge(url, "m", settings(Optional.empty())));
            assertFalse(wrong.toString().contains("hush"), wrong::toString);
        }
    }

    /** A user had left the model out, and the address with its password stood in a log. */
    @Test
    void aPasswordIsNotRepeatedWhereTheModelOrTheFormatIsMissing() {
        for (String place :
                List.of(
                        "http://u:hush@h/v1",
                        "u:hush@h/v1",
                        "http://h/v1?key=hush",
                        "http://u:x=hush@h/v1")) {
            Settings settings = settings(Optional.empty());
            IllegalArgumentException judge =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> RemoteJudges.judge(place, settings));
            assertFalse(judge.toString().contains("hush"), judge::toString);
            IllegalArgumentException guard =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> RemoteJudges.guard(place, settings));
            assertFalse(guard.toString().contains("hush"), guard::toString);
        }
    }

    @Test
    void aMissingOrBrokenKeyIsSaidWithoutTheKey() {
        checkKey("NONE", "environment variable `NONE` is not set where a key is needed");
        checkKey("EMPTY", "environment variable `EMPTY` is empty where a key is needed");
        checkKey(
                "BROKEN", "environment variable `BROKEN` has spaces or characters that no key has");
    }

    @Test
    void theKeyIsSentAndNeverShown() {
        try (StubServer server = new StubServer(asked -> Reply.json("{}"))) {
            GuardModel guard =
                    RemoteJudges.guard(
                            "llama-guard=" + server.address("") + "#tiny",
                            settings(Optional.of("KEY")));
            String shown = guard.assess(Request.of("a")) + guard.id().toString();
            assertFalse(shown.contains("4711"), shown);
            assertEquals(
                    List.of("Bearer sk-secret-4711"),
                    server.asked().getFirst().headers().get("Authorization"));
            assertEquals("llama-guard:tiny", guard.id().name());
        }
        JudgeEndpoint endpoint =
                JudgeEndpoint.at(
                        "http://h",
                        "m",
                        Optional.of(ApiKey.from("KEY", ENVIRONMENT::get)),
                        Duration.ofSeconds(1),
                        1);
        assertFalse(endpoint.toString().contains("4711"), endpoint::toString);
    }

    @Test
    void withoutAKeyNoneIsSent() {
        try (StubServer server = new StubServer(asked -> Reply.json("{}"))) {
            LanguageModelJudge judge =
                    RemoteJudges.judge(
                            server.address("").toString(), "m", settings(Optional.empty()));
            judge.assess(Request.of("a"));
            assertFalse(server.asked().getFirst().headers().containsKey("Authorization"));
            assertEquals("language-model:m", judge.id().name());
        }
    }

    @Test
    void limitsAreChecked() {
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofDays(1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> JudgeEndpoint.at("http://h", "m", Optional.empty(), timeout, 1));
        }
        for (int places : new int[] {0, 1001}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            JudgeEndpoint.at(
                                    "http://h",
                                    "m",
                                    Optional.empty(),
                                    Duration.ofSeconds(1),
                                    places));
        }
    }

    @Test
    void everyNameLeadsToItsFormat() {
        for (GuardFormat format : GuardFormat.values()) {
            assertEquals(format, GuardFormat.named(" " + format.label().toUpperCase(Locale.ROOT)));
        }
        assertEquals(GuardFormat.values().length, GuardFormat.names().size());
    }

    private static void checkKey(String variable, String message) {
        IllegalArgumentException wrong =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> RemoteJudges.judge("http://h", "m", settings(Optional.of(variable))));
        assertEquals(message, wrong.getMessage());
    }

    private static Settings settings(Optional<String> key) {
        return new Settings(key, ENVIRONMENT::get, Duration.ofSeconds(30), 2);
    }
}
