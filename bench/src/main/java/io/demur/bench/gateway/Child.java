package io.demur.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is measured or measures; ends with this. */
final class Child implements AutoCloseable {

    private static final int TICKS_PER_SECOND = 100;

    private final Process process;
    private final BufferedReader out;

    private Child(Process process) {
        this.process = process;
        out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Child start(ProcessBuilder builder) throws IOException {
        return new Child(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** One of our own, with the classes that this process has. */
    static Child java(Class<?> main, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx320m",
                                "--enable-native-access=ALL-UNNAMED",
                                main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return start(builder);
    }

    String readLine() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("`%s` has ended".formatted(process.info().command().orElse("")));
        }
        return line;
    }

    /** Says something to it, and returns the line that it answers. */
    String ask(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return readLine();
    }

    /** Reads on until there is no more, so that it never waits for somebody to read. */
    void drain() {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                while (out.readLine() != null) {
                                    // nobody needs it
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    /** The memory that it has, in megabytes, as the system counts it. */
    long megabytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String line =
                    lines.filter(it -> it.startsWith("VmRSS:")).findFirst().orElse("VmRSS: 0");
            return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
        }
    }

    /** The processor time that it has taken, in seconds. */
    double seconds() throws IOException {
        String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(words[11]) + Long.parseLong(words[12])) / (double) TICKS_PER_SECOND;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
