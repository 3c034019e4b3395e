package io.demur.core.charter;

/**
 * A system prompt that was looked at: a request under it, word for word, has its purpose.
 *
 * @param id the policy's name for it
 * @param sha256 over its UTF-8 bytes, as 64 hexadecimal digits in lower case
 * @param purpose the purpose that it stands for
 */
public record RegisteredPrompt(String id, String sha256, String purpose) {
    public RegisteredPrompt {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("`%s` is no SHA-256".formatted(sha256));
        }
    }
}
