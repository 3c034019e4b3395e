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
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What second judges said of the answers of a run, kept beside it, a line each, so that nobody is
 * asked twice: {@code docs/reference/runs.md}. A line belongs to the words that were judged; of
 * other words that came since it says nothing. Safe for use by several threads.
 */
public final class OpinionFile implements AutoCloseable {

    private final FileOutputStream out;
    private final JudgeId judge;

    private OpinionFile(FileOutputStream out, JudgeId judge) {
        this.out = out;
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
     */
    public static OpinionFile open(Path file, JudgeId judge) throws IOException {
        if (Files.exists(file)) {
            byte[] bytes = Files.readAllBytes(file);
            int whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
                all.setLength(whole);
            }
        }
        return new OpinionFile(new FileOutputStream(file.toFile(), true), judge);
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
            out.write(bytes.toByteArray());
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /**
     * What is kept of a run.
     *
     * @param problems gets what is wrong with the file
     * @return by judge, whoever was asked last at the end; none where there is no file
     */
    public static Map<JudgeId, Opinion> read(Path file, Run run, List<Problem> problems)
            throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Map<Place, String> replies = new LinkedHashMap<>();
        run.trials().stream()
                .filter(trial -> trial.first().isPresent())
                .forEach(trial -> replies.put(Place.of(trial), digest(trial)));
        String text = Files.readString(file);
        List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        Map<JudgeId, Map<Place, Labels.Answer>> said = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                Map<String, @Nullable Object> line =
                        JsonLine.read(lines.get(i).getBytes(StandardCharsets.UTF_8));
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
                                Where.line(file.toString(), i + 1),
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
