package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Memory does not grow with what a file holds. */
class MemoryTest {

    private static final long LINE_BYTES = 200L << 20;

    @Test
    void aLineOf200MegabytesIsOneUnreadableRow() {
        sweep(
                "{\"id\":\"1\",\"prompt\":\"p\"}\n{\"x\":\"",
                "\"}\n{\"id\":\"3\",\"prompt\":\"p\"}\n");
    }

    @Test
    void aRecordOf200MegabytesInAnArrayIsOneUnreadableRow() {
        sweep(
                "[{\"id\":\"1\",\"prompt\":\"p\"},\n{\"x\":\"",
                "\"},\n{\"id\":\"3\",\"prompt\":\"p\"}]");
    }

    @Test
    void aFieldOf200MegabytesInCsvIsOneUnreadableRow() {
        sweep("id,prompt\n1,p\n2,", "\n3,p\n");
    }

    @Test
    void theTurnsOfAVeryLongDialogueShareItsMessages() {
        String turn =
                "{\"role\":\"user\",\"content\":\"u\"},{\"role\":\"assistant\",\"content\":\"a\"},";
        String record =
                "{\"messages\":[" + turn.repeat(100_000) + "{\"role\":\"user\",\"content\":\"\"}]}";
        assertEquals(100_000, Reading.of(record).only().turns().size());
    }

    private static void sweep(String before, String after) {
        Input input = Input.of("big", () -> new Middle(before, LINE_BYTES, after));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        StringBuilder seen = new StringBuilder();
        try (TranscriptFile file = TranscriptFile.open(input, ReadOptions.AUTO)) {
            for (Optional<Entry> e = file.next(); e.isPresent(); e = file.next()) {
                switch (e.get().decode()) {
                    case Decoded.Read read ->
                            seen.append(read.transcripts().getFirst().id()).append(' ');
                    case Decoded.Unreadable bad -> seen.append(bad.problem()).append(' ');
                }
            }
            assertEquals(LINE_BYTES + before.length() + after.length(), file.bytesRead());
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        assertTrue(seen.toString().startsWith("1 big:"), seen::toString);
        assertTrue(
                seen.toString().contains("a record of 200.0 MiB is above the cap of 16 MiB"),
                seen::toString);
        assertTrue(seen.toString().endsWith(" 3 "), seen::toString);
        // All that was ever allocated, not what is held at once: the window and its growth.
        long mebibytes = allocated >> 20;
        assertTrue(mebibytes < 100, () -> mebibytes + " MiB were allocated");
    }

    /** Two texts with very many letters between them. */
    private static final class Middle extends InputStream {

        private final List<byte[]> ends;
        private final long middle;
        private long at;

        Middle(String before, long middle, String after) {
            this.ends =
                    List.of(
                            before.getBytes(StandardCharsets.UTF_8),
                            after.getBytes(StandardCharsets.UTF_8));
            this.middle = middle;
        }

        @Override
        public int read() {
            byte[] before = ends.getFirst();
            byte[] after = ends.getLast();
            long rest = at - before.length - middle;
            if (rest >= after.length) {
                return -1;
            }
            int b = at < before.length ? before[(int) at] : rest < 0 ? 'x' : after[(int) rest];
            at++;
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = 0;
            for (int b = count < length ? read() : -1; b >= 0; b = count < length ? read() : -1) {
                into[offset + count++] = (byte) b;
            }
            return count == 0 ? -1 : count;
        }
    }
}
