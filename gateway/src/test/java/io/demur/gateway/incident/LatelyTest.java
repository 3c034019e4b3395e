package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.ModelClass;
import io.demur.store.Erasure;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a principal has sent lately is what the store has, though that is not always asked. */
class LatelyTest extends Gateways {

    private static final Duration LONG_AGO = Duration.ofHours(1);

    private static List<String> attempts(List<Footprint> sent) {
        return sent.stream().map(Footprint::attempt).toList();
    }

    /** Of a gateway that has looked, and seen no other. */
    private Lately alone(RouteArounds gateway) {
        Lately lately = new Lately(gateway.prints, clock, LONG_AGO);
        lately.shared(false);
        return lately;
    }

    private Footprint kept(RouteArounds gateway, String text) throws Exception {
        Footprint footprint = footprintOf(gateway, asked("small", ModelClass.LOCAL, text));
        assertTrue(gateway.prints.keep(footprint.row(false)));
        return footprint;
    }

    @Test
    void whatThisGatewayAddsIsKnownAtOnceAndWhatAnotherOneWritesWhereItIsShared() throws Exception {
        try (RouteArounds one = gateway();
                RouteArounds other = gateway()) {
            Lately lately = alone(one);
            Footprint first = kept(one, "Which paint covers mould?");
            Footprint second = footprintOf(one, asked("small", ModelClass.LOCAL, "And where?"));
            assertEquals(List.of(first.attempt()), attempts(lately.before(second)));
            assertTrue(one.prints.keep(second.row(true)));
            lately.add(second);
            Footprint third = kept(other, "Who sells it?");
            Footprint last = footprintOf(one, asked("small", ModelClass.LOCAL, "How much?"));
            List<String> own = List.of(first.attempt(), second.attempt());
            assertEquals(own, attempts(lately.before(last)));
            assertTrue(one.prints.isWrittenElsewhere(first.at().minusSeconds(1)));
            lately.shared(true);
            List<String> all = new ArrayList<>(own);
            all.add(third.attempt());
            assertEquals(all, attempts(lately.before(last)));
        }
    }

    @Test
    void aRequestThatIsComparedLongAfterItWasSentHasItsOwnPast() throws Exception {
        try (RouteArounds gateway = gateway()) {
            Lately lately = alone(gateway);
            List<Footprint> sent = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sent.add(kept(gateway, "Which paint covers mould best in room " + i + "?"));
            }
            assertEquals(
                    attempts(sent.subList(99 - Lately.MAX, 99)),
                    attempts(lately.before(sent.get(99))));
            assertEquals(
                    attempts(sent.subList(8, 40)),
                    attempts(lately.before(sent.get(40))),
                    "it is not among the latest that are known");
            assertEquals(attempts(sent.subList(0, 5)), attempts(lately.before(sent.get(5))));
        }
    }

    @Test
    void whoIsErasedIsForgotten() throws Exception {
        try (RouteArounds gateway = gateway()) {
            Lately lately = alone(gateway);
            Footprint first = kept(gateway, "Which paint covers mould?");
            Footprint later = footprintOf(gateway, asked("small", ModelClass.LOCAL, "And where?"));
            assertEquals(List.of(first.attempt()), attempts(lately.before(later)));
            new Erasure(store, log::add, clock).subjects(List.of(ada), "request");
            assertEquals(List.of(first.attempt()), attempts(lately.before(later)));
            lately.keepOnly(gateway.prints.subjects());
            assertEquals(List.of(), lately.before(later));
        }
    }
}
