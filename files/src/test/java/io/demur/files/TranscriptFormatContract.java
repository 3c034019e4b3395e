package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Transcript;
import io.demur.core.Turn;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What every format and every JSON shape must do. The sample to do it with is the example in {@code
 * docs/reference/formats.md}, so that the examples are read as they stand.
 */
abstract class TranscriptFormatContract {

    /** The name that {@code --format} takes. */
    abstract String name();

    /** How many transcripts the example holds. */
    abstract int transcripts();

    /** How the example's file is named. */
    String fileName() {
        return "example.jsonl";
    }

    /** Whether each line is a record, so that damage to one cannot reach another. */
    boolean linesAreRecords() {
        return true;
    }

    /** How many records damage to a line may make into one, if it is said. */
    int mergedMax() {
        return 1;
    }

    /** How many lines stand before the records. */
    int headerLines() {
        return 0;
    }

    final String example() {
        return FormatsDocument.example(name());
    }

    @Test
    void recognisesAndReadsItsExample() {
        Reading reading = read(bytes());
        assertEquals(name(), reading.format());
        assertEquals(List.of(), reading.unreadable());
        assertEquals(List.of(), reading.warnings());
        assertEquals(transcripts(), reading.transcripts().size());
    }

    @Test
    void readsTheSameWhenDemanded() {
        Reading demanded = read(bytes(), ReadOptions.AUTO.withFormat(name()));
        assertEquals(read(bytes()).content(), demanded.content());
    }

    @Test
    void everyOtherFormatSaysWhatItLooksLike() {
        for (String other : Formats.names()) {
            if (Formats.shape(other).isEmpty() || Formats.shape(name()).isEmpty()) {
                continue;
            }
            Reading reading = read(bytes(), ReadOptions.AUTO.withFormat(other));
            if (!other.equals(name())) {
                assertTrue(
                        reading.unreadable().getFirst().message().contains("`" + name() + "`"),
                        () -> reading.unreadable().getFirst().toString());
            }
        }
    }

    @Test
    void idsAreDifferent() {
        List<String> ids = read(bytes()).ids();
        assertEquals(ids.stream().distinct().toList(), ids);
    }

    @Test
    void gzipOfSeveralMembersReadsAsPlain() {
        byte[] plain = bytes();
        List<Object> expected = read(plain).content();
        Property.check(
                20,
                gen -> {
                    int cut = gen.between(0, plain.length);
                    ByteArrayOutputStream members = new ByteArrayOutputStream();
                    members.write(Reading.gzip(Arrays.copyOf(plain, cut)));
                    members.write(Reading.gzip(Arrays.copyOfRange(plain, cut, plain.length)));
                    members.write(new byte[gen.between(0, 3)]);
                    byte[] gzip = members.toByteArray();
                    assertEquals(expected, inPieces(gzip, gen.between(1, 40)).content());
                });
    }

    @Test
    void anyChunksGiveTheSameEntries() {
        byte[] plain = bytes();
        List<Object> expected = read(plain).content();
        for (int piece : List.of(1, 2, 3, 7, 64, 1000)) {
            assertEquals(expected, inPieces(plain, piece).content());
        }
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        byte[] marked = ("\uFEFF" + example()).getBytes(StandardCharsets.UTF_8);
        assertEquals(read(bytes()).content(), read(marked).content());
    }

    @Test
    void utf16IsNamed() {
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            for (String mark : List.of("", "\uFEFF")) {
                Reading reading = read((mark + example()).getBytes(charset));
                assertEquals("encoding-unsupported", reading.onlyProblem().code());
                assertTrue(reading.onlyProblem().message().contains("UTF-16"));
            }
        }
    }

    @Test
    void threadsDecodeAsOneDoes() {
        Reading reading = read(bytes());
        List<Decoded> parallel = reading.entries().parallelStream().map(Entry::decode).toList();
        assertEquals(reading.entries().stream().map(Entry::decode).toList(), parallel);
    }

    /** The fuzzer: {@code -Dtries=100000} for a long night. */
    @Test
    void damageNeverThrowsAndIsNeverSilent() {
        byte[] whole = repeated(3);
        Property.check(
                400,
                gen -> {
                    byte[] damaged = gen.damaged(whole);
                    ReadOptions options =
                            gen.oneIn(2) ? ReadOptions.AUTO : ReadOptions.AUTO.withFormat(name());
                    checkSound(damaged, options.withRecordBytesMax(gen.between(40, 5000)));
                    checkSound(Reading.gzip(damaged), options);
                    checkSound(gen.damaged(Reading.gzip(whole)), options);
                });
    }

    /** What a damaged line costs is itself: those before and after it read as they did. */
    @Test
    void damageToALineCostsNoOther() {
        byte[] whole = repeated(3);
        List<String> lines = new String(whole, StandardCharsets.UTF_8).lines().toList();
        List<Transcript> all = read(whole).transcripts();
        Property.check(
                200,
                gen -> {
                    int line = gen.between(headerLines() + 1, lines.size());
                    ByteArrayOutputStream file = new ByteArrayOutputStream();
                    for (int i = 1; i <= lines.size(); i++) {
                        byte[] text = lines.get(i - 1).getBytes(StandardCharsets.UTF_8);
                        file.writeBytes(i == line ? gen.damaged(text) : text);
                        file.write('\n');
                    }
                    Reading reading = read(file.toByteArray());
                    if (!linesAreRecords()) {
                        int found = reading.transcripts().size() + reading.unreadable().size();
                        int least = reading.unreadable().isEmpty() ? 1 : mergedMax();
                        assertTrue(found >= all.size() - least, () -> found + " are left");
                        return;
                    }
                    List<List<Turn>> kept = turns(reading.transcripts(), 0, Long.MAX_VALUE);
                    List<List<Turn>> before = turns(all, 0, line - 1L);
                    List<List<Turn>> after = turns(all, line + 1L, Long.MAX_VALUE);
                    assertTrue(kept.size() >= before.size() + after.size(), "records are lost");
                    assertEquals(before, kept.subList(0, before.size()));
                    assertEquals(after, kept.subList(kept.size() - after.size(), kept.size()));
                });
    }

    /** Ids and places may change with the number of lines; what was said may not. */
    private static List<List<Turn>> turns(List<Transcript> transcripts, long from, long to) {
        return transcripts.stream()
                .filter(t -> t.where().line() >= from && t.where().line() <= to)
                .map(Transcript::turns)
                .toList();
    }

    @Test
    void rubbishNeverThrows() {
        Property.check(
                200,
                gen -> {
                    checkSound(gen.bytes(300), ReadOptions.AUTO);
                    checkSound(gen.bytes(300), ReadOptions.AUTO.withFormat(name()));
                    byte[] text = gen.text(30).getBytes(StandardCharsets.UTF_8);
                    checkSound(text, ReadOptions.AUTO.withFormat(name()));
                });
    }

    @Test
    void aFileThatIsCutOffGivesTheRecordsBefore() {
        byte[] whole = repeated(3);
        List<Transcript> all = read(whole).transcripts();
        Property.check(
                100,
                gen -> {
                    int length = gen.between(1, whole.length - 1);
                    Reading reading = read(Arrays.copyOf(whole, length));
                    assertTrue(reading.unreadable().size() <= 2, reading.unreadable()::toString);
                    List<Transcript> kept = reading.transcripts();
                    int sure = Math.max(0, kept.size() - 1);
                    assertEquals(all.subList(0, sure), kept.subList(0, sure));
                });
    }

    private static void checkSound(byte[] bytes, ReadOptions options) {
        Reading reading = Reading.of(bytes, options);
        assertNotEquals(0, reading.entries().size(), "nothing came out");
        long line = 0;
        for (Entry entry : reading.entries()) {
            assertTrue(entry.where().line() >= line, () -> "lines go back at " + entry.where());
            line = entry.where().line();
            if (entry.decode() instanceof Decoded.Unreadable bad) {
                assertNotEquals("reader-failed", bad.problem().code(), bad.toString());
            } else {
                assertInstanceOf(Decoded.Read.class, entry.decode());
            }
        }
    }

    final byte[] bytes() {
        return example().getBytes(StandardCharsets.UTF_8);
    }

    /** The example so many times over; overridden where records alone do not make a file. */
    byte[] repeated(int times) {
        return example().repeat(times).getBytes(StandardCharsets.UTF_8);
    }

    final Reading read(byte[] bytes) {
        return read(bytes, ReadOptions.AUTO);
    }

    final Reading read(byte[] bytes, ReadOptions options) {
        return Reading.of(
                Input.of("folder/" + fileName(), () -> new ByteArrayInputStream(bytes)), options);
    }

    private Reading inPieces(byte[] bytes, int piece) {
        return Reading.of(
                Input.of("folder/" + fileName(), () -> Reading.inPieces(bytes, piece)),
                ReadOptions.AUTO);
    }
}
