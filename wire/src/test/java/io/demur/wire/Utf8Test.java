package io.demur.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

class Utf8Test {

    @Test
    void agreesWithTheDecoderOfTheJdk() {
        Property.check(
                5000,
                gen -> {
                    byte[] bytes = mixed(gen);
                    assertEquals(decodes(bytes), Utf8.firstBad(bytes, 0, bytes.length) < 0);
                });
    }

    @Test
    void namesTheFirstBadByte() {
        byte[] bytes = "abcdefghijklmnop".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            byte[] one = bytes.clone();
            one[i] = 0;
            assertEquals(i, Utf8.firstBad(one, 0, one.length));
            one[i] = (byte) 0xFF;
            assertEquals(i, Utf8.firstBad(one, 0, one.length));
        }
    }

    private static byte[] mixed(Gen gen) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = gen.between(0, 6); i > 0; i--) {
            switch (gen.between(0, 4)) {
                case 0 -> out.writeBytes("plain text".getBytes(StandardCharsets.UTF_8));
                case 1 -> out.writeBytes("é€😀\uFFFD\uD7FF\uE000".getBytes(StandardCharsets.UTF_8));
                case 2 -> out.writeBytes(gen.damaged("é€😀".getBytes(StandardCharsets.UTF_8)));
                case 3 -> out.write(gen.between(0xC0, 0xFF));
                default -> out.write(gen.between(1, 0xBF));
            }
        }
        return out.toByteArray();
    }

    private static boolean decodes(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
