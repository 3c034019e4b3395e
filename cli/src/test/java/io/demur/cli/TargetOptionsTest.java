package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

class TargetOptionsTest {

    /** A host that only began like the maker's own had been sent the key. */
    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com, OPENAI_API_KEY",
        "https://API.openai.com/v1, OPENAI_API_KEY",
        "https://api.anthropic.com:443/v1, ANTHROPIC_API_KEY",
        "https://api.openai.com.example.net, ",
        "https://example.net//api.openai.com, ",
        "https://api.openai.com@example.net, ",
        "http://api.openai.com, ",
        "https://exa mple, ",
    })
    void aKeyGoesToItsMakersOwnHostAlone(String url, String variable) {
        assertEquals(Optional.ofNullable(variable), TargetOptions.usualKey(url));
    }
}
