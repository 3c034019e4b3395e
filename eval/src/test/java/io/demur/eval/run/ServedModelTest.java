package io.demur.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.remote.ModelClient;
import io.demur.remote.ModelServer;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Which failures a server may want to be paid for. */
class ServedModelTest {

    private static final byte[] PAGE = "<html></html>".getBytes(StandardCharsets.UTF_8);

    private static Heard.Nothing asked(String url, Duration timeout) throws Exception {
        Case of = RunSamples.plain("x", Expectation.ANSWER);
        Sampling sampling = RunSamples.begun(RunSamples.suite(of), 1).plan().sampling();
        try (ModelClient client = new ModelClient(ModelServer.at(url, Optional.empty(), timeout))) {
            Heard heard =
                    new ServedModel(client, "m").ask(new Asked(of, 1, 0, of.request(), sampling));
            return assertInstanceOf(Heard.Nothing.class, heard);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, false",
        "403, false",
        "429, false",
        "503, false",
        "500, true",
        "504, true",
        "200, true"
    })
    void whatAServerTurnsDownCostsNothingAndWhatItBreaksOnMay(int status, boolean mayCost)
            throws Exception {
        try (StubServer server = new StubServer(asked -> new Reply(status, Map.of(), PAGE))) {
            String url = server.address("").toString();
            assertEquals(mayCost, asked(url, Duration.ofSeconds(30)).mayCost());
        }
    }

    @Test
    void whatIsLateMayHaveBeenAnsweredAllTheSame() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        String url;
        try (StubServer silent =
                new StubServer(
                        asked -> {
                            never.await();
                            return new Reply(200, Map.of(), PAGE);
                        })) {
            url = silent.address("").toString();
            Heard.Nothing late = asked(url, Duration.ofMillis(300));
            assertEquals(Failure.Kind.TIMEOUT, late.failure().kind());
            assertEquals(true, late.mayCost());
        }
        assertEquals(false, asked(url, Duration.ofSeconds(30)).mayCost(), "nobody is there");
    }
}
