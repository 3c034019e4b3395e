package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.charter.Settings;
import io.demur.gateway.keep.Keeping;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The entry and the body go to the disk beside each other; the body may not get there. */
class UnkeptTest {

    /** Sealed as it should be, and then the disk is full. */
    private record Full(Keeping right) implements Keeping {
        @Override
        public CompletableFuture<Filed> file(
                String attempt,
                String part,
                String subject,
                byte[] body,
                Settings.Retention retention,
                Beside beside) {
            CompletableFuture<Kept> stored = new CompletableFuture<>();
            // behind the entry
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                    .execute(() -> stored.completeExceptionally(new IOException("full")));
            return right.file(attempt, part, subject, body, retention, beside)
                    .thenApply(filed -> new Filed(filed.kept(), stored));
        }
    }

    @Test
    void anAttemptWhoseRequestIsNotKeptReachesNoModelAndHasAnOutcome(@TempDir Path folder)
            throws Exception {
        Wrong wrong = new Wrong();
        Wrong.Speaker speaker = new Wrong.Speaker(4);
        try (House house =
                        new House(
                                folder, Map.of("speaker", speaker), wrong, GatewaySettings.USUAL);
                HttpClient client = HttpClient.newHttpClient()) {
            wrong.keeping.set(Full::new);
            HttpResponse<String> reply =
                    client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + house.gateway.port()
                                                            + "/v1/chat/completions"))
                                    .header("authorization", "Bearer " + house.key)
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    """
                                                    {"model":"speaker","messages":[
                                                    {"role":"user","content":"Good morning"}]}
                                                    """))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(503, reply.statusCode(), reply::body);
            assertEquals(0, speaker.asked.get());
            List<Entry> entries = house.entries();
            List<String> attempts =
                    entries.stream()
                            .filter(Attempt.class::isInstance)
                            .map(it -> ((Attempt) it).id())
                            .toList();
            List<Outcome> outcomes =
                    entries.stream()
                            .filter(Outcome.class::isInstance)
                            .map(it -> (Outcome) it)
                            .toList();
            assertEquals(attempts, outcomes.stream().map(Outcome::attempt).toList());
            assertEquals(1, outcomes.size());
            assertEquals(Outcome.Result.ERROR, outcomes.getFirst().result());
            assertEquals(Optional.of("unrecorded"), outcomes.getFirst().reason());
        }
    }
}
