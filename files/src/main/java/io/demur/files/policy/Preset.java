package io.demur.files.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A policy document that ships, to start from: each says the reason for all that it does. */
public enum Preset {
    /** What holds where nobody has written a policy, in full. */
    DEFAULT("default"),
    /** Eased where developers talk about attacks, and limited to software. */
    CODING_ASSISTANT("coding-assistant"),
    /** A narrow scope, said in the bank's words. */
    BANK("bank"),
    /** An authorised use: roles, purposes, a registered prompt, an envelope. */
    SECURITY_RESEARCH("security-research"),
    /** Two steps stricter, and gentler. */
    CHILDREN("children");

    private final String word;

    Preset(String word) {
        this.word = word;
    }

    /** What people call it on a command line. */
    public String word() {
        return word;
    }

    /** Its name as a file. */
    public String fileName() {
        return word + ".yaml";
    }

    /** The document, with its comments. */
    public byte[] bytes() {
        try (InputStream in =
                Objects.requireNonNull(Preset.class.getResourceAsStream(fileName()))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("preset `%s`".formatted(word), e);
        }
    }
}
