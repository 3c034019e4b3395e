package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.policy.Axes;
import io.demur.files.policy.PolicyFile;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.record.policy.InForce;
import io.demur.record.policy.Statement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A policy with one authorised use more, as a document that people read and sign: the one in force,
 * and in it a purpose with what stands for it. What a purpose changes, only rules say.
 */
final class ProposedUse {

    private static final Pattern PURPOSE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final String purpose;
    private final boolean isNew;
    private final String document;

    private ProposedUse(String purpose, boolean isNew, String document) {
        this.purpose = purpose;
        this.isNew = isNew;
        this.document = document;
    }

    /**
     * Proposes a use for the policy in force.
     *
     * @param prompt the file of a system prompt that stands for the purpose
     * @param role whose holders may declare it, where there is no prompt
     * @param appeal for whose sake, by its id
     */
    static ProposedUse of(
            Installation installation,
            String purpose,
            Optional<Path> prompt,
            String role,
            String appeal)
            throws IOException, Malformed {
        if (!PURPOSE.matcher(purpose).matches() || purpose.equals(Axes.OTHER)) {
            throw new IllegalArgumentException(
                    "--purpose `%s` is not made of letters, digits and ._:-, or is `other`"
                            .formatted(purpose));
        }
        try (PolicySession session = PolicySession.look(installation, InstantSource.system())) {
            Optional<Note> note = session.keeper().current();
            if (session.keeper().inForce() instanceof InForce.Active active
                    && note.isPresent()
                    && Statement.parse(note.get().text())
                            instanceof Statement.PolicyStatement policy) {
                return of(active.charter(), policy.document(), purpose, prompt, role, appeal);
            }
        }
        throw new IllegalArgumentException("no policy is in force to which a use could be added");
    }

    private static ProposedUse of(
            Charter charter,
            String document,
            String purpose,
            Optional<Path> prompt,
            String role,
            String appeal)
            throws IOException {
        boolean isNew = !charter.policy().table().axes().purposes().contains(purpose);
        String with = isNew ? with(document, "purposes", purpose) : document;
        String key;
        String item;
        if (prompt.isPresent()) {
            key = "prompts";
            item =
                    """
                    id: %s
                        purpose: %s
                        sha256: %s\
                    """
                            .formatted(
                                    "appeal-" + appeal.substring(appeal.length() - 12),
                                    purpose,
                                    digest(prompt.get()));
        } else {
            String named =
                    charter.policy().table().axes().roles().contains(role) ? role : Axes.OTHER;
            if (charter.grants().stream().anyMatch(it -> it.role().equals(named))) {
                throw new IllegalArgumentException(
                        "the policy has a grant for the role `%s` already: add `%s` to its purposes"
                                        .formatted(named, purpose)
                                + " by hand, or name a system prompt with --prompt");
            }
            key = "grants";
            item =
                    """
                    role: %s
                        purposes: [%s]\
                    """
                            .formatted(named, purpose);
        }
        with = with(with, key, item);
        List<Problem> problems = new ArrayList<>();
        Optional<Charter> read =
                PolicyFile.read("policy", with.getBytes(StandardCharsets.UTF_8), problems);
        if (read.isEmpty()
                || (read.get().grants().equals(charter.grants())
                        && read.get().prompts().equals(charter.prompts()))) {
            throw new IllegalArgumentException(
                    "the policy is not written so that a use can be added: put `%s` among its"
                                    .formatted(purpose)
                            + " `purposes` by hand, and under `%s`: %s"
                                    .formatted(key, item.replaceAll("\\s+", " ")));
        }
        return new ProposedUse(purpose, isNew, with);
    }

    /** The document with one item more in a list at its top, whichever way that is written. */
    private static String with(String document, String key, String item) {
        Matcher flow =
                Pattern.compile("(?m)^%s:[ \\t]*\\[([^\\]\\n]*)\\]".formatted(key))
                        .matcher(document);
        if (flow.find()) {
            String inside = flow.group(1).strip();
            String list =
                    inside.isEmpty()
                            ? "%s:\n  - %s".formatted(key, item)
                            : "%s: [%s, %s]".formatted(key, inside, item);
            return document.substring(0, flow.start()) + list + document.substring(flow.end());
        }
        Matcher block =
                Pattern.compile(
                                "(?m)^%s:[ \\t]*(?:#.*)?\\n(?:[ \\t]*(?:#.*)?\\n)*( *)- "
                                        .formatted(key))
                        .matcher(document);
        if (block.find()) {
            int at = block.start(1);
            String indent = block.group(1);
            String nested = item.replace("\n    ", "\n" + indent + "  ");
            return "%s%s- %s\n%s"
                    .formatted(document.substring(0, at), indent, nested, document.substring(at));
        }
        return "%s\n%s:\n  - %s\n".formatted(document.stripTrailing() + "\n", key, item);
    }

    private static String digest(Path prompt) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(Files.readAllBytes(prompt)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Writes the document; never over another one. */
    void write(Path file) throws IOException {
        Files.writeString(file, document, StandardOpenOption.CREATE_NEW);
    }

    /** What else has to be done, in words. */
    List<String> words() {
        return isNew
                ? List.of(
                        "`%s` is a new purpose: it is decided like any other until a rule of the"
                                        .formatted(purpose)
                                + " document names it; add that rule before you sign")
                : List.of();
    }
}
