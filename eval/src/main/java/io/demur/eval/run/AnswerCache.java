package io.demur.eval.run;

import io.demur.core.Message;
import io.demur.core.Response;
import io.demur.files.JsonLine;
import io.demur.files.output.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A folder of answers that were paid for, one file each, by all that determines an answer: the
 * target, the model, the sampling, the epoch and every word of the conversation. What is damaged is
 * asked again; what cannot be kept goes on all the same. Safe for use by several threads and
 * processes.
 */
public final class AnswerCache implements Target {

    private static final System.Logger LOGGER = System.getLogger(AnswerCache.class.getName());

    private final Path folder;
    private final String target;
    private final String model;
    private final Target behind;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param folder is there
     * @param target where the model is reached, as a run's plan says
     * @param behind is asked what was not asked before
     */
    public AnswerCache(Path folder, String target, String model, Target behind) {
        this.folder = folder;
        this.target = target;
        this.model = model;
        this.behind = behind;
    }

    @Override
    public Heard ask(Asked asked) throws InterruptedException {
        Path file = file(asked);
        Optional<Heard.Said> kept = kept(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        Heard heard = behind.ask(asked);
        if (heard instanceof Heard.Said said) {
            keep(file, said);
        }
        return heard;
    }

    private Path file(Asked asked) {
        List<String> parts = new ArrayList<>();
        parts.add(target);
        parts.add(model);
        parts.add(asked.sampling().toString());
        parts.add("" + asked.epoch());
        for (Message message : asked.request().messages()) {
            parts.add(message.role().name());
            parts.add(message.text());
        }
        String key = sha256(Json.value(parts));
        return folder.resolve(key.substring(0, 2)).resolve(key.substring(2) + ".json");
    }

    private static Optional<Heard.Said> kept(Path file) {
        try {
            Told fields = new Told(JsonLine.read(Files.readAllBytes(file)));
            return Optional.of(
                    new Heard.Said(
                            new Response(
                                    fields.text("text"), TrialLine.stop(fields.object("stop"))),
                            fields.maybeObject("usage").map(TrialLine::usage),
                            Duration.of(fields.whole("latency_micros"), ChronoUnit.MICROS),
                            fields.textOrEmpty("model"),
                            fields.maybeText("fingerprint"),
                            true));
        } catch (IOException | IllegalArgumentException notThereOrDamaged) {
            return Optional.empty();
        }
    }

    private void keep(Path file, Heard.Said said) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("text", said.response().text());
        fields.put("stop", TrialLine.stop(said.response().stop()));
        said.usage().ifPresent(it -> fields.put("usage", TrialLine.usage(it)));
        fields.put("latency_micros", TrialLine.micros(said.latency()));
        fields.put("model", said.model());
        said.fingerprint().ifPresent(it -> fields.put("fingerprint", it));
        try {
            Path above = file.toAbsolutePath().getParent();
            if (above != null) {
                Files.createDirectories(above);
            }
            Path whole = Files.createTempFile(above, "answer", ".partial");
            try {
                Files.writeString(whole, Json.value(fields) + "\n");
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            // the answer is paid for and goes on to the run, which has no need of the cache
            if (!told.getAndSet(true)) {
                LOGGER.log(
                        Level.WARNING, "answers are not kept for another run: {0}", e.toString());
            }
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
