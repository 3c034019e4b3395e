package io.demur.gateway.notice;

import io.demur.record.entry.Ids;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A {@link Standing} as a file of the data folder. Where it is lost or cannot be read, what the log
 * has of the last days is told once more.
 */
final class StandingFile {

    private StandingFile() {}

    static Path of(Path folder, String name) {
        return folder.resolve("notices-" + name + ".json");
    }

    /** What stands there. */
    static Standing read(Path folder, String name) {
        try {
            if (Files.isRegularFile(of(folder, name))
                    && Canonical.read(Files.readAllBytes(of(folder, name)))
                            instanceof Json.Obj whole) {
                return standing(name, whole.fields());
            }
        } catch (IOException | NotCanonical | IllegalArgumentException | DateTimeException e) {
            return Standing.of(name);
        }
        return Standing.of(name);
    }

    private static Standing standing(String name, SortedMap<String, Json> fields) {
        Set<String> settled = new HashSet<>();
        if (fields.get("settled") instanceof Json.Arr ids) {
            for (Json id : ids.items()) {
                if (id instanceof Json.Str text && Ids.isId("run", text.text())) {
                    settled.add(text.text());
                }
            }
        }
        Optional<Standing.Trouble> trouble =
                text(fields, "since")
                        .map(
                                since ->
                                        new Standing.Trouble(
                                                Instant.parse(since),
                                                Instant.parse(text(fields, "until").orElse(since)),
                                                text(fields, "trouble").orElse("")));
        return new Standing(
                name,
                settled,
                number(fields, "told"),
                number(fields, "given_up"),
                (int) number(fields, "waiting"),
                text(fields, "last").map(Instant::parse),
                trouble);
    }

    private static Optional<String> text(SortedMap<String, Json> fields, String name) {
        return fields.get(name) instanceof Json.Str text
                ? Optional.of(text.text())
                : Optional.empty();
    }

    private static long number(SortedMap<String, Json> fields, String name) {
        return fields.get(name) instanceof Json.Whole number && number.number() >= 0
                ? number.number()
                : 0;
    }

    /** Puts it there, all or none. */
    static void write(Path folder, Standing standing) throws IOException {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put(
                "settled",
                new Json.Arr(
                        standing.settled().stream().sorted().<Json>map(Json.Str::new).toList()));
        fields.put("told", new Json.Whole(standing.told()));
        fields.put("given_up", new Json.Whole(standing.givenUp()));
        fields.put("waiting", new Json.Whole(standing.waiting()));
        standing.last().ifPresent(it -> fields.put("last", new Json.Str(it.toString())));
        standing.trouble()
                .ifPresent(
                        it -> {
                            fields.put("since", new Json.Str(it.since().toString()));
                            fields.put("until", new Json.Str(it.until().toString()));
                            fields.put("trouble", new Json.Str(whole(it.words())));
                        });
        Path half = Files.createTempFile(folder, "notices", ".tmp");
        boolean done = false;
        try {
            Files.write(half, Canonical.bytes(new Json.Obj(fields)));
            Files.move(half, of(folder, standing.to()), StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(half);
            }
        }
    }

    /** Half of a pair of surrogates cannot stand in JSON. */
    private static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
