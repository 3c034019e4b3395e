package io.demur.cli;

import io.demur.gateway.profile.Profile;
import io.demur.gateway.profile.Subject;
import io.demur.record.DataFolder;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The profiles of local models, as a file in the data folder. One that is lost or cannot be read is
 * made again; until then the models have the strictest class.
 */
final class ProfileFile {

    private ProfileFile() {}

    static Path of(DataFolder folder) {
        return folder.root().resolve("profiles.json");
    }

    /** All that stand there. */
    static List<Profile> read(DataFolder folder) {
        try {
            return Files.isRegularFile(of(folder))
                            && Canonical.read(Files.readAllBytes(of(folder)))
                                    instanceof Json.Arr all
                    ? all.items().stream().map(ProfileFile::profile).toList()
                    : List.of();
        } catch (IOException | NotCanonical | IllegalArgumentException | DateTimeException e) {
            return List.of();
        }
    }

    private static Profile profile(Json json) {
        if (!(json instanceof Json.Obj it)) {
            throw new IllegalArgumentException("a profile is an object");
        }
        return new Profile(
                new Subject(text(it, "server"), text(it, "model"), text(it, "digest")),
                Instant.parse(text(it, "at")),
                number(it, "harmful"),
                number(it, "refused"),
                number(it, "harmless"),
                number(it, "declined"));
    }

    private static String text(Json.Obj from, String field) {
        if (from.fields().get(field) instanceof Json.Str text) {
            return text.text();
        }
        throw new IllegalArgumentException("a profile has `%s`".formatted(field));
    }

    private static int number(Json.Obj from, String field) {
        if (from.fields().get(field) instanceof Json.Whole number
                && number.number() >= 0
                && number.number() <= Integer.MAX_VALUE) {
            return (int) number.number();
        }
        throw new IllegalArgumentException("a profile has `%s`".formatted(field));
    }

    /** Puts them there, all or none. */
    static void write(DataFolder folder, List<Profile> profiles) throws IOException {
        List<Json> all = new ArrayList<>();
        for (Profile profile : profiles) {
            all.add(
                    new Json.Obj(
                            new TreeMap<>(
                                    Map.of(
                                            "server",
                                            new Json.Str(profile.subject().server()),
                                            "model",
                                            new Json.Str(profile.subject().model()),
                                            "digest",
                                            new Json.Str(profile.subject().digest()),
                                            "at",
                                            new Json.Str(profile.at().toString()),
                                            "harmful",
                                            new Json.Whole(profile.harmful()),
                                            "refused",
                                            new Json.Whole(profile.refused()),
                                            "harmless",
                                            new Json.Whole(profile.harmless()),
                                            "declined",
                                            new Json.Whole(profile.declined())))));
        }
        Path half = Files.createTempFile(folder.root(), "profiles", ".tmp");
        boolean done = false;
        try {
            Files.write(half, Canonical.bytes(new Json.Arr(all)));
            Files.move(half, of(folder), StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(half);
            }
        }
    }
}
