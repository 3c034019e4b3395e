package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.gateway.profile.Profile;
import io.demur.gateway.profile.Profiles;
import io.demur.gateway.profile.Subject;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A profile is that of just the weights that were probed, however the configuration names them. */
class WeightsTest extends Asks {

    private static final Charter CHARTER =
            new Charter(
                    "test",
                    Policy.at(Policy.defaultPosture()),
                    Map.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    new Models(Map.of(), ModelClass.LOCAL),
                    Wording.NONE,
                    Settings.USUAL,
                    Optional.empty());

    private final AtomicReference<String> digest = new AtomicReference<>("a1");

    private ServedModels served(String theirs, String probed) {
        LyingServer ollama =
                server(
                        talk ->
                                talk.json(
                                        200,
                                        "{\"models\":[{\"name\":\"m:latest\",\"digest\":\"%s\"}]}"
                                                .formatted(digest.get())));
        Profile refuses =
                new Profile(new Subject("ollama", theirs, probed), Instant.EPOCH, 20, 20, 20, 0);
        return new ServedModels(
                verticle().vertx,
                List.of(
                        UpstreamSettings.of("ollama", Kind.OLLAMA, ollama.url())
                                .withModels(Map.of("fast", theirs))),
                InstantSource.system(),
                Optional.of(new Profiles(List.of(refuses), all -> {})));
    }

    private static void refresh(ServedModels served) throws Exception {
        served.refresh().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static ModelClass kind(ServedModels served) {
        return served.find("fast", CHARTER).orElseThrow().placement().model();
    }

    /** Ollama lists {@code m:latest} in each of these cases, and was asked for the given name. */
    @Test
    void otherWeightsAreStrictAtOnceAlsoWhereTheConfigurationLeavesTheTagOut() throws Exception {
        for (String theirs : List.of("m", "m:latest", "library/m")) {
            digest.set("a1");
            try (ServedModels served = served(theirs, "a1")) {
                refresh(served);
                assertEquals("a1", served.locals().getFirst().subject().digest(), theirs);
                assertEquals(ModelClass.LOCAL, kind(served), theirs);
                assertEquals(1, served.profiles("fast").size());
                digest.set("b2");
                refresh(served);
                assertEquals(ModelClass.LOCAL_UNALIGNED, kind(served), theirs);
                assertEquals(List.of(), served.profiles("fast"));
            }
        }
    }

    @Test
    void aProfileOfWeightsThatNobodyNamesMakesNothingLaxer() throws Exception {
        try (ServedModels served = served("m", "")) {
            assertEquals(ModelClass.LOCAL_UNALIGNED, kind(served));
            assertEquals(List.of(), served.profiles("fast"));
            refresh(served);
            assertEquals(ModelClass.LOCAL_UNALIGNED, kind(served));
        }
    }
}
