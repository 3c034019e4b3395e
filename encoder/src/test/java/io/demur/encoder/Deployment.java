package io.demur.encoder;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.charter.Scope;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A deployment as its operator describes it, and requests to it: inside, outside, and those that
 * any service has to answer.
 */
record Deployment(
        String name,
        Scope scope,
        List<String> inside,
        List<String> outside,
        List<String> answered) {

    /** Those that the judge was fitted to. */
    static final List<String> FITTED =
            List.of("fitted/bank", "fitted/code", "fitted/homework", "fitted/hr", "fitted/library");

    /** Those that nothing was fitted to or chosen by. */
    static final List<String> FRESH = List.of("fresh/hotel", "fresh/kitchen", "fresh/shop");

    private static final String PURPOSE = "purpose:";
    private static final String TURNS = " >> ";

    static Deployment read(String name) {
        Map<String, List<String>> sections = new HashMap<>();
        String section = "";
        String purpose = "";
        for (String line : text(name).lines().toList()) {
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
            } else if (line.startsWith(PURPOSE)) {
                purpose = line.substring(PURPOSE.length()).strip();
            } else if (!line.isBlank() && !line.startsWith("#")) {
                sections.computeIfAbsent(section, key -> new ArrayList<>()).add(line);
            }
        }
        return new Deployment(
                name,
                new Scope(
                        purpose,
                        sections.getOrDefault("inside examples", List.of()),
                        sections.getOrDefault("outside examples", List.of())),
                sections.getOrDefault("inside", List.of()),
                sections.getOrDefault("outside", List.of()),
                sections.getOrDefault("answered", List.of()));
    }

    /** A request whose messages of the user are parted as in the files. */
    static Request request(String line) {
        List<Message> messages = new ArrayList<>();
        for (String text : line.split(TURNS, -1)) {
            if (!messages.isEmpty()) {
                messages.add(new Message(Role.ASSISTANT, "Here is what I know about that."));
            }
            messages.add(new Message(Role.USER, text));
        }
        return new Request(messages);
    }

    private static String text(String name) {
        String file = "scope/" + name + ".txt";
        try (InputStream in =
                Objects.requireNonNull(Deployment.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
