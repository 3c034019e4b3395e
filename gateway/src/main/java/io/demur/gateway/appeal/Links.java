package io.demur.gateway.appeal;

import io.demur.record.keys.Pseudonyms;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The tokens in links of refusals: keyed hashes of the attempt's id, so that whoever has the link
 * can appeal, and whoever has only the id cannot. Immutable.
 */
public final class Links {

    /** Where appeals are. */
    public static final String PATH = "/demur/v1/appeals";

    /** 128 bits, as 32 hexadecimal digits. */
    private static final int LENGTH = 32;

    private final List<Pseudonyms> keys;

    /**
     * Those of an installation.
     *
     * @param keys the key in use, and then earlier ones, whose links go on to open
     */
    public Links(List<Pseudonyms> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key for links");
        }
        this.keys = List.copyOf(keys);
    }

    /** The path of the page of an attempt, with its token. */
    public String path(String attempt) {
        return "%s/%s?t=%s".formatted(PATH, attempt, token(keys.getFirst(), attempt));
    }

    /** Whether it is the token of an attempt. */
    public boolean opens(String attempt, String token) {
        byte[] shown = token.getBytes(StandardCharsets.UTF_8);
        boolean opens = false;
        for (Pseudonyms key : keys) {
            opens |=
                    MessageDigest.isEqual(
                            token(key, attempt).getBytes(StandardCharsets.UTF_8), shown);
        }
        return opens;
    }

    private static String token(Pseudonyms key, String attempt) {
        return key.of(("demur appeal link v1\0" + attempt).getBytes(StandardCharsets.UTF_8))
                .substring(0, LENGTH);
    }
}
