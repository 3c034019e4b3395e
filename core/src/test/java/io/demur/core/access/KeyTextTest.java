package io.demur.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.KeyText.Fault;
import io.demur.core.access.KeyText.Reading;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** The text of keys. */
class KeyTextTest {

    @Test
    void whatIsMadeIsReadBack() {
        Property.check(
                2_000,
                gen -> {
                    KeyText made =
                            KeyText.random(new SplittableRandom(gen.between(0, 1_000_000_000)));
                    Reading.Sound read =
                            assertInstanceOf(Reading.Sound.class, KeyText.read(made.text()));
                    assertEquals(made.text(), read.key().text());
                    assertEquals(made.id(), read.key().id());
                    assertEquals(made.hash(), read.key().hash());
                    assertEquals(KeyText.LENGTH, made.text().length());
                    assertTrue(made.text().matches("dmr_[0-9A-Za-z]{10}_[0-9A-Za-z]{38}"));
                });
    }

    @Test
    void oneWrongCharacterIsAlwaysFound() {
        Property.check(
                2_000,
                gen -> {
                    String text = random(gen.between(0, 1_000_000_000)).text();
                    int at = gen.between(0, text.length() - 1);
                    char other = gen.oneIn(4) ? '\u00e9' : (char) gen.between(33, 126);
                    String wrong = text.substring(0, at) + other + text.substring(at + 1);
                    if (!wrong.equals(text)) {
                        assertInstanceOf(Reading.Faulty.class, KeyText.read(wrong));
                    }
                });
    }

    @Test
    void twoThatChangedPlacesAreFound() {
        String text = random(1).text();
        for (int i = 4; i + 1 < text.length(); i++) {
            String wrong =
                    text.substring(0, i)
                            + text.charAt(i + 1)
                            + text.charAt(i)
                            + text.substring(i + 2);
            assertTrue(wrong.equals(text) || KeyText.read(wrong) instanceof Reading.Faulty, wrong);
        }
    }

    @Test
    void saysWhatIsWrongWithoutRepeatingIt() {
        String text = random(7).text();
        check("", Fault.EMPTY);
        check("sk-abc", Fault.PREFIX);
        check("DMR_" + text.substring(4), Fault.PREFIX);
        check(" " + text, Fault.PREFIX);
        check("dmr_", Fault.LENGTH);
        check(text.substring(0, 52), Fault.LENGTH);
        check(text + "\n", Fault.LENGTH);
        check("dmr_" + "x".repeat(1_000_000), Fault.LENGTH);
        check("dmr_" + "x".repeat(49), Fault.SHAPE);
        check(text.substring(0, 20) + "-" + text.substring(21), Fault.SHAPE);
        check(text.substring(0, 52) + (text.endsWith("0") ? '1' : '0'), Fault.CHECKSUM);
        for (Fault fault : Fault.values()) {
            assertFalse(fault.words().contains(text.substring(15)), fault.words());
            assertTrue(Character.isLowerCase(fault.words().charAt(0)), fault.words());
        }
    }

    @Test
    void aKeyNamesItselfWithoutItsSecret() {
        KeyText key = random(3);
        assertEquals("dmr_" + key.id() + "_…", key.toString());
    }

    @Test
    void noTwoKeysAreAlike() {
        Set<String> ids = new HashSet<>();
        Set<KeyHash> hashes = new HashSet<>();
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 10_000; i++) {
            KeyText key = KeyText.random(random);
            assertTrue(ids.add(key.id()));
            assertTrue(hashes.add(key.hash()));
        }
    }

    /**
     * Keys that were given out once must be readable for ever, and so must what is kept of them.
     */
    @Test
    void theFormNeverChanges() {
        KeyText key = random(42);
        assertEquals(PINNED, key.text());
        assertEquals(PINNED_HASH, key.hash().hex());
    }

    private static final String PINNED = "dmr_rYniDDyzk4_Jx3CqXOXMGCHQHiPU21sZ83fXrYchlzF1Lbzwu";
    private static final String PINNED_HASH =
            "5aaa2d5c7117dff1172370dfb4318e08e33ced29ddfddf152910daee74acce48";

    @Test
    void aHashIsAHash() {
        assertThrows(IllegalArgumentException.class, () -> new KeyHash("A".repeat(64)));
        assertThrows(IllegalArgumentException.class, () -> new KeyHash("ab"));
        assertTrue(random(1).hash().matches(random(1).hash()));
        assertFalse(random(1).hash().matches(random(2).hash()));
        assertNotEquals(random(1).hash(), random(2).hash());
    }

    private static KeyText random(long seed) {
        return KeyText.random(new SplittableRandom(seed));
    }

    private static void check(String text, Fault fault) {
        assertEquals(new Reading.Faulty(fault), KeyText.read(text));
    }
}
