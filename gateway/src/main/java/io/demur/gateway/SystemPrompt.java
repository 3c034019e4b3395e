package io.demur.gateway;

import io.demur.core.Role;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Speech;
import io.demur.wire.chat.Verbatim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** By what a system prompt is recognised that the policy has registered. */
final class SystemPrompt {

    private SystemPrompt() {}

    /**
     * SHA-256 over the one system prompt's UTF-8 bytes, as 64 hexadecimal digits in lower case; one
     * of several parts, or with fields beside its text, is another prompt than its text alone.
     * Nothing where there is none, or more than one, or one elsewhere than at the beginning: what
     * is registered is a whole prompt, and nothing beside it.
     */
    static Optional<String> sha256(Call call) {
        List<Speech> prompts =
                call.speeches().stream().filter(it -> it.role() == Role.SYSTEM).toList();
        if (prompts.size() != 1 || call.speeches().getFirst().role() != Role.SYSTEM) {
            return Optional.empty();
        }
        byte[] text = Verbatim.of(prompts.getFirst());
        try {
            return Optional.of(
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
