package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

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

    /** A gateway that lets this machine's own programs in was of no use without a key. */
    @Test
    void aGatewayIsAskedWithoutAKeyUnlessItWantsOne() throws Exception {
        AtomicInteger status = new AtomicInteger(200);
        String address;
        try (StubServer gateway =
                new StubServer(asked -> new Reply(status.get(), Map.of(), new byte[0]))) {
            address = gateway.address("").toString();
            assertEquals(Optional.empty(), TargetOptions.keyWanted(address));
            status.set(401);
            String said = TargetOptions.keyWanted(address).orElseThrow();
            assertTrue(said.contains("`%s` wants a key".formatted(address)), said);
            assertTrue(said.contains("`DEMUR_API_KEY` is not set; `demur admin key create`"), said);
            assertEquals("/v1/models", gateway.asked().getFirst().path());
        }
        assertEquals(Optional.empty(), TargetOptions.keyWanted(address), "nobody is there");
    }
}
