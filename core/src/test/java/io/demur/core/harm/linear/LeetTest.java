package io.demur.core.harm.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.detect.linear.Hash;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class LeetTest {

    private static final Set<Integer> WORDS =
            Stream.of("poison", "steal", "kill", "a", "list")
                    .map(LeetTest::hash)
                    .collect(Collectors.toSet());
    private static final IntPredicate KNOWN = WORDS::contains;

    @Test
    void lettersComeBackWhereAKnownWordComesOfThem() {
        check("p0is0n", "poison");
        check("$te4l it!", "$te4l it!".replace("$te4l", "steal"));
        check("k1ll, K1LL!", "kill, KiLL!");
        check("l1st", "list");
    }

    @Test
    void whatIsNoDisguiseStays() {
        check("mp3 in 2024, 4 a$, r2d2", "mp3 in 2024, 4 a$, r2d2");
        check("", "");
        check("p0is0ns", "p0is0ns");
    }

    @Test
    void whereItIsAMannerOfWritingUnknownWordsComeBackToo() {
        check("k1ll p0ison $teal zyg0t3", "kill poison steal zygote");
    }

    @Test
    void anyTextComesOutAsLongAsItWas() {
        Property.check(
                200,
                gen -> {
                    String text = gen.text(30);
                    assertEquals(text.length(), Leet.undone(text, h -> true).length());
                });
    }

    private static void check(String text, String plain) {
        assertEquals(plain, Leet.undone(text, KNOWN));
    }

    private static int hash(String word) {
        int h = Hash.START;
        for (int i = 0; i < word.length(); i++) {
            h = Hash.step(h, word.charAt(i));
        }
        return h;
    }
}
