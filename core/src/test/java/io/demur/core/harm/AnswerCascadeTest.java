package io.demur.core.harm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

class AnswerCascadeTest {

    private static final AnswerJudge CASCADE =
            new AnswerCascade(new Share("quick", 'a'), new Share("slow", 'b'), new Band(0.2, 0.6));

    @Test
    void theSecondHasTheWordWithinTheBandAlone() {
        check(0.1, "axxxxxxxxx");
        check(0.5, "aaaaxbbbbb");
        check(0, "aaaaxxxxxx");
        check(0.8, "aaaaaaaabb");
        check(0, "");
    }

    @Test
    void whereAReplyIsCutMakesNoDifference() {
        Property.check(
                300,
                gen -> {
                    StringBuilder said = new StringBuilder();
                    AnswerJudge.Reading reading = CASCADE.read(Request.UNKNOWN);
                    for (int i = gen.between(1, 12); i > 0; i--) {
                        String piece =
                                "abx".charAt(gen.between(0, 2)) + "x".repeat(gen.between(0, 2));
                        said.append(piece);
                        reading.append(piece);
                        if (gen.oneIn(3)) {
                            check(reading.pHarm(), said.toString());
                        }
                    }
                    check(reading.pHarm(), said.toString());
                });
    }

    @Test
    void itsIdentityIsThatOfBoth() {
        assertEquals("quick+slow", CASCADE.id().name());
    }

    private static void check(double expected, String reply) {
        assertEquals(expected, CASCADE.pHarm(Request.UNKNOWN, reply), reply);
    }

    /** Says what share of a reply is one letter. */
    private record Share(String name, char letter) implements AnswerJudge {

        @Override
        public JudgeId id() {
            return new JudgeId(name, 1, "0".repeat(64));
        }

        @Override
        public Reading read(Request request) {
            StringBuilder said = new StringBuilder();
            return new Reading() {
                @Override
                public void append(CharSequence piece) {
                    said.append(piece);
                }

                @Override
                public double pHarm() {
                    long count = said.chars().filter(c -> c == letter).count();
                    return said.isEmpty() ? 0 : (double) count / said.length();
                }
            };
        }
    }
}
