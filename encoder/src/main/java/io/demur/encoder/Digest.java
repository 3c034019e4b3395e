package io.demur.encoder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over several files, and the line in which the build keeps that of the shipped ones: to
 * compute it over 28 MB at every start would cost as much as a judgement or two.
 */
final class Digest {

    private Digest() {}

    /** Over the contents one after the other; 64 lower-case hexadecimal digits. */
    static String of(byte[]... contents) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] content : contents) {
                sha.update(content);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The line for these contents: the digest, and how many bytes they have. */
    static String line(byte[]... contents) {
        return of(contents) + " " + length(contents) + "\n";
    }

    /** The digest that a line states; computed where the contents are longer or shorter. */
    static String written(byte[] line, byte[]... contents) {
        String[] words = new String(line, StandardCharsets.UTF_8).strip().split(" ", -1);
        return words.length == 2 && words[1].equals(Long.toString(length(contents)))
                ? words[0]
                : of(contents);
    }

    private static long length(byte[]... contents) {
        long bytes = 0;
        for (byte[] content : contents) {
            bytes += content.length;
        }
        return bytes;
    }
}
