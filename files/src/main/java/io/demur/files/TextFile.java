package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files that are read as one text: UTF-8, with or without the mark that some programs put first.
 */
public final class TextFile {

    private TextFile() {}

    /**
     * The text that bytes are, without the mark.
     *
     * @param file as the user named it
     * @param problems gets what is wrong with it
     * @return nothing where it is no UTF-8
     */
    public static Optional<String> of(String file, byte[] bytes, List<Problem> problems) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            problems.add(
                    Problem.at(
                                    Where.file(file),
                                    ProblemCode.FORMAT_UNKNOWN.code(),
                                    "the file is no UTF-8 text")
                            .withFix("unpack it, or save it as UTF-8"));
            return Optional.empty();
        }
    }

    /**
     * The text of a file, without the mark.
     *
     * @throws IOException if it cannot be read, or is no UTF-8; the message is for the user
     */
    public static String read(Path file) throws IOException {
        List<Problem> problems = new ArrayList<>();
        Optional<String> text = of(file.toString(), Files.readAllBytes(file), problems);
        if (text.isEmpty()) {
            throw new IOException(problems.getFirst().toString());
        }
        return text.get();
    }
}
