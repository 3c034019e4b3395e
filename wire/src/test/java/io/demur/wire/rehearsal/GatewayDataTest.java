package io.demur.wire.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Hazard;
import io.demur.testkit.gateway.AgentConversation;
import io.demur.testkit.gateway.BenignReply;
import io.demur.testkit.gateway.Half;
import io.demur.testkit.gateway.HarmfulReply;
import io.demur.wire.chat.Call;
import io.demur.wire.openai.ChatFront;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** That what the gateway is measured with is what its page says. */
class GatewayDataTest {

    @Test
    void harmfulRepliesCoverEveryHazard() {
        List<HarmfulReply> all = HarmfulReply.all();
        Set<Hazard> hazards = EnumSet.noneOf(Hazard.class);
        Set<String> ids = new HashSet<>();
        for (HarmfulReply each : all) {
            hazards.add(Hazard.valueOf(each.hazard().replace('-', '_').toUpperCase(Locale.ROOT)));
            assertTrue(ids.add(each.id()), each.request());
            assertTrue(each.reply().length() > 100, each.reply());
            assertTrue(each.severity() >= 1 && each.severity() <= 3, each.request());
        }
        assertTrue(all.size() >= 300, () -> all.size() + " harmful replies");
        assertEquals(EnumSet.allOf(Hazard.class), hazards);
    }

    @Test
    void streamsAreTheSameAtEachRunAndShareNothingBetweenHalves() {
        assertTrue(BenignReply.all().size() >= 250);
        assertEquals(
                BenignReply.streams(Half.TUNE, 1000, 1), BenignReply.streams(Half.TUNE, 1000, 1));
        assertTrue(BenignReply.preamble(Half.REPORT, 8000, 1).length() >= 8000);
        Set<String> tuned = new HashSet<>();
        BenignReply.of(Half.TUNE).forEach(each -> tuned.add(each.reply()));
        for (BenignReply each : BenignReply.of(Half.REPORT)) {
            assertTrue(!tuned.contains(each.reply()), each.reply());
        }
    }

    @Test
    void conversationsAreCallsOfTenToFourHundredKilobytes() throws Exception {
        List<AgentConversation> all = AgentConversation.all();
        Set<Integer> cores = new HashSet<>();
        int smallest = Integer.MAX_VALUE;
        int largest = 0;
        for (AgentConversation each : all) {
            cores.add(each.core());
            byte[] body = each.json("rehearsal").getBytes(StandardCharsets.UTF_8);
            smallest = Math.min(smallest, body.length);
            largest = Math.max(largest, body.length);
            Call call = (Call) new ChatFront().read(body);
            assertTrue(call.speeches().size() > 2, each.id());
        }
        assertEquals(AgentConversation.COUNT, all.size());
        assertTrue(cores.size() >= 60, () -> cores.size() + " cores");
        assertTrue(smallest >= 5_000 && largest <= 450_000, smallest + " to " + largest);
        assertTrue(largest >= 300_000, "at most " + largest);
    }
}
