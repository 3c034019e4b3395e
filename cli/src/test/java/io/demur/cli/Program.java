package io.demur.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged program in a process of its own, as a shell would run it. */
final class Program {

    /** What came of a run. */
    record Result(int exit, String out, String err) {}

    private final Path output;
    private final Process process;

    private Program(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /**
     * Whoever is started in the background of a script ignores interrupts, and so do all whom it
     * starts; where {@code env} can undo that, the program is tested as from a terminal all the
     * same.
     */
    private static final boolean HEARS_INTERRUPTS = canHear();

    private static boolean canHear() {
        try {
            return new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs the program to its end in {@code folder}, with nothing on its standard input. */
    static Result run(Path folder, String... args) throws Exception {
        return run(folder, folder, args);
    }

    /** The same, with what it prints in another folder. */
    static Result run(Path folder, Path output, String... args) throws Exception {
        Program program = start(folder, output, "", args);
        program.input().close();
        return program.end();
    }

    /**
     * Starts the program.
     *
     * @param limits shell commands before it, such as {@code ulimit -f 8}; may be empty
     */
    static Program start(Path folder, String limits, String... args) throws IOException {
        return start(folder, folder, limits, args);
    }

    private static Program start(Path folder, Path output, String limits, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (HEARS_INTERRUPTS) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        if (!limits.isEmpty()) {
            command.addAll(List.of("sh", "-c", limits + "; exec \"$@\"", "sh"));
        }
        command.addAll(
                Packaged.command(
                        // signing asks the encoder, whose model is read whole
                        switch (args[0]) {
                            case "policy" -> "-Xmx400m";
                            case "serve" -> "-Xmx384m";
                            default -> "-Xmx96m";
                        },
                        args));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(output.resolve("stdout.txt").toFile())
                        .redirectError(output.resolve("stderr.txt").toFile());
        // what it keeps outside of data folders is not the user's who runs the tests
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1"); // as the launcher does
        builder.environment().put("XDG_STATE_HOME", output.resolve("state").toString());
        builder.environment().put("XDG_DATA_HOME", output.resolve("share").toString());
        builder.environment().put("XDG_CONFIG_HOME", output.resolve("config").toString());
        Process process = builder.start();
        return new Program(output, process);
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /** Sends a signal, such as {@code INT}. */
    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /** Waits until it has printed something that each of these is found in, and returns all. */
    String shows(Pattern... patterns) throws Exception {
        for (int i = 0; i < 1_200 && process.isAlive(); i++) {
            String shown = read("stdout.txt");
            if (Arrays.stream(patterns).allMatch(pattern -> pattern.matcher(shown).find())) {
                return shown;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(read("stdout.txt") + read("stderr.txt"));
    }

    Result end() throws Exception {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the program did not end within two minutes");
        }
        return new Result(process.exitValue(), read("stdout.txt"), read("stderr.txt"));
    }

    private String read(String name) throws IOException {
        return Files.readString(output.resolve(name), StandardCharsets.UTF_8);
    }
}
