package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.demur.wire.chat.Fronts.Pair;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.util.List;

/** What an event costs does not depend on those before it: shown by what is allocated for it. */
class CostTest {

    private static final int EVENTS = 2000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void aLateEventCostsWhatAnEarlyOneDoes(Pair pair) {
        EventWriter server = pair.front.stream(Fronts.STAMP);
        EventReader reader = pair.dialect.stream();
        EventWriter writer = pair.front.stream(Fronts.STAMP);
        long warm = cost(server, reader, writer);
        long early = cost(server, reader, writer);
        for (int i = 0; i < 8; i++) {
            cost(server, reader, writer);
        }
        long late = cost(server, reader, writer);
        assertTrue(
                late < early * 1.2 + 50_000,
                "warm `%d`, early `%d`, late `%d` bytes".formatted(warm, early, late));
        assertTrue(
                late / EVENTS < 20_000, "an event allocates `%d` bytes".formatted(late / EVENTS));
    }

    /** The same for the arguments of a tool, which some protocols have to gather. */
    @ParameterizedTest
    @EnumSource
    void theArgumentsOfAToolCostNoMoreWhenTheyAreLong(Pair pair) {
        EventWriter writer = pair.front.stream(Fronts.STAMP);
        writer.write(new Event.ToolBegan(0, "c", "f"));
        long early = arguments(writer);
        for (int i = 0; i < 8; i++) {
            arguments(writer);
        }
        assertTrue(arguments(writer) < early * 4 + 200_000);
    }

    private static long arguments(EventWriter writer) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < EVENTS; i++) {
            writer.write(new Event.ToolDelta(0, "abcdefgh"));
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static long cost(EventWriter server, EventReader reader, EventWriter writer) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < EVENTS; i++) {
            List<Event> events = reader.read(server.write(new Event.Text("a few words ")));
            events.forEach(writer::write);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
