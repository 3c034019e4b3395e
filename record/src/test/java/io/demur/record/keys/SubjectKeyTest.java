package io.demur.record.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** HKDF against its RFC, and what is derived and wrapped with it. */
class SubjectKeyTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] CONTEXT = "sub_1".getBytes(StandardCharsets.UTF_8);

    /** The three vectors of RFC 5869, appendix A, that use SHA-256. */
    @Test
    void derivesAsTheRfcSays() {
        vector(
                "0b".repeat(22),
                "000102030405060708090a0b0c",
                "f0f1f2f3f4f5f6f7f8f9",
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                        + "34007208d5b887185865");
        vector(
                range(0x00, 0x4f),
                range(0x60, 0xaf),
                range(0xb0, 0xff),
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                        + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                        + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
        vector(
                "0b".repeat(22),
                "",
                "",
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                        + "9d201395faa4b61a96c8");
    }

    @Test
    void givesNoMoreThanTheRfcAllows() {
        byte[] none = {};
        assertEquals(8160, Hkdf.derive(none, new byte[32], none, 8160).length);
        assertThrows(
                IllegalArgumentException.class, () -> Hkdf.derive(none, new byte[32], none, 8161));
        assertThrows(
                IllegalArgumentException.class, () -> Hkdf.derive(none, new byte[32], none, 0));
    }

    /** Pinned: a later version that derives otherwise could read nothing of this one's. */
    @Test
    void derivesTheSameForEver() {
        SubjectKey key = SubjectKey.of(HEX.parseHex(range(0x00, 0x1f)));
        String attempt = "att_0193506c-7a00-7000-8000-000000000001";
        assertEquals(
                "8ee9e67824ba141ee714d0b498d26a2505bd572192de89ee3fa6ff44c2d5956b",
                HEX.formatHex(key.salt(attempt, "request")));
        assertEquals(
                "279f217d767b32f323bd18f7dda7bbf308019d9baaa4c78e13a419adb7f4a361",
                HEX.formatHex(key.recordKey(attempt, "request")));
    }

    @Test
    void everyPartOfEveryAttemptHasItsOwn() {
        SubjectKey key = SubjectKey.random(new SecureRandom());
        Set<String> seen = new HashSet<>();
        for (String attempt : new String[] {"a", "ab", "b"}) {
            for (String part : new String[] {"b", "c", "bc"}) {
                seen.add(HEX.formatHex(key.salt(attempt, part)));
                seen.add(HEX.formatHex(key.recordKey(attempt, part)));
            }
        }
        assertEquals(18, seen.size());
        assertThrows(IllegalArgumentException.class, () -> key.salt("a\0b", "c"));
        assertThrows(IllegalArgumentException.class, () -> key.salt("", "c"));
    }

    @Test
    void aDestroyedKeyDerivesNothing() {
        byte[] given = HEX.parseHex(range(0x00, 0x1f));
        SubjectKey key = SubjectKey.of(given);
        key.destroy();
        assertThrows(IllegalStateException.class, () -> key.salt("a", "b"));
        assertThrows(IllegalStateException.class, key::bytes);
        assertEquals(range(0x00, 0x1f), HEX.formatHex(given));
        assertThrows(IllegalArgumentException.class, () -> SubjectKey.of(new byte[31]));
    }

    @Test
    void whatIsWrappedIsUnwrappedInItsOwnContextAlone() {
        Map<String, byte[]> ring = new HashMap<>(Map.of("one", new byte[32]));
        WrappedKeys epochs =
                new WrappedKeys(
                        () -> "one", id -> Optional.ofNullable(ring.get(id)), new SecureRandom());
        byte[] secret = SubjectKey.random(new SecureRandom()).bytes();
        byte[] wrapped = epochs.wrap(secret, CONTEXT);
        assertArrayEquals(secret, epochs.unwrap(wrapped, CONTEXT).orElseThrow());
        assertEquals("one", epochs.idOf(wrapped));
        assertFalse(Arrays.equals(wrapped, epochs.wrap(secret, CONTEXT)));
        assertThrows(
                IllegalArgumentException.class,
                () -> epochs.unwrap(wrapped, "x".getBytes(StandardCharsets.UTF_8)));
        ring.put("onf", new byte[32]);
        for (int i = 0; i < wrapped.length * 8; i++) {
            byte[] changed = wrapped.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertUnreadable(epochs, changed);
        }
        for (int length = 0; length < wrapped.length; length++) {
            byte[] cut = Arrays.copyOf(wrapped, length);
            assertThrows(IllegalArgumentException.class, () -> epochs.unwrap(cut, CONTEXT));
        }
        ring.remove("one");
        assertEquals(Optional.empty(), epochs.unwrap(wrapped, CONTEXT));
    }

    /** Either said to be changed, or of an epoch whose key nobody has. */
    private static void assertUnreadable(WrappedKeys epochs, byte[] changed) {
        try {
            assertEquals(Optional.empty(), epochs.unwrap(changed, CONTEXT));
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }

    private static void vector(String secret, String salt, String info, String expected) {
        byte[] derived =
                Hkdf.derive(
                        HEX.parseHex(salt),
                        HEX.parseHex(secret),
                        HEX.parseHex(info),
                        expected.length() / 2);
        assertEquals(expected, HEX.formatHex(derived));
    }

    private static String range(int from, int to) {
        StringBuilder hex = new StringBuilder();
        for (int i = from; i <= to; i++) {
            hex.append(HEX.toHexDigits((byte) i));
        }
        return hex.toString();
    }
}
