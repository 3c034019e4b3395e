package io.demur.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearHarm;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

class CharterJudgesTest {

    private static final Request REQUEST = Request.of("How do I film people in secret?");

    private final HarmPredictor quick = LinearHarm.shipped();

    @BeforeEach
    void encoder() {
        assumeTrue(Encoder.isShipped(), "this build has no encoder: the quick judge alone speaks");
    }

    @Test
    void theEncoderIsAskedInTheBandOfTheCharterAndNowhereElse() {
        HarmPredictor never = CharterJudges.harm(in(new Band(0.999998, 0.999999)));
        assertEquals(quick.assess(REQUEST), never.assess(REQUEST));
        HarmPredictor always = CharterJudges.harm(in(Band.ALL));
        assertEquals(
                new EncoderHarm(Encoder.shipped()).id(),
                judged(always.assess(REQUEST)),
                "the encoder's word replaces the quick one's");
        assertNotEquals(never.id(), always.id(), "a band is part of who judges");
        assertEquals(CharterJudges.harm(Settings.USUAL).id(), CharterJudges.harm(usual()).id());
    }

    @Test
    void theJudgesThatTheCharterNamesSpeakAndNoOthers() {
        JudgeId both = CharterJudges.harm(Settings.USUAL).id();
        assertEquals(quick.id(), CharterJudges.harm(naming(quick.id())).id());
        assertEquals(both, CharterJudges.harm(naming(both)).id());
        assertEquals(both, CharterJudges.harm(naming(quick.id(), both)).id());
        // whose judges nobody has: the keeper says so, by the id of those that speak
        JudgeId other = new JudgeId("other", 1, "ab".repeat(32));
        assertEquals(both, CharterJudges.harm(naming(other)).id());
    }

    private static JudgeId judged(Assessment assessment) {
        return ((Assessment.Judged) assessment).judge();
    }

    private static Settings usual() {
        return Settings.USUAL.with(List.of());
    }

    private static Settings naming(JudgeId... judges) {
        return Settings.USUAL.with(List.of(judges));
    }

    private static Settings in(Band band) {
        Settings usual = Settings.USUAL;
        return new Settings(
                usual.judges(),
                band,
                usual.windows(),
                usual.retention(),
                usual.witnesses(),
                usual.drills(),
                usual.changes(),
                usual.incidents(),
                usual.review());
    }
}
