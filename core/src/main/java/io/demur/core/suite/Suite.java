package io.demur.core.suite;

import io.demur.core.Message;
import io.demur.core.harm.Hazard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cases that are asked together, so that what models did with them can be compared. Immutable.
 *
 * @param name what it is called
 * @param version changes whenever a case does
 * @param description what it is, in a few words; may be empty
 * @param cases in the order in which they are shown
 */
public record Suite(String name, String version, String description, List<Case> cases) {

    public Suite {
        Objects.requireNonNull(description);
        cases = List.copyOf(cases);
        if (name.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("a suite has a name and a version");
        }
        Set<String> ids = new HashSet<>();
        for (Case each : cases) {
            if (!ids.add(each.id())) {
                throw new IllegalArgumentException("there are two cases `%s`".formatted(each.id()));
            }
        }
    }

    /** The same suite with some of its cases alone, in their order. */
    public Suite only(Predicate<Case> wanted) {
        return new Suite(name, version, description, cases.stream().filter(wanted).toList());
    }

    /** The names of its sections, in the order in which they begin. */
    public List<String> sections() {
        return cases.stream().map(Case::section).distinct().toList();
    }

    /**
     * What tells these cases from all others, whatever the suite is called: SHA-256 over what each
     * asks and what is right, in their order. In hexadecimal, in lower case. Tags and reasons do
     * not count: they change nothing of what is measured.
     */
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            cases.forEach(each -> add(sha, each));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private static void add(MessageDigest sha, Case each) {
        add(sha, each.id());
        add(sha, each.section());
        add(sha, each.expectation().name());
        add(sha, each.kind().map(Enum::name).orElse(""));
        add(sha, each.hazard().map(Hazard::name).orElse(""));
        add(sha, each.style().map(Style::name).orElse(""));
        add(sha, each.pair().orElse(""));
        add(sha, each.group().orElse(""));
        add(sha, each.rung().map(rung -> rung.ladder() + " " + rung.level()).orElse(""));
        add(sha, each.request().messages().size() + " " + each.pushes().size());
        for (Message message : each.request().messages()) {
            add(sha, message.role().name());
            add(sha, message.text());
        }
        for (Push push : each.pushes()) {
            add(sha, push.tactic().name());
            add(sha, push.text());
        }
    }

    /** A text with its length before it, so that no two rows of texts are the same bytes. */
    private static void add(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
    }
}
