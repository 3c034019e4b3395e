package io.demur.core.harm.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class FormatTest {

    @Test
    void theDigestsOfTheShippedWeightsAreTheStatedOnes() {
        assertEquals(Shipped.harm().sha256(), HarmFormat.decode(Shipped.harmBytes()).sha256());
        assertEquals(
                Shipped.answer().sha256(), AnswerFormat.decode(Shipped.answerBytes()).sha256());
    }

    @Test
    void findsAnyFlippedBit() {
        byte[] harm = Shipped.harmBytes();
        byte[] answer = Shipped.answerBytes();
        Property.check(
                20,
                gen -> {
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    HarmFormat.decode(
                                            flipped(harm, gen.between(0, harm.length - 1))));
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    AnswerFormat.decode(
                                            flipped(answer, gen.between(0, answer.length - 1))));
                });
    }

    @Test
    void oneJudgeDoesNotTakeTheWeightsOfAnother() {
        assertThrows(IllegalStateException.class, () -> HarmFormat.decode(Shipped.answerBytes()));
        assertThrows(IllegalStateException.class, () -> AnswerFormat.decode(Shipped.harmBytes()));
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] damaged = Arrays.copyOf(bytes, bytes.length);
        damaged[at] ^= 1;
        return damaged;
    }
}
