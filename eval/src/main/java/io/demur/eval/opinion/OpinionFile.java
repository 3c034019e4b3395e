package io.demur.eval.opinion;

import io.demur.core.JudgeId;
import io.demur.core.Labels;
import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.files.JsonLine;
import io.demur.files.ProblemCode;
import io.demur.files.output.Json;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What second judges said of the answers of a run, kept beside it, a line each, so that nobody is
 * asked twice: {@code docs/reference/runs.md}. A line belongs to the words that were judged; of
 * other words that came since it says nothing. One process at a time adds to it; the system lets go
 * of it however that process ends. Safe for use by several threads.
 */
public final class OpinionFile implements AutoCloseable {

    private final String name;
    private final RandomAccessFile whole;
    private final JudgeId judge;

    private OpinionFile(String name, RandomAccessFile whole, JudgeId judge) {
        this.name = name;
        this.whole = whole;
        this.judge = judge;
    }

    /** Where it lies. */
    public static Path beside(Path run) {
        return run.resolveSibling(run.getFileName() + ".opinions");
    }

    /**
     * Goes on with the file, or begins it; half a line at its end is dropped.
     *
     * @param judge whose opinions are added
     * @throws IOException also where somebody else has it; the message is for the user
     */
    public static OpinionFile open(Path file, JudgeId judge) throws IOException {
        // Not a channel: an interrupt of one thread would close it for all.
        RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw");
        boolean ours = false;
        try {
            if (whole.getChannel().tryLock() != null) {
                OpinionFile open = new OpinionFile(file.toString(), whole, judge);
                open.dropHalfALine();
                ours = true;
                return open;
            }
        } catch (OverlappingFileLockException byThisProcess) {
            // which is somebody else too
        } finally {
            if (!ours) {
                whole.close();
            }
        }
        throw new IOException(
                "another `demur report` is asking a second judge, and keeps what it says in `%s`;"
                                .formatted(file)
                        + " wait for its end, or stop it");
    }

    private void dropHalfALine() throws IOException {
        byte[] bytes = bytes();
        int end = end(bytes);
        if (end < bytes.length) {
            whole.setLength(end);
        }
        whole.seek(end);
    }

    /** All that it holds. */
    private byte[] bytes() throws IOException {
        // Not by its name: to close any handle of a file lets go of the locks on it.
        byte[] bytes = new byte[Math.toIntExact(whole.length())];
        whole.seek(0);
        whole.readFully(bytes);
        return bytes;
    }

    /** Of its whole lines. */
    private static int end(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<byte[]> lines(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, from, i));
                from = i + 1;
            }
        }
        return lines;
    }

    /** Keeps what the judge said of a trial's first answer. */
    void keep(Trial trial, Labels.Answer said) throws IOException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("t", "opinion");
        line.put("judge", judge.name());
        line.put("version", judge.version());
        line.put("sha256", judge.sha256());
        line.put("case", trial.of().id());
        line.put("epoch", trial.epoch());
        line.put("variant", trial.variant());
        line.put("reply", digest(trial));
        line.put("degree", said.name().toLowerCase(Locale.ROOT));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        Json.writeLine(bytes, line);
        synchronized (this) {
            whole.write(bytes.toByteArray());
        }
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }

    /**
     * What is kept of a run in it, as {@link #read(Path, Run, List)} has it.
     *
     * @param problems gets what is wrong with single lines
     */
    public synchronized Map<JudgeId, Opinion> read(Run run, List<Problem> problems)
            throws IOException {
        return read(name, bytes(), run, problems);
    }

    /**
     * What is kept of a run.
     *
     * @param problems gets what is wrong with single lines, which say nothing then
     * @return by judge, whoever was asked last at the end; none where there is no file
     */
    public static Map<JudgeId, Opinion> read(Path file, Run run, List<Problem> problems)
            throws IOException {
        return Files.exists(file)
                ? read(file.toString(), Files.readAllBytes(file), run, problems)
                : Map.of();
    }

    private static Map<JudgeId, Opinion> read(
            String file, byte[] bytes, Run run, List<Problem> problems) {
        Map<Place, String> replies = new LinkedHashMap<>();
        run.trials().stream()
                .filter(trial -> trial.first().isPresent())
                .forEach(trial -> replies.put(Place.of(trial), digest(trial)));
        Map<JudgeId, Map<Place, Labels.Answer>> said = new LinkedHashMap<>();
        int number = 0;
        for (byte[] each : lines(bytes)) {
            number++;
            try {
                Map<String, @Nullable Object> line = JsonLine.read(each);
                JudgeId judge =
                        new JudgeId(
                                text(line, "judge"), whole(line, "version"), text(line, "sha256"));
                Place place =
                        new Place(text(line, "variant"), whole(line, "epoch"), text(line, "case"));
                Labels.Answer answer = answer(text(line, "degree"));
                Map<Place, Labels.Answer> before = said.remove(judge);
                Map<Place, Labels.Answer> by = before == null ? new LinkedHashMap<>() : before;
                said.put(judge, by);
                if (text(line, "reply").equals(replies.get(place))) {
                    by.put(place, answer);
                }
            } catch (IllegalArgumentException e) {
                problems.add(
                        Problem.at(
                                Where.line(file, number),
                                ProblemCode.RECORD_MALFORMED.code(),
                                String.valueOf(e.getMessage())));
            }
        }
        Map<JudgeId, Opinion> opinions = new LinkedHashMap<>();
        said.forEach((id, of) -> opinions.put(id, new Opinion(Rater.SECOND, id.name(), of)));
        return opinions;
    }

    private static Labels.Answer answer(String word) {
        return Arrays.stream(Labels.Answer.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("`%s` is no degree".formatted(word)));
    }

    private static String text(Map<String, @Nullable Object> line, String name) {
        if (line.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("`%s` is no text".formatted(name));
    }

    private static int whole(Map<String, @Nullable Object> line, String name) {
        if (line.get(name) instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException("`%s` is no whole number".formatted(name));
    }

    /** Of the words of a trial's first answer. */
    private static String digest(Trial trial) {
        String text = trial.first().map(it -> it.response().text()).orElse("");
        try {
            byte[] sha =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
